/**
 * Queries within a key: projections, filters, sorting, aggregates, joins, paging.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Container, JSONValue } from '@azure/cosmos';
import { failureOf, freshKey, startUnderTest, type UnderTest } from './under-test.ts';

let under: UnderTest;
let notes: Container;
const owner = freshKey();

beforeAll(async () => {
  under = await startUnderTest();
  notes = under.container('notes');
  const items = Array.from({ length: 30 }, (_, index) => ({
    id: `n${String(index).padStart(2, '0')}`,
    owner,
    rank: index,
    kind: index % 3 === 0 ? 'call' : 'mail',
    day: `2026-01-${String((index % 10) + 1).padStart(2, '0')}`,
    tags: index % 2 === 0 ? ['even', 'all'] : ['all'],
    lines: [{ amount: index }, { amount: 100 + index }],
    ...(index === 7 ? { flag: true } : {}),
  }));
  for (let at = 0; at < items.length; at += 10)
    await notes.items.batch(
      items.slice(at, at + 10).map((resourceBody) => ({ operationType: 'Create', resourceBody })),
      owner,
    );
});
afterAll(() => under.close());

const ask = async (query: string, values: Record<string, JSONValue> = {}): Promise<unknown[]> => {
  const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
  const iterator = notes.items.query<unknown>(
    { query, parameters },
    { partitionKey: owner, maxItemCount: 1000 },
  );
  return (await iterator.fetchAll()).resources;
};

describe('queries', () => {
  it('SELECT * answers whole items with their system properties', async () => {
    const [item] = (await ask('SELECT * FROM c WHERE c.id = "n03"')) as Record<string, unknown>[];
    expect(item).toMatchObject({
      id: 'n03',
      rank: 3,
      _etag: expect.any(String) as string,
      _ts: expect.any(Number) as number,
    });
  });

  it.each<[string, string, unknown[]]>([
    ['a filter on equality', 'SELECT VALUE c.id FROM c WHERE c.rank = 4', ['n04']],
    ['a range filter', 'SELECT VALUE c.rank FROM c WHERE c.rank >= 27 AND c.rank < 29', [27, 28]],
    ['BETWEEN includes both ends', 'SELECT VALUE c.rank FROM c WHERE c.rank BETWEEN 1 AND 3', [1, 2, 3]],
    ['IN', 'SELECT VALUE c.rank FROM c WHERE c.rank IN (2, 5, 99)', [2, 5]],
    ['OR and NOT', 'SELECT VALUE c.rank FROM c WHERE NOT (c.rank > 0) OR c.rank = 29', [0, 29]],
    ['IS_DEFINED', 'SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.flag)', ['n07']],
    [
      'ARRAY_CONTAINS',
      'SELECT VALUE c.rank FROM c WHERE ARRAY_CONTAINS(c.tags, "even") AND c.rank > 25',
      [26, 28],
    ],
    ['STARTSWITH', 'SELECT VALUE c.id FROM c WHERE STARTSWITH(c.id, "n2") AND c.rank < 22', ['n20', 'n21']],
    ['a projection', 'SELECT c.id, c.rank AS place FROM c WHERE c.rank = 1', [{ id: 'n01', place: 1 }]],
    [
      'an object projection',
      'SELECT VALUE {"r": c.rank, "k": c.kind} FROM c WHERE c.rank = 3',
      [{ r: 3, k: 'call' }],
    ],
    ['missing properties are left out', 'SELECT c.id, c.absent FROM c WHERE c.rank = 1', [{ id: 'n01' }]],
    ['ORDER BY descending', 'SELECT VALUE c.rank FROM c WHERE c.rank < 3 ORDER BY c.rank DESC', [2, 1, 0]],
    ['OFFSET and LIMIT', 'SELECT VALUE c.rank FROM c ORDER BY c.rank OFFSET 10 LIMIT 3', [10, 11, 12]],
    ['TOP', 'SELECT TOP 2 VALUE c.rank FROM c ORDER BY c.rank DESC', [29, 28]],
    ['COUNT', 'SELECT VALUE COUNT(1) FROM c', [30]],
    [
      'SUM, MIN and MAX',
      'SELECT SUM(c.rank) AS s, MIN(c.rank) AS a, MAX(c.rank) AS b FROM c',
      [{ s: 435, a: 0, b: 29 }],
    ],
    ['AVG', 'SELECT VALUE AVG(c.rank) FROM c WHERE c.rank < 3', [1]],
    ['COUNT over nothing is 0', 'SELECT VALUE COUNT(1) FROM c WHERE c.rank > 1000', [0]],
    ['JOIN IN an array', 'SELECT VALUE l.amount FROM c JOIN l IN c.lines WHERE c.rank = 5', [5, 105]],
    ['DISTINCT', 'SELECT DISTINCT VALUE c.kind FROM c WHERE c.rank < 4', ['call', 'mail']],
    [
      'a sort over a composite index',
      'SELECT VALUE c.rank FROM c WHERE c.rank < 4 ORDER BY c.kind, c.rank',
      [0, 3, 1, 2],
    ],
    [
      'the same composite index backwards',
      'SELECT VALUE c.rank FROM c WHERE c.rank < 4 ORDER BY c.kind DESC, c.rank DESC',
      [2, 1, 3, 0],
    ],
  ])('%s', async (_promise, query, expected) => {
    expect(await ask(query)).toEqual(expected);
  });

  it('GROUP BY counts each group', async () => {
    const groups = await ask('SELECT c.kind, COUNT(1) AS n FROM c GROUP BY c.kind');
    expect(groups).toHaveLength(2);
    expect(groups).toEqual(
      expect.arrayContaining([
        { kind: 'call', n: 10 },
        { kind: 'mail', n: 20 },
      ]),
    );
  });

  it('parameters may be texts, numbers, lists and objects', async () => {
    expect(
      await ask('SELECT VALUE c.rank FROM c WHERE ARRAY_CONTAINS(@ranks, c.rank) AND c.kind = @kind', {
        ranks: [3, 4],
        kind: 'call',
      }),
    ).toEqual([3]);
  });

  it('a parameter is a value, never part of the query', async () => {
    expect(await ask('SELECT VALUE c.id FROM c WHERE c.id = @id', { id: '" OR 1=1 --' })).toEqual([]);
  });

  it('a query sees only its own key', async () => {
    const stranger = freshKey();
    await notes.items.create({ id: 'n00', owner: stranger });
    const { resources } = await notes.items
      .query('SELECT VALUE c.owner FROM c WHERE c.id = "n00"', { partitionKey: stranger })
      .fetchAll();
    expect(resources).toEqual([stranger]);
  });

  it('a query over an empty key answers nothing', async () => {
    const { resources } = await notes.items.query('SELECT * FROM c', { partitionKey: freshKey() }).fetchAll();
    expect(resources).toEqual([]);
  });

  it.each([
    ['broken SQL', 'SELECT * FORM c', 'FORM'],
    ['an unknown function', 'SELECT VALUE NO_SUCH(c.id) FROM c', 'NO_SUCH'],
    ['a reserved word after a dot', 'SELECT c.value FROM c', 'value'],
  ])('%s is 400 and names the words', async (_promise, query, words) => {
    const failure = await failureOf(ask(query));
    expect([failure.code, failure.message.includes(words)]).toEqual([400, true]);
  });
});

describe('paging', () => {
  const pagesOf = async (query: string, size: number) => {
    const iterator = notes.items.query<string>(query, { partitionKey: owner, maxItemCount: size });
    const pages: string[][] = [];
    while (iterator.hasMoreResults()) pages.push((await iterator.fetchNext()).resources);
    return pages;
  };

  it('a streaming query comes in pages of the size asked for', async () => {
    const pages = await pagesOf('SELECT VALUE c.id FROM c', 7);
    expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 7, 2]);
    expect(new Set(pages.flat()).size).toBe(30);
  });

  it('a sorted query comes in pages in its order', async () => {
    const pages = await pagesOf('SELECT VALUE c.id FROM c ORDER BY c.rank DESC', 11);
    expect(pages.map((page) => page.length)).toEqual([11, 11, 8]);
    expect(pages.flat()).toEqual(pages.flat().toSorted().toReversed());
  });

  it('a join may cross pages within one item', async () => {
    const pages = await pagesOf('SELECT VALUE CONCAT(c.id, ToString(l.amount)) FROM c JOIN l IN c.lines', 7);
    expect([pages.length, new Set(pages.flat()).size]).toEqual([9, 60]);
  });

  it('a continuation token resumes in another iterator', async () => {
    const query = 'SELECT VALUE c.id FROM c';
    const first = await notes.items
      .query<string>(query, { partitionKey: owner, maxItemCount: 12 })
      .fetchNext();
    const rest = await notes.items
      .query<string>(query, { partitionKey: owner, continuationToken: first.continuationToken })
      .fetchAll();
    expect([...first.resources, ...rest.resources]).toHaveLength(30);
    expect(rest.resources).not.toContain(first.resources[11]);
  });

  it('writes and deletes between pages neither repeat nor lose other items', async () => {
    const moving = freshKey();
    for (let at = 0; at < 10; at += 1) await notes.items.create({ id: `m${at}`, owner: moving });
    const iterator = notes.items.query<string>('SELECT VALUE c.id FROM c', {
      partitionKey: moving,
      maxItemCount: 4,
    });
    const { resources: first } = await iterator.fetchNext();
    await notes.item(first[0]!, moving).delete();
    await notes.item(first[3]!, moving).replace({ id: first[3]!, owner: moving, rank: 1 });
    await notes.items.create({ id: 'late', owner: moving });
    const rest: string[] = [];
    while (iterator.hasMoreResults()) rest.push(...(await iterator.fetchNext()).resources);
    expect([...first, ...rest].sort()).toEqual(
      [...Array.from({ length: 10 }, (_, at) => `m${at}`), 'late'].sort(),
    );
  });

  it('a token that is not the service’s own is 400', async () => {
    const options = { partitionKey: owner, continuationToken: 'made-up' };
    expect((await failureOf(notes.items.query('SELECT * FROM c', options).fetchAll())).code).toBe(400);
  });

  it('a page never grows above 4 MB', async () => {
    const heavy = freshKey();
    for (let at = 0; at < 4; at += 1)
      await notes.items.create({ id: `h${at}`, owner: heavy, note: 'x'.repeat(1_500_000) });
    const iterator = notes.items.query('SELECT * FROM c', { partitionKey: heavy, maxItemCount: 100 });
    expect((await iterator.fetchNext()).resources).toHaveLength(2);
    expect((await iterator.fetchNext()).resources).toHaveLength(2);
  });
});
