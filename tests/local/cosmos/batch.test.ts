/**
 * Atomic batches: all or nothing within one key; and bulk, where each operation stands alone.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Container, OperationInput } from '@azure/cosmos';
import { failureOf, freshKey, startUnderTest, type UnderTest } from './under-test.ts';

let under: UnderTest;
let notes: Container;
let accounts: Container;
beforeAll(async () => {
  under = await startUnderTest();
  notes = under.container('notes');
  accounts = under.container('accounts');
});
afterAll(() => under.close());

const create = (owner: string, id: string, more: object = {}): OperationInput => ({
  operationType: 'Create',
  resourceBody: { id, owner, ...more },
});

const idsOf = async (owner: string) =>
  (await notes.items.query<string>('SELECT VALUE c.id FROM c', { partitionKey: owner }).fetchAll()).resources;

describe('atomic batches', () => {
  it('every kind of operation works in one batch', async () => {
    const owner = freshKey();
    for (const id of ['r', 'd', 'p']) await notes.items.create({ id, owner, rank: 1 });
    const { code, result } = await notes.items.batch(
      [
        create(owner, 'c'),
        { operationType: 'Upsert', resourceBody: { id: 'u', owner } },
        { operationType: 'Replace', id: 'r', resourceBody: { id: 'r', owner, rank: 2 } },
        { operationType: 'Delete', id: 'd' },
        {
          operationType: 'Patch',
          id: 'p',
          resourceBody: { operations: [{ op: 'incr', path: '/rank', value: 4 }] },
        },
        { operationType: 'Read', id: 'p' },
      ],
      owner,
    );
    expect([code, result?.map(({ statusCode }) => statusCode)]).toEqual([
      200,
      [201, 201, 200, 204, 200, 200],
    ]);
    expect(result?.[5]?.resourceBody).toMatchObject({ rank: 5 });
    expect((await idsOf(owner)).sort()).toEqual(['c', 'p', 'r', 'u']);
  });

  it('one failing operation undoes those before it and skips those after it', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'there', owner, rank: 1 });
    const operations: OperationInput[] = [
      create(owner, 'a'),
      { operationType: 'Replace', id: 'there', resourceBody: { id: 'there', owner, rank: 2 } },
      create(owner, 'there'),
      create(owner, 'z'),
    ];
    const { code, result } = await notes.items.batch(operations, owner);
    expect([code, result?.map(({ statusCode }) => statusCode)]).toEqual([207, [424, 424, 409, 424]]);
    expect(await idsOf(owner)).toEqual(['there']);
    expect((await notes.item('there', owner).read()).resource).toMatchObject({ rank: 1 });
  });

  it('a delete inside a failed batch brings the item back with its old etag', async () => {
    const owner = freshKey();
    const { resource } = await notes.items.create({ id: 'kept', owner });
    await notes.items.batch(
      [
        { operationType: 'Delete', id: 'kept' },
        { operationType: 'Delete', id: 'no' },
      ],
      owner,
    );
    expect((await notes.item('kept', owner).read()).etag).toBe(resource?._etag);
  });

  it('an etag that is old fails the batch with 412', async () => {
    const owner = freshKey();
    const { resource } = await notes.items.create({ id: 'head', owner });
    await notes.item('head', owner).replace({ id: 'head', owner, version: 2 });
    const operations: OperationInput[] = [
      { operationType: 'Replace', id: 'head', resourceBody: { id: 'head', owner }, ifMatch: resource!._etag },
      create(owner, 'entry'),
    ];
    const { result } = await notes.items.batch(operations, owner);
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([412, 424]);
  });

  it('later operations see what earlier ones did', async () => {
    const owner = freshKey();
    const { code } = await notes.items.batch(
      [create(owner, 'x'), { operationType: 'Delete', id: 'x' }, create(owner, 'x', { second: true })],
      owner,
    );
    expect(code).toBe(200);
    expect((await notes.item('x', owner).read()).resource).toMatchObject({ second: true });
  });

  it('every operation answers with its own etag and charge', async () => {
    const owner = freshKey();
    const { result } = await notes.items.batch([create(owner, 'a'), create(owner, 'b')], owner);
    expect(new Set(result?.map(({ eTag }) => eTag)).size).toBe(2);
    expect(result?.every(({ requestCharge }) => requestCharge > 0)).toBe(true);
  });

  it('a batch of 100 operations is the largest', async () => {
    const owner = freshKey();
    const hundred = Array.from({ length: 100 }, (_, index) => create(owner, `n${index}`));
    expect((await notes.items.batch(hundred, owner)).code).toBe(200);
    expect(await idsOf(owner)).toHaveLength(100);
    const failure = await failureOf(notes.items.batch([...hundred, create(owner, 'more')], owner));
    expect(failure.message).toContain('100');
  });

  it('a batch over 2 MB is refused as a whole', async () => {
    const owner = freshKey();
    const big = 'x'.repeat(700_000);
    const operations = ['a', 'b', 'c'].map((id) => create(owner, id, { big }));
    const failure = await failureOf(notes.items.batch(operations, owner));
    expect((failure.cause as { code: number }).code).toBe(413);
    expect(await idsOf(owner)).toEqual([]);
  });

  it('an item of another key inside the batch fails it', async () => {
    const owner = freshKey();
    const { code, result } = await notes.items.batch([create(owner, 'a'), create(freshKey(), 'b')], owner);
    expect([code, result?.[1]?.statusCode]).toEqual([207, 400]);
    expect(await idsOf(owner)).toEqual([]);
  });

  it('operations may repeat the key of the batch, whatever its letters', async () => {
    const owner = `Größe ✓ ${freshKey()}`;
    const { code } = await notes.items.batch([{ ...create(owner, 'a'), partitionKey: owner }], owner);
    expect(code).toBe(200);
  });

  it('an operation that names another key fails the request', async () => {
    const owner = freshKey();
    const operation = { ...create(owner, 'a'), partitionKey: 'other' } as OperationInput;
    expect(((await failureOf(notes.items.batch([operation], owner))).cause as { code: number }).code).toBe(
      400,
    );
  });

  it('a hierarchical batch needs the whole key', async () => {
    const companyId = freshKey();
    const operation: OperationInput = {
      operationType: 'Create',
      resourceBody: { id: 'a', companyId, accountId: '1' },
    };
    expect((await accounts.items.batch([operation], [companyId, '1'])).code).toBe(200);
    const failure = await failureOf(accounts.items.batch([operation], [companyId]));
    expect((failure.cause as { code: number }).code).toBe(400);
  });

  it('a patch condition that does not hold fails the batch with 412', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'p', owner, rank: 1 });
    const operations = [{ op: 'set' as const, path: '/rank', value: 9 }];
    const resourceBody = { condition: 'FROM c WHERE c.rank = 2', operations };
    const { result } = await notes.items.batch(
      [create(owner, 'a'), { operationType: 'Patch', id: 'p', resourceBody }],
      owner,
    );
    expect(result?.map(({ statusCode }) => statusCode)).toEqual([424, 412]);
  });

  it('a batch that only reads answers the items', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'a', owner, rank: 7 });
    const { result } = await notes.items.batch([{ operationType: 'Read', id: 'a' }], owner);
    expect(result?.[0]?.resourceBody).toMatchObject({ rank: 7 });
  });

  it('without content in the answer the writes are still acknowledged', async () => {
    const owner = freshKey();
    const options = { contentResponseOnWriteEnabled: false };
    const { result } = await notes.items.batch([create(owner, 'a')], owner, options);
    expect(result?.[0]).toMatchObject({ statusCode: 201, eTag: expect.any(String) as string });
    expect(result?.[0]).not.toHaveProperty('resourceBody');
  });
});

describe('bulk', () => {
  it('operations over many keys stand alone: one conflict does not touch the others', async () => {
    const owners = Array.from({ length: 30 }, freshKey);
    await notes.items.create({ id: 'x', owner: owners[3]! });
    const operations = owners.map((owner) => ({
      operationType: 'Create' as const,
      partitionKey: owner,
      resourceBody: { id: 'x', owner },
    }));
    const results = await notes.items.executeBulkOperations(operations);
    expect(results.map(({ response, error }) => response?.statusCode ?? error?.code)).toEqual(
      owners.map((_, index) => (index === 3 ? 409 : 201)),
    );
  });

  it('reads, patches, upserts and deletes may be mixed', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'a', owner, rank: 1 });
    await notes.items.create({ id: 'b', owner });
    const results = await notes.items.executeBulkOperations([
      { operationType: 'Read', id: 'a', partitionKey: owner },
      { operationType: 'Upsert', partitionKey: owner, resourceBody: { id: 'c', owner } },
      { operationType: 'Delete', id: 'b', partitionKey: owner },
    ]);
    expect(results.map(({ response }) => response?.statusCode)).toEqual([200, 201, 204]);
  });
});
