/**
 * Queries over many partitions and ranges: the SDK merges them by the query plan, as in production.
 * From: the official SDK against the service under test, with one and with four ranges, and with the
 * plan pipeline switched off. Next: the same answers every time.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Container, FeedOptions } from '@azure/cosmos';
import { failureOf, freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

const setups = [
  { ranges: 1, planPipeline: true },
  { ranges: 4, planPipeline: true },
  { ranges: 4, planPipeline: false },
].slice(0, isLocal ? 3 : 1);

describe.each(setups)('over $ranges ranges, plan pipeline $planPipeline', (setup) => {
  let under: UnderTest;
  let notes: Container;
  const group = freshKey();
  const owners = Array.from({ length: 12 }, freshKey);

  beforeAll(async () => {
    under = await startUnderTest(setup);
    notes = under.container('notes');
    for (const [at, owner] of owners.entries())
      await notes.items.batch(
        Array.from({ length: 5 }, (_, step) => ({
          operationType: 'Create' as const,
          resourceBody: {
            id: `${at}-${step}`,
            owner,
            kind: `${group}-${step % 2}`,
            rank: at * 5 + step,
            series: group,
          },
        })),
        owner,
      );
  });
  afterAll(() => under.close());

  const ask = async <T = unknown>(query: string, options: FeedOptions = {}): Promise<T[]> => {
    const parameters = [{ name: '@series', value: group }];
    return (await notes.items.query<T>({ query, parameters }, { maxItemCount: 50, ...options }).fetchAll())
      .resources;
  };

  it('a plain query visits every partition once', async () => {
    const ids = await ask<string>('SELECT VALUE c.id FROM c WHERE c.series = @series', { maxItemCount: 7 });
    expect([ids.length, new Set(ids).size]).toEqual([60, 60]);
  });

  it('ORDER BY merges all ranges', async () => {
    const ranks = await ask('SELECT VALUE c.rank FROM c WHERE c.series = @series ORDER BY c.rank DESC', {
      maxItemCount: 7,
    });
    expect(ranks).toEqual(Array.from({ length: 60 }, (_, at) => 59 - at));
  });

  it('ORDER BY over a composite index merges all ranges', async () => {
    const rows = await ask<{ kind: string; rank: number }>(
      'SELECT c.kind, c.rank FROM c WHERE c.series = @series ORDER BY c.kind, c.rank',
    );
    expect(rows.map(({ rank }) => (rank % 5) % 2)).toEqual([
      ...Array<number>(36).fill(0),
      ...Array<number>(24).fill(1),
    ]);
  });

  it('OFFSET and LIMIT count over all ranges', async () => {
    expect(
      await ask('SELECT VALUE c.rank FROM c WHERE c.series = @series ORDER BY c.rank OFFSET 20 LIMIT 4'),
    ).toEqual([20, 21, 22, 23]);
  });

  it('TOP counts over all ranges', async () => {
    expect(
      await ask('SELECT TOP 3 VALUE c.rank FROM c WHERE c.series = @series ORDER BY c.rank DESC'),
    ).toEqual([59, 58, 57]);
  });

  it.each<[string, string, number]>([
    ['COUNT', 'COUNT(1)', 60],
    ['SUM', 'SUM(c.rank)', 1770],
    ['AVG', 'AVG(c.rank)', 29.5],
    ['MIN', 'MIN(c.rank)', 0],
    ['MAX', 'MAX(c.rank)', 59],
  ])('%s adds up all ranges', async (_name, aggregate, expected) => {
    expect(await ask(`SELECT VALUE ${aggregate} FROM c WHERE c.series = @series`)).toEqual([expected]);
  });

  it('GROUP BY merges groups of all ranges', async () => {
    const groups = await ask<{ kind: string; n: number; most: number }>(
      'SELECT c.kind, COUNT(1) AS n, MAX(c.rank) AS most FROM c WHERE c.series = @series GROUP BY c.kind',
    );
    expect(groups.toSorted((a, b) => a.n - b.n)).toMatchObject([
      { n: 24, most: 58 },
      { n: 36, most: 59 },
    ]);
  });

  it('DISTINCT is distinct over all ranges', async () => {
    const kinds = await ask<string>('SELECT DISTINCT VALUE c.kind FROM c WHERE c.series = @series');
    expect(kinds.toSorted()).toEqual([`${group}-0`, `${group}-1`]);
  });

  it('a filter that pins the key sorts without visiting other partitions', async () => {
    const ranks = await ask(`SELECT VALUE c.rank FROM c WHERE c.owner = "${owners[4]}" ORDER BY c.rank`);
    expect(ranks).toEqual([20, 21, 22, 23, 24]);
  });

  it('with query control a sorted query resumes from its continuation token', async () => {
    const query = `SELECT VALUE c.rank FROM c WHERE c.series = "${group}" ORDER BY c.rank`;
    const options = { maxItemCount: 25, enableQueryControl: true };
    const first = await notes.items.query<number>(query, options).fetchNext();
    const continuationToken = first.continuationToken;
    const rest: number[] = [];
    const iterator = notes.items.query<number>(query, { ...options, continuationToken });
    while (iterator.hasMoreResults()) rest.push(...((await iterator.fetchNext()).resources ?? []));
    expect([...first.resources, ...rest]).toEqual(Array.from({ length: 60 }, (_, at) => at));
  });

  it.runIf(isLocal)('the SDK is sent to its pipeline exactly when it would be in production', async () => {
    const refused = () => under.service.counts()['400 notes'] ?? 0;
    const before = refused();
    await ask('SELECT VALUE c.rank FROM c WHERE c.series = @series ORDER BY c.rank');
    expect(refused() - before).toBe(setup.planPipeline ? 1 : 0);
    await ask('SELECT VALUE c.rank FROM c WHERE c.series = @series');
    expect(refused() - before).toBe(setup.planPipeline ? 1 : 0);
  });

  it('a composite index that is not there is refused, plan or no plan', async () => {
    const failure = await failureOf(ask('SELECT VALUE c.id FROM c ORDER BY c.rank, c.kind'));
    expect(failure.code).toBe(400);
  });
});
