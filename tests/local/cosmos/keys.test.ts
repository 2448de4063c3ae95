/**
 * Hierarchical keys and unique keys.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartitionKeyBuilder, type Container } from '@azure/cosmos';
import { failureOf, freshKey, startUnderTest, type UnderTest } from './under-test.ts';

let under: UnderTest;
let accounts: Container;
let levels: Container;
let seats: Container;
beforeAll(async () => {
  under = await startUnderTest();
  accounts = under.container('accounts');
  levels = under.container('levels');
  seats = under.container('seats');
});
afterAll(() => under.close());

describe('hierarchical keys', () => {
  const company = freshKey();
  beforeAll(async () => {
    for (const accountId of ['1', '2', '3'])
      for (const id of ['head', 'item'])
        await accounts.items.create({ id, companyId: company, accountId, rank: Number(accountId) });
    await accounts.items.create({ id: 'head', companyId: freshKey(), accountId: '1' });
  });

  const ask = async (query: string, partitionKey?: string[]) =>
    (await accounts.items.query<unknown>(query, partitionKey ? { partitionKey } : {}).fetchAll()).resources;

  it('an item is read under its whole key', async () => {
    expect((await accounts.item('head', [company, '2']).read()).resource).toMatchObject({ rank: 2 });
  });

  it('an item is not found under a key that differs in its last level', async () => {
    expect((await accounts.item('head', [company, '9']).read()).statusCode).toBe(404);
  });

  it('an item cannot be read under a prefix', async () => {
    expect((await failureOf(accounts.item('head', [company]).read())).code).toBe(400);
  });

  it('a query under the whole key sees one account', async () => {
    expect(await ask('SELECT VALUE c.accountId FROM c', [company, '2'])).toEqual(['2', '2']);
  });

  it('a query under a prefix sees the whole company and nothing else', async () => {
    expect(await ask('SELECT VALUE c.companyId FROM c', [company])).toEqual(Array(6).fill(company));
  });

  it('a sorted query under a prefix merges its accounts', async () => {
    expect(
      await ask('SELECT VALUE c.rank FROM c WHERE c.id = "head" ORDER BY c.rank DESC', [company]),
    ).toEqual([3, 2, 1]);
  });

  it('a filter on the first level finds the same items without a key', async () => {
    expect(await ask(`SELECT VALUE c.id FROM c WHERE c.companyId = "${company}"`)).toHaveLength(6);
  });

  it('a filter on all levels may sort without a plan', async () => {
    const query = `SELECT VALUE c.id FROM c WHERE c.companyId = "${company}" AND c.accountId = "1" ORDER BY c.id`;
    expect(await ask(query)).toEqual(['head', 'item']);
  });

  it('a key may have three levels, each a prefix of its own', async () => {
    const a = freshKey();
    for (const [b, c] of [
      ['x', 1],
      ['x', 2],
      ['y', 1],
    ] as const)
      await levels.items.create({ id: 'i', a, b, c });
    const count = async (partitionKey: (string | number)[]) =>
      (await levels.items.query('SELECT * FROM c', { partitionKey }).fetchAll()).resources.length;
    expect([await count([a]), await count([a, 'x']), await count([a, 'x', 2])]).toEqual([3, 2, 1]);
  });

  it('a level may be null or missing', async () => {
    const a = freshKey();
    await levels.items.create({ id: 'null', a, b: null, c: 1 });
    await levels.items.create({ id: 'none', a, c: 1 });
    const none = new PartitionKeyBuilder().addValue(a).addNoneValue().addValue(1).build();
    expect((await levels.item('null', [a, null, 1]).read()).statusCode).toBe(200);
    expect((await levels.item('none', none).read()).statusCode).toBe(200);
    expect((await levels.item('none', [a, null, 1]).read()).statusCode).toBe(404);
  });

  it('an upsert whose body names another account is refused', async () => {
    const operation = {
      operationType: 'Upsert' as const,
      resourceBody: { id: 'h', companyId: company, accountId: '2' },
    };
    const { result } = await accounts.items.batch([operation], [company, '1']);
    expect(result?.[0]).toMatchObject({ statusCode: 400, subStatusCode: 1001 });
  });
});

describe('unique keys', () => {
  const hall = freshKey();

  it('two items of one partition cannot share a unique value', async () => {
    await seats.items.create({ id: '1', hall, seat: 'A1', holder: { first: 'Ada', last: 'L' } });
    const twin = { id: '2', hall, seat: 'A1', holder: { first: 'Bob', last: 'M' } };
    expect((await failureOf(seats.items.create(twin))).code).toBe(409);
  });

  it('another partition may use the value', async () => {
    const item = { id: '1', hall: freshKey(), seat: 'A1', holder: { first: 'Ada', last: 'L' } };
    expect((await seats.items.create(item)).statusCode).toBe(201);
  });

  it('a unique key of two paths compares both together', async () => {
    await seats.items.create({ id: '3', hall, seat: 'A3', holder: { first: 'Ada', last: 'N' } });
    const twin = { id: '4', hall, seat: 'A4', holder: { first: 'Ada', last: 'N' } };
    expect((await failureOf(seats.items.create(twin))).code).toBe(409);
  });

  it('a missing value counts as null: only one item may lack it', async () => {
    const empty = freshKey();
    await seats.items.create({ id: '1', hall: empty, seat: 'A1' });
    expect((await failureOf(seats.items.create({ id: '2', hall: empty, seat: 'A2' }))).code).toBe(409);
  });

  it('a replace cannot take the value of another item', async () => {
    const own = freshKey();
    await seats.items.create({ id: '1', hall: own, seat: 'A1', holder: { first: 'a' } });
    await seats.items.create({ id: '2', hall: own, seat: 'A2', holder: { first: 'b' } });
    const taken = { id: '2', hall: own, seat: 'A1', holder: { first: 'b' } };
    expect((await failureOf(seats.item('2', own).replace(taken))).code).toBe(409);
  });

  it('a value is free again after its item changed or went', async () => {
    const own = freshKey();
    await seats.items.create({ id: '1', hall: own, seat: 'A1', holder: { first: 'a' } });
    await seats.item('1', own).replace({ id: '1', hall: own, seat: 'B1', holder: { first: 'a' } });
    expect(
      (await seats.items.create({ id: '2', hall: own, seat: 'A1', holder: { first: 'b' } })).statusCode,
    ).toBe(201);
    await seats.item('2', own).delete();
    expect(
      (await seats.items.create({ id: '3', hall: own, seat: 'A1', holder: { first: 'c' } })).statusCode,
    ).toBe(201);
  });

  it('two items of one batch cannot share a value either', async () => {
    const own = freshKey();
    const { result } = await seats.items.batch(
      [
        { operationType: 'Create', resourceBody: { id: '1', hall: own, seat: 'A1', holder: { first: 'a' } } },
        { operationType: 'Create', resourceBody: { id: '2', hall: own, seat: 'A1', holder: { first: 'b' } } },
      ],
      own,
    );
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 409]);
  });
});
