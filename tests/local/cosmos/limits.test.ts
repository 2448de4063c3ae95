/**
 * What the service refuses: ids, sizes, depth, keys; and what indexes do not allow.
 * From: the official SDK, and signed raw requests where the SDK would not send such a thing.
 * Next: the promises below.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { signedFetch } from './raw-request.ts';
import { failureOf, freshKey, isLocal, startUnderTest } from './under-test.ts';

const under = await startUnderTest();
const notes = under.container('notes');
afterAll(() => under.close());

describe('items the service refuses', () => {
  const post = (body: unknown, key: unknown[] = ['raw']) =>
    signedFetch(under, {
      method: 'POST',
      container: 'notes',
      key,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it.each(['a/b', 'a\\b', 'a?b', 'a#b'])('the id %s', async (id) => {
    expect((await post({ id, owner: 'raw' })).status).toBe(400);
  });

  it('an id of 1,023 bytes is the longest', async () => {
    const owner = freshKey();
    const longest = 'é'.repeat(511) + 'x';
    expect((await notes.items.create({ id: longest, owner })).statusCode).toBe(201);
    expect((await failureOf(notes.items.create({ id: `${longest}x`, owner }))).code).toBe(400);
  });

  it.each<[string, unknown]>([
    ['no id', { owner: 'raw' }],
    ['an id that is a number', { id: 7, owner: 'raw' }],
    ['an empty id', { id: '', owner: 'raw' }],
    ['a list', [{ id: 'x', owner: 'raw' }]],
    ['a text', '"text"'],
    ['broken JSON', '{"id": '],
    ['an empty body', ''],
  ])('%s is 400', async (_promise, body) => {
    const answer = await post(body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'BadRequest' }]);
  });

  it('an item just under 2 MB is stored', async () => {
    const owner = freshKey();
    const { statusCode } = await notes.items.create({
      id: 'big',
      owner,
      note: 'x'.repeat(2 * 1024 * 1024 - 2000),
    });
    expect(statusCode).toBe(201);
  });

  it('an item over 2 MB is 413', async () => {
    const failure = await failureOf(
      notes.items.create({ id: 'big', owner: freshKey(), note: 'x'.repeat(2 * 1024 * 1024) }),
    );
    expect(failure.code).toBe(413);
  });

  it('a body far over 2 MB is 413 and the service goes on', async () => {
    const failure = await failureOf(
      notes.items.create({ id: 'big', owner: freshKey(), note: 'x'.repeat(6 * 1024 * 1024) }),
    );
    expect(failure.code).toBe(413);
    expect((await notes.items.create({ id: 'small', owner: freshKey() })).statusCode).toBe(201);
  });

  it('a patch cannot grow an item above 2 MB', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'p', owner, note: 'x'.repeat(1_500_000) });
    const operations = [{ op: 'set' as const, path: '/more', value: 'x'.repeat(1_000_000) }];
    expect((await failureOf(notes.item('p', owner).patch(operations))).code).toBe(413);
  });

  it('an item may be nested 128 deep and no deeper', async () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) });
    const owner = freshKey();
    expect((await notes.items.create({ id: 'deep', owner, tree: nested(127) })).statusCode).toBe(201);
    expect((await failureOf(notes.items.create({ id: 'deeper', owner, tree: nested(128) }))).code).toBe(400);
  });

  it('a body of another key than the header’s is 400 substatus 1001', async () => {
    const answer = await post({ id: 'x', owner: 'other' });
    expect([answer.status, answer.headers.get('x-ms-substatus')]).toEqual([400, '1001']);
  });

  it('a request without a partition key is 400', async () => {
    const answer = await signedFetch(under, {
      method: 'POST',
      container: 'notes',
      body: '{"id":"x","owner":"raw"}',
    });
    expect(answer.status).toBe(400);
  });

  it('a key that is an object cannot be stored', async () => {
    expect((await post({ id: 'x', owner: { a: 1 } }, [{}])).status).toBe(400);
  });

  it('a partition key over 2,048 bytes is 400', async () => {
    const owner = 'k'.repeat(2049);
    expect((await post({ id: 'x', owner }, [owner])).status).toBe(400);
  });
});

describe('sorting and filtering without an index', () => {
  const ask = (query: string) => notes.items.query(query, { partitionKey: 'index-rules' }).fetchAll();

  it.each([
    ['an unindexed path', 'SELECT * FROM c ORDER BY c.note'],
    ['two properties without a composite index', 'SELECT * FROM c ORDER BY c.rank, c.day'],
    ['the order of a composite index turned around', 'SELECT * FROM c ORDER BY c.rank, c.kind'],
    ['mixed directions of a composite index', 'SELECT * FROM c ORDER BY c.kind ASC, c.rank DESC'],
    ['part of a longer composite index', 'SELECT * FROM c ORDER BY c.kind, c.day'],
  ])('ORDER BY over %s is 400', async (_promise, query) => {
    expect((await failureOf(ask(query))).code).toBe(400);
  });

  it('ORDER BY over all three paths of a composite index is answered', async () => {
    expect((await ask('SELECT * FROM c ORDER BY c.kind, c.day, c.id')).resources).toEqual([]);
  });

  it('ORDER BY over _ts and id needs no index of its own', async () => {
    expect((await ask('SELECT * FROM c ORDER BY c._ts')).resources).toEqual([]);
  });

  it.runIf(isLocal)('a filter on an unindexed path is answered, flagged and counted', async () => {
    const { headers } = (await notes.items
      .query('SELECT * FROM c WHERE c.note = "x"', { partitionKey: 'index-rules' })
      .fetchNext()) as unknown as { headers: Record<string, string> };
    expect(headers['x-local-unindexed']).toBe('/note');
    expect(under.service.counts()['unindexed notes /note']).toBe(1);
  });

  it.runIf(isLocal)('a filter on indexed paths, keys and id is not flagged', async () => {
    await ask(
      'SELECT * FROM c WHERE c.kind = "a" AND c.owner = "index-rules" AND c.id = "b" AND ARRAY_CONTAINS(c.tags, "x")',
    );
    const flagged = Object.keys(under.service.counts()).filter((name) => name.startsWith('unindexed'));
    expect(flagged.filter((name) => !name.endsWith('/note'))).toEqual([]);
  });
});
