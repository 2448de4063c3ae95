/**
 * Optimistic concurrency: If-Match, If-None-Match, and races with exactly one winner.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { failureOf, freshKey, startUnderTest } from './under-test.ts';

const under = await startUnderTest();
const notes = under.container('notes');
afterAll(() => under.close());

type Stored = { rank?: number; round?: number; runner?: number; version?: number };

const created = async (id: string, more: object = {}) => {
  const owner = freshKey();
  const { resource } = await notes.items.create({ id, owner, ...more });
  return { owner, etag: resource!._etag, item: notes.item(id, owner) };
};

const ifMatch = (condition: string) => ({ accessCondition: { type: 'IfMatch', condition } });
const ifNoneMatch = (condition: string) => ({ accessCondition: { type: 'IfNoneMatch', condition } });

describe('etags', () => {
  it('a replace with the current etag succeeds', async () => {
    const { item, owner, etag } = await created('a');
    const { statusCode } = await item.replace({ id: 'a', owner, rank: 2 }, ifMatch(etag));
    expect(statusCode).toBe(200);
  });

  it('a replace with an old etag is 412 and changes nothing', async () => {
    const { item, owner, etag } = await created('a', { rank: 1 });
    await item.replace({ id: 'a', owner, rank: 2 });
    const failure = await failureOf(item.replace({ id: 'a', owner, rank: 3 }, ifMatch(etag)));
    expect([failure.code, (await item.read<Stored>()).resource?.rank]).toEqual([412, 2]);
  });

  it('a replace with If-Match * succeeds on whatever is there', async () => {
    const { item, owner } = await created('a');
    expect((await item.replace({ id: 'a', owner }, ifMatch('*'))).statusCode).toBe(200);
  });

  it('a delete with an old etag is 412', async () => {
    const { item, owner, etag } = await created('a');
    await item.replace({ id: 'a', owner, rank: 2 });
    expect((await failureOf(item.delete(ifMatch(etag)))).code).toBe(412);
  });

  it('a delete with the current etag succeeds', async () => {
    const { item, etag } = await created('a');
    expect((await item.delete(ifMatch(etag))).statusCode).toBe(204);
  });

  it('an upsert with an old etag is 412', async () => {
    const { item, owner, etag } = await created('a');
    await item.replace({ id: 'a', owner, rank: 2 });
    expect((await failureOf(notes.items.upsert({ id: 'a', owner }, ifMatch(etag)))).code).toBe(412);
  });

  it('a patch with an old etag is 412', async () => {
    const { item, owner, etag } = await created('a');
    await item.replace({ id: 'a', owner, rank: 2 });
    const operations = [{ op: 'set' as const, path: '/rank', value: 3 }];
    expect((await failureOf(item.patch(operations, ifMatch(etag)))).code).toBe(412);
  });

  it('a read of an unchanged item is 304 without a body', async () => {
    const { item, etag } = await created('a');
    const { statusCode, resource } = await item.read<Stored>(ifNoneMatch(etag));
    expect([statusCode, resource ?? null]).toEqual([304, null]);
  });

  it('a read of a changed item answers the item', async () => {
    const { item, owner, etag } = await created('a');
    await item.replace({ id: 'a', owner, rank: 2 });
    expect((await item.read(ifNoneMatch(etag))).resource).toMatchObject({ rank: 2 });
  });

  it('an etag is never used again, not even after a delete', async () => {
    const { item, owner, etag } = await created('a');
    await item.delete();
    const { resource } = await notes.items.create({ id: 'a', owner });
    expect(resource?._etag).not.toBe(etag);
  });

  it('of 1,000 concurrent conditional replaces exactly one wins, round after round', async () => {
    const { item, owner } = await created('race');
    for (let round = 1; round <= 3; round += 1) {
      const etag = (await item.read()).etag;
      const attempts = Array.from({ length: 1_000 }, (_, runner) =>
        item.replace({ id: 'race', owner, round, runner }, ifMatch(etag)).then(
          () => ({ runner, code: 200 }),
          (error: { code: number }) => ({ runner, code: error.code }),
        ),
      );
      const outcomes = await Promise.all(attempts);
      const winners = outcomes.filter(({ code }) => code === 200);
      expect(winners).toHaveLength(1);
      expect(outcomes.filter(({ code }) => code === 412)).toHaveLength(999);
      expect((await item.read()).resource).toMatchObject({ round, runner: winners[0]!.runner });
    }
  });

  it('of 100 concurrent creates of one id exactly one wins', async () => {
    const owner = freshKey();
    const attempts = Array.from({ length: 100 }, (_, runner) =>
      notes.items.create({ id: 'first', owner, runner }).then(
        () => 201,
        (error: { code: number }) => error.code,
      ),
    );
    const codes = await Promise.all(attempts);
    expect([
      codes.filter((code) => code === 201).length,
      codes.filter((code) => code === 409).length,
    ]).toEqual([1, 99]);
  });

  it('of 50 concurrent batches that need the same etag exactly one is applied', async () => {
    const { owner, etag, item } = await created('head', { version: 0 });
    const attempts = Array.from({ length: 50 }, (_, runner) =>
      notes.items.batch(
        [
          {
            operationType: 'Replace',
            id: 'head',
            resourceBody: { id: 'head', owner, version: 1 },
            ifMatch: etag,
          },
          { operationType: 'Create', resourceBody: { id: `entry-${runner}`, owner } },
        ],
        owner,
      ),
    );
    const codes = (await Promise.all(attempts)).map(({ code }) => code);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    const { resources } = await notes.items
      .query('SELECT VALUE COUNT(1) FROM c WHERE STARTSWITH(c.id, "entry-")', { partitionKey: owner })
      .fetchAll();
    expect([resources, (await item.read<Stored>()).resource?.version]).toEqual([[1], 1]);
  });
});
