/**
 * Operators as closures, with the service's three-valued logic: `=` and `!=` of different types are simply
 * unequal, `<` and its kin undefined; AND, OR and NOT know true, false and undefined.
 * From: `compile-expression.ts`. Next: filters and projections.
 */
import type { Arithmetic, BinaryOperator, Comparison, Expression } from './ast.ts';
import { compileLike } from './like.ts';
import type { Evaluate } from './scope.ts';
import type { Value } from './values.ts';
import { equalValues } from './values.ts';

type Compile = (expression: Expression) => Evaluate;
type Apply = (a: Value, b: Value) => Value;
type Operation = Extract<
  Expression,
  { kind: 'binary' | 'unary' | 'between' | 'in' | 'like' | 'conditional' }
>;

const equal: Apply = (a, b) => (a === undefined || b === undefined ? undefined : equalValues(a, b));

/** Compares two values of one primitive type; else undefined. */
const ordered =
  (test: (a: number | string, b: number | string) => boolean): Apply =>
  (a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return test(a, b);
    if (typeof a === 'number' && typeof b === 'number') return test(a, b);
    if (typeof a === 'boolean' && typeof b === 'boolean') return test(Number(a), Number(b));
    return a === null && b === null ? test(0, 0) : undefined;
  };

const comparisons: Record<Comparison, Apply> = {
  '=': equal,
  '!=': (a, b) => negate(equal(a, b)),
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
};

const arithmetic =
  (calculate: (a: number, b: number) => number): Apply =>
  (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return undefined;
    const result = calculate(a, b);
    return Number.isFinite(result) ? result : undefined;
  };

const calculations: Record<Arithmetic, Apply> = {
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
};

const negate = (value: Value): Value => (typeof value === 'boolean' ? !value : undefined);

/** `decisive` settles the result alone: false for AND, true for OR. */
const logical =
  (decisive: boolean, left: Evaluate, right: Evaluate): Evaluate =>
  (frame) => {
    const a = left(frame);
    if (a === decisive) return decisive;
    const b = right(frame);
    if (b === decisive) return decisive;
    return a === !decisive && b === !decisive ? !decisive : undefined;
  };

const isComparison = (operator: BinaryOperator): operator is Comparison => operator in comparisons;
const isArithmetic = (operator: BinaryOperator): operator is Arithmetic => operator in calculations;

const join: Apply = (a, b) => (typeof a === 'string' && typeof b === 'string' ? a + b : undefined);

const compileBinary = (operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate => {
  if (isComparison(operator)) {
    const compare = comparisons[operator];
    return (frame) => compare(left(frame), right(frame));
  }
  if (isArithmetic(operator)) {
    const calculate = calculations[operator];
    return (frame) => calculate(left(frame), right(frame));
  }
  switch (operator) {
    case 'AND':
      return logical(false, left, right);
    case 'OR':
      return logical(true, left, right);
    case '||':
      return (frame) => join(left(frame), right(frame));
    case '??':
      return (frame) => {
        const value = left(frame);
        return value === undefined ? right(frame) : value;
      };
  }
};

const compileUnary = (operator: '-' | '+' | 'NOT', of: Evaluate): Evaluate => {
  if (operator === 'NOT') return (frame) => negate(of(frame));
  const sign = operator === '-' ? -1 : 1;
  return (frame) => {
    const value = of(frame);
    return typeof value === 'number' ? sign * value : undefined;
  };
};

/** True when equal to one, undefined when none is equal but the value or one of the list is undefined. */
const compileIn = (of: Evaluate, list: Evaluate[]): Evaluate => {
  return (frame) => {
    const sought = of(frame);
    if (sought === undefined) return undefined;
    let result: Value = false;
    for (const item of list) {
      const found = equal(sought, item(frame));
      if (found === true) return true;
      if (found === undefined) result = undefined;
    }
    return result;
  };
};

/** A list of literals needs no walk. */
const compileInLiterals = (of: Evaluate, literals: ReadonlySet<Value>): Evaluate => {
  return (frame) => {
    const sought = of(frame);
    return sought === undefined ? undefined : literals.has(sought);
  };
};

const compileInList = (expression: Extract<Expression, { kind: 'in' }>, compile: Compile): Evaluate => {
  const of = compile(expression.of);
  const literals = expression.list.filter((item) => item.kind === 'literal');
  if (literals.length < expression.list.length) return compileIn(of, expression.list.map(compile));
  return compileInLiterals(of, new Set(literals.map((item) => item.value)));
};

const compileBetween = (of: Evaluate, low: Evaluate, high: Evaluate): Evaluate => {
  const atLeast: Evaluate = (frame) => comparisons['>='](of(frame), low(frame));
  const atMost: Evaluate = (frame) => comparisons['<='](of(frame), high(frame));
  return logical(false, atLeast, atMost);
};

const negatedIf = (not: boolean, evaluate: Evaluate): Evaluate =>
  not ? (frame) => negate(evaluate(frame)) : evaluate;

/** `compile` makes closures of the operands. */
export const compileOperation = (expression: Operation, compile: Compile): Evaluate => {
  switch (expression.kind) {
    case 'binary':
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right));
    case 'unary':
      return compileUnary(expression.operator, compile(expression.of));
    case 'between': {
      const { of, low, high, not } = expression;
      return negatedIf(not, compileBetween(compile(of), compile(low), compile(high)));
    }
    case 'in':
      return negatedIf(expression.not, compileInList(expression, compile));
    case 'like': {
      const { of, pattern, escape, not } = expression;
      return negatedIf(not, compileLike(compile(of), compile(pattern), escape));
    }
    case 'conditional': {
      const [test, then, otherwise] = [expression.test, expression.then, expression.otherwise].map(compile);
      return (frame) => (test?.(frame) === true ? then?.(frame) : otherwise?.(frame));
    }
  }
};

/** A filter: passes only what is true. AND and OR need not tell false from undefined here. */
export const compileFilter = (
  expression: Expression,
  compile: Compile,
): ((...args: Parameters<Evaluate>) => boolean) => {
  if (expression.kind === 'binary' && (expression.operator === 'AND' || expression.operator === 'OR')) {
    const left = compileFilter(expression.left, compile);
    const right = compileFilter(expression.right, compile);
    return expression.operator === 'AND'
      ? (frame) => left(frame) && right(frame)
      : (frame) => left(frame) || right(frame);
  }
  const evaluate = compile(expression);
  return (frame) => evaluate(frame) === true;
};
