/**
 * Which paths a WHERE clause pins to a finite list of values, so that the store need not look elsewhere.
 * From: the conjunction at the top of WHERE. Next: the store picks partitions, items or an index.
 */
import type { Expression } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import type { Evaluate, Scope } from './scope.ts';
import { createFrame } from './scope.ts';
import type { Json, Parameters } from './types.ts';
import type { Value } from './values.ts';
import { isConstant, pathOf } from './walk-tree.ts';

type Pin = { path: string[]; valuesOf: Evaluate };
export type Pinned = (parameters: Parameters) => { path: string[]; values: Json[] }[];

const conjunctsOf = (expression: Expression): Expression[] =>
  expression.kind === 'binary' && expression.operator === 'AND'
    ? [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)]
    : [expression];

/** The path and the constant array it must be found in; undefined when this condition pins nothing. */
const pinnedBy = (condition: Expression, scope: Scope): { path: string[]; array: Expression } | undefined => {
  const pin = (of: Expression | undefined, array: Expression | undefined) => {
    const path = of && pathOf(of, scope);
    if (!path?.length || path.includes('[]') || !array || !isConstant(array)) return undefined;
    return { path, array };
  };
  switch (condition.kind) {
    case 'binary': {
      if (condition.operator !== '=') return undefined;
      const { left, right } = condition;
      return pin(left, { kind: 'array', items: [right] }) ?? pin(right, { kind: 'array', items: [left] });
    }
    case 'in':
      return condition.not ? undefined : pin(condition.of, { kind: 'array', items: condition.list });
    case 'call': {
      const [array, sought, partial] = condition.args;
      return condition.name === 'ARRAY_CONTAINS' && !partial ? pin(sought, array) : undefined;
    }
    default:
      return undefined;
  }
};

const asValues = (array: Value): Json[] => (Array.isArray(array) ? array : []);

/** Parameters are read at each call; @throws SqlError then when one has no value. */
export const compilePinned = (where: Expression | undefined, scope: Scope): Pinned => {
  const pins: Pin[] = (where ? conjunctsOf(where) : []).flatMap((condition) => {
    const found = pinnedBy(condition, scope);
    return found ? [{ path: found.path, valuesOf: compileExpression(found.array, scope) }] : [];
  });
  return (parameters) => {
    const frame = createFrame(parameters, 0);
    return pins.map(({ path, valuesOf }) => ({ path: [...path], values: [...asValues(valuesOf(frame))] }));
  };
};
