/**
 * Expressions as closures over one frame. System properties of the root are read by name from the row,
 * everything else from its body, so that no whole document is built to look at one property.
 * From: `parse-expression.ts`. Next: `compile-body.ts` calls the closures row by row.
 */
import type { Expression } from './ast.ts';
import { compileOperation } from './compile-operators.ts';
import { builtIn, isAggregate } from './function-table.ts';
import { printExpression } from './print.ts';
import type { Evaluate, Grouping, Scope } from './scope.ts';
import type { SystemProperty } from './types.ts';
import { SqlError } from './types.ts';
import type { Value } from './values.ts';
import { isObject, propertyOf, setMember } from './values.ts';
import { isAggregateCall, partsOf, rootNameOf, someInside } from './walk-tree.ts';

type Call = Extract<Expression, { kind: 'call' }>;

const systemProperties = new Set<string>(['_rid', '_self', '_etag', '_attachments', '_ts']);
const isSystemProperty = (name: string): name is SystemProperty => systemProperties.has(name);

/** @throws SqlError for unknown names, wrong numbers of arguments and aggregates out of place. */
export const compileExpression = (expression: Expression, scope: Scope): Evaluate => {
  if (scope.grouping) {
    const finished = compileFinished(expression, scope, scope.grouping);
    if (finished) return finished;
  }
  const compile = (part: Expression) => compileExpression(part, scope);
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'undefined':
      return () => undefined;
    case 'parameter':
      return compileParameter(expression.name);
    case 'name':
      return compileName(expression.name, scope);
    case 'property':
      return compileProperty(expression.of, expression.name, scope);
    case 'index':
      return compileIndex(compile(expression.of), compile(expression.at));
    case 'array':
      return compileArray(expression.items.map(compile));
    case 'object':
      return compileObject(expression.members.map(({ name, value }) => [name, compile(value)]));
    case 'call':
      return compileCall(expression, compile);
    case 'subquery':
      return compileSubquery(expression, scope);
    default:
      return compileOperation(expression, compile);
  }
};

/** In a grouped query: a grouping expression or an aggregate; undefined when it is made of such parts. */
const compileFinished = (expression: Expression, scope: Scope, grouping: Grouping): Evaluate | undefined => {
  const text = printExpression(expression);
  const key = grouping.keys.indexOf(text);
  if (key >= 0) return (frame) => frame.groupKeys[key];
  if (expression.kind === 'subquery' || isUngroupedPath(expression, grouping)) {
    throw new SqlError(
      `'${text}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
      text,
    );
  }
  if (expression.kind !== 'call' || !isAggregate(expression.name)) return undefined;
  const known = grouping.calls.findIndex((call) => call.text === text);
  const place = known >= 0 ? known : grouping.calls.length;
  if (known < 0)
    grouping.calls.push({ text, name: expression.name, argument: compileArgument(expression, scope) });
  return (frame) => frame.aggregates[place];
};

/** A path of which no part is a grouping expression. */
const isUngroupedPath = (expression: Expression, grouping: Grouping): boolean => {
  if (rootNameOf(expression) === undefined) return false;
  if (grouping.keys.includes(printExpression(expression))) return false;
  return expression.kind === 'name' || isUngroupedPath(partsOf(expression)[0] ?? expression, grouping);
};

const compileArgument = (call: Call, scope: Scope): Evaluate => {
  const [argument] = call.args;
  if (!argument || call.args.length !== 1) throw refuseCount(call);
  return compileExpression(argument, { ...scope, grouping: undefined });
};

const refuseCount = (call: Call) =>
  new SqlError(`The function ${call.name} does not take ${call.args.length} arguments.`, call.name);

const compileParameter = (name: string): Evaluate => {
  return (frame) => {
    const value = frame.parameters.get(name);
    if (value === undefined) throw new SqlError(`The parameter '${name}' has no value.`, name);
    return value;
  };
};

const compileName = (name: string, scope: Scope): Evaluate => {
  const binding = scope.bindings.get(name);
  if (!binding) throw new SqlError(`Identifier '${name}' could not be resolved.`, name);
  if (binding.kind === 'row') return (frame) => frame.row.document();
  const { slot } = binding;
  return (frame) => frame.slots[slot];
};

const compileProperty = (of: Expression, name: string, scope: Scope): Evaluate => {
  const isRow = of.kind === 'name' && scope.bindings.get(of.name)?.kind === 'row' && !scope.grouping;
  if (isRow && isSystemProperty(name)) return (frame) => frame.row.system(name);
  if (name in Object.prototype) {
    const whole = isRow ? undefined : compileExpression(of, scope);
    return (frame) => propertyOf(whole ? whole(frame) : frame.row.body, name);
  }
  if (isRow) return (frame) => frame.row.body[name];
  const whole = compileExpression(of, scope);
  return (frame) => {
    const value = whole(frame);
    return isObject(value) ? value[name] : undefined;
  };
};

const compileIndex = (of: Evaluate, at: Evaluate): Evaluate => {
  return (frame) => {
    const whole = of(frame);
    const place = at(frame);
    if (typeof place === 'string') return propertyOf(whole, place);
    return Array.isArray(whole) && typeof place === 'number' ? whole[place] : undefined;
  };
};

const compileArray = (items: Evaluate[]): Evaluate => {
  return (frame) => items.map((item) => item(frame)).filter((value) => value !== undefined);
};

/** Members without a value are left out. */
export const compileObject = (members: [string, Evaluate][]): Evaluate => {
  return (frame) => {
    const object = {};
    for (const [name, evaluate] of members) {
      const value = evaluate(frame);
      if (value !== undefined) setMember(object, name, value);
    }
    return object;
  };
};

const compileCall = (expression: Call, compile: (part: Expression) => Evaluate): Evaluate => {
  if (isAggregateCall(expression)) {
    throw new SqlError(
      `The aggregate ${expression.name} may only stand in a select clause.`,
      expression.name,
    );
  }
  const known = builtIn(expression.name);
  const count = expression.args.length;
  if (!known || count < known.least || count > known.most) throw refuseCount(expression);
  const { call } = known;
  const args = expression.args.map(compile);
  const [a, b] = args;
  if (a && count === 1) return (frame) => call(a(frame));
  if (a && b && count === 2) return (frame) => call(a(frame), b(frame));
  return (frame) => call(...args.map((arg) => arg(frame)));
};

const compileSubquery = (expression: Extract<Expression, { kind: 'subquery' }>, scope: Scope): Evaluate => {
  const answers = scope.compileSubquery(expression.query, scope);
  if (expression.use === 'array') return answers;
  if (expression.use === 'exists') return (frame) => answers(frame).length > 0;
  return (frame): Value => {
    const [only, ...more] = answers(frame);
    return more.length > 0 ? undefined : only;
  };
};

/** True when the query has aggregates of its own. */
export const hasAggregates = (expressions: readonly Expression[]): boolean =>
  expressions.some((expression) => someInside(expression, isAggregateCall));
