/**
 * Looks around in expression trees: what is inside, which place of the item a path means.
 * From: `ast.ts`. Next: `compile-body.ts`, `pinned.ts`, `plan.ts`.
 */
import type { Expression } from './ast.ts';
import { isAggregate } from './function-table.ts';
import type { Binding, Scope } from './scope.ts';

/** The direct parts of an expression; a subquery keeps its own to itself. */
export const partsOf = (expression: Expression): Expression[] => {
  switch (expression.kind) {
    case 'property':
    case 'unary':
      return [expression.of];
    case 'index':
      return [expression.of, expression.at];
    case 'array':
      return expression.items;
    case 'object':
      return expression.members.map((member) => member.value);
    case 'call':
      return expression.args;
    case 'binary':
      return [expression.left, expression.right];
    case 'between':
      return [expression.of, expression.low, expression.high];
    case 'in':
      return [expression.of, ...expression.list];
    case 'like':
      return [expression.of, expression.pattern];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    default:
      return [];
  }
};

/** True when some part of the expression (itself included) passes the test. */
export const someInside = (expression: Expression, test: (part: Expression) => boolean): boolean =>
  test(expression) || partsOf(expression).some((part) => someInside(part, test));

export const isAggregateCall = (expression: Expression): boolean =>
  expression.kind === 'call' && isAggregate(expression.name);

/** True when the same parameters always give the same value, whatever the row. */
export const isConstant = (expression: Expression): boolean =>
  !someInside(
    expression,
    (part) => part.kind === 'name' || part.kind === 'subquery' || isAggregateCall(part),
  );

const pathOfBinding = (binding: Binding | undefined): string[] | undefined =>
  binding?.kind === 'row' ? [] : binding?.path;

/** The place in the item an expression reads, `[]` for "each element"; undefined when it is no path. */
export const pathOf = (expression: Expression, scope: Scope): string[] | undefined => {
  if (expression.kind === 'name') return pathOfBinding(scope.bindings.get(expression.name));
  if (expression.kind !== 'property' && expression.kind !== 'index') return undefined;
  const before = pathOf(expression.of, scope);
  if (!before) return undefined;
  if (expression.kind === 'property') return [...before, expression.name];
  return expression.at.kind === 'literal' ? [...before, '[]'] : undefined;
};

/** Adds the longest paths of an expression to `scope.lookedAt`, as properties: an element counts as its list. */
export const notePaths = (expression: Expression, scope: Scope): void => {
  if (!scope.lookedAt) return;
  const path = pathOf(expression, scope);
  if (!path) partsOf(expression).forEach((part) => notePaths(part, scope));
  else if (path.length > 0) scope.lookedAt.push(path.filter((step) => step !== '[]'));
};

/** The alias a path begins with; undefined when the expression is no path. */
export const rootNameOf = (path: Expression): string | undefined => {
  if (path.kind === 'name') return path.name;
  return path.kind === 'property' || path.kind === 'index' ? rootNameOf(path.of) : undefined;
};
