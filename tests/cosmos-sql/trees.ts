/**
 * Invented query trees of every shape the parser can give.
 * From: fast-check. Next: the round trip through text, and plans that must stay readable.
 */
import fc from 'fast-check';
import type { BinaryOperator, Expression, Query, Select, Source } from '../../local/cosmos/sql/ast.ts';
import { builtIn, functionNames } from '../../local/cosmos/sql/function-table.ts';

type Trees = { expression: Expression; query: Query };

const binaryOperators: BinaryOperator[] = [
  ...(['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>='] as const),
  ...(['AND', 'OR', '||', '??'] as const),
];

const memberName = fc.oneof(fc.constantFrom('x', 'order', '_ts', '__proto__'), fc.string({ unit: 'binary' }));
const count: fc.Arbitrary<Expression> = fc.oneof(
  fc.nat(20).map((value): Expression => ({ kind: 'literal', value })),
  fc.constant<Expression>({ kind: 'parameter', name: '@p' }),
);

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(null, true, false).map((value): Expression => ({ kind: 'literal', value })),
  fc
    .oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))
    .map((value): Expression => ({ kind: 'literal', value: Math.abs(value) })),
  fc.string({ unit: 'binary' }).map((value): Expression => ({ kind: 'literal', value })),
  fc.constantFrom<Expression>(
    { kind: 'undefined' },
    { kind: 'parameter', name: '@p' },
    { kind: 'name', name: 'c' },
  ),
  fc.constantFrom('x', 's', 'list', 'o', 't', 'z').map((name): Expression => {
    return { kind: 'property', of: { kind: 'name', name: 'c' }, name };
  }),
);

/** An index that is a text would be a property. */
const isPlace = (at: Expression) => at.kind !== 'literal' || typeof at.value !== 'string';

const callOf = (expression: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc.constantFrom(...functionNames).chain((name) => {
    const { least, most } = builtIn(name) ?? { least: 0, most: 0 };
    const args = fc.array(expression, { minLength: least, maxLength: Math.min(most, least + 1) });
    return args.map((all): Expression => ({ kind: 'call', name, args: all }));
  });

const sourceOf = (query: fc.Arbitrary<Query>): fc.Arbitrary<Source> =>
  fc.oneof(
    fc.record({
      each: fc.boolean(),
      of: fc
        .array(fc.oneof(memberName, fc.nat(9)), { maxLength: 3 })
        .map((steps) =>
          steps.reduce<Expression>(
            (of, step) =>
              typeof step === 'string'
                ? { kind: 'property', of, name: step }
                : { kind: 'index', of, at: { kind: 'literal', value: step } },
            { kind: 'name', name: 'c' },
          ),
        ),
      alias: fc.constantFrom('c', 'd'),
    }),
    query.map((inner): Source => {
      return { each: true, of: { kind: 'subquery', use: 'array', query: inner }, alias: 'e' };
    }),
  );

const selectOf = (expression: fc.Arbitrary<Expression>): fc.Arbitrary<Select> =>
  fc.oneof(
    fc.constant<Select>({ kind: 'all' }),
    expression.map((value): Select => ({ kind: 'value', value })),
    fc.array(expression, { minLength: 1, maxLength: 3 }).map((values): Select => {
      return { kind: 'list', items: values.map((value, place) => ({ value, alias: `a${place}` })) };
    }),
  );

const expressionOf = (
  one: fc.Arbitrary<Expression>,
  query: fc.Arbitrary<Query>,
  maxDepth: number,
): fc.Arbitrary<Expression> => {
  const some = fc.array(one, { minLength: 1, maxLength: 3 });
  const not = fc.boolean();
  const record = <T extends Expression>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record(shape).map((tree) => tree as unknown as Expression);
  const kind = <K extends Expression['kind']>(name: K) => fc.constant(name);
  type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;
  return fc.oneof(
    { maxDepth },
    leaf,
    record<Of<'property'>>({ kind: kind('property'), of: one, name: memberName }),
    record<Of<'index'>>({ kind: kind('index'), of: one, at: one.filter(isPlace) }),
    record<Of<'array'>>({ kind: kind('array'), items: some }),
    fc.dictionary(fc.string({ unit: 'binary' }), one, { maxKeys: 3 }).map((members): Expression => {
      return { kind: 'object', members: Object.entries(members).map(([name, value]) => ({ name, value })) };
    }),
    callOf(one),
    record<Of<'unary'>>({ kind: kind('unary'), operator: fc.constantFrom('-', '+', 'NOT'), of: one }),
    record<Of<'binary'>>({
      kind: kind('binary'),
      operator: fc.constantFrom(...binaryOperators),
      left: one,
      right: one,
    }),
    record<Of<'between'>>({ kind: kind('between'), not, of: one, low: one, high: one }),
    record<Of<'in'>>({ kind: kind('in'), not, of: one, list: some }),
    record<Of<'like'>>({
      kind: kind('like'),
      not,
      of: one,
      pattern: one,
      escape: fc.constantFrom(undefined, '!', "'", '"', '\\'),
    }),
    record<Of<'conditional'>>({ kind: kind('conditional'), test: one, then: one, otherwise: one }),
    record<Of<'subquery'>>({
      kind: kind('subquery'),
      use: fc.constantFrom('value', 'exists', 'array'),
      query,
    }),
  );
};

const trees = fc.letrec<Trees>((tie) => ({
  expression: expressionOf(tie('expression'), tie('query'), 2),
  query: fc
    .record({
      distinct: fc.boolean(),
      top: fc.option(count, { nil: undefined }),
      select: selectOf(tie('expression')),
      from: fc.array(sourceOf(tie('query')), { maxLength: 2 }),
      where: fc.option(tie('expression'), { nil: undefined }),
      groupBy: fc.array(tie('expression'), { maxLength: 2 }),
      orderBy: fc.array(fc.record({ value: tie('expression'), descending: fc.boolean() }), { maxLength: 2 }),
      page: fc.option(fc.record({ offset: count, limit: count }), { nil: undefined }),
    })
    .map(({ page, ...clauses }) => ({ ...clauses, offset: page?.offset, limit: page?.limit })),
}));

/** Any query tree; most of them mean nothing. */
export const anyQuery: fc.Arbitrary<Query> = trees.query;

const oneQuery: Query = {
  distinct: false,
  top: undefined,
  select: { kind: 'value', value: { kind: 'literal', value: 1 } },
  from: [],
  where: undefined,
  groupBy: [],
  orderBy: [],
  offset: undefined,
  limit: undefined,
};

/** Any expression over an item called `c` and a parameter `@p`; its subqueries are trivial. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ one: Expression }>((tie) => ({
  one: expressionOf(tie('one'), fc.constant(oneQuery), 3),
})).one;
