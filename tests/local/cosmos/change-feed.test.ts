/**
 * The change feed: order, starting points, continuation, parts of a container, replay after a restart.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeFeedStartFrom, type ChangeFeedIteratorOptions, type Container } from '@azure/cosmos';
import { createClock } from '../../../local/clock.ts';
import { failureOf, freshKey, isLocal, startUnderTest, type UnderTest } from './under-test.ts';

let under: UnderTest;
let notes: Container;
let accounts: Container;
beforeAll(async () => {
  under = await startUnderTest({ ranges: 4 });
  notes = under.container('notes');
  accounts = under.container('accounts');
});
afterAll(() => under.close());

type Change = { id: string; rank: number; _lsn: number };

/** Everything until the feed says it has no more, and the token to go on from. */
const drain = async (container: Container, options: ChangeFeedIteratorOptions) => {
  const changes: Change[] = [];
  const pages: number[] = [];
  for await (const page of container.items.getChangeFeedIterator<Change>(options).getAsyncIterator()) {
    if (page.statusCode === 304) return { changes, pages, token: page.continuationToken };
    changes.push(...page.result);
    pages.push(page.count);
  }
  throw new Error('the feed ended');
};

const from = (start: ChangeFeedStartFrom, more: ChangeFeedIteratorOptions = {}) => ({
  changeFeedStartFrom: start,
  ...more,
});
const beginningOf = (key: string | string[]) => from(ChangeFeedStartFrom.Beginning(key));

describe('change feed', () => {
  it('a key’s feed tells its writes in their order', async () => {
    const owner = freshKey();
    for (const id of ['b', 'a', 'c']) await notes.items.create({ id, owner });
    const { changes } = await drain(notes, beginningOf(owner));
    expect(changes.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('an item written twice appears once, as it is now, at the place of its last write', async () => {
    const owner = freshKey();
    for (const id of ['a', 'b']) await notes.items.create({ id, owner, rank: 1 });
    await notes.item('a', owner).replace({ id: 'a', owner, rank: 2 });
    const { changes } = await drain(notes, beginningOf(owner));
    expect(changes.map(({ id, rank }) => [id, rank])).toEqual([
      ['b', 1],
      ['a', 2],
    ]);
  });

  it('a deleted item leaves the feed', async () => {
    const owner = freshKey();
    for (const id of ['a', 'b']) await notes.items.create({ id, owner });
    await notes.item('a', owner).delete();
    expect((await drain(notes, beginningOf(owner))).changes.map(({ id }) => id)).toEqual(['b']);
  });

  it('every change carries a growing write number', async () => {
    const owner = freshKey();
    await notes.items.batch(
      ['a', 'b', 'c'].map((id) => ({ operationType: 'Create', resourceBody: { id, owner } })),
      owner,
    );
    const { changes } = await drain(notes, beginningOf(owner));
    const numbers = changes.map(({ _lsn }) => _lsn);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('from now on, only later writes appear', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'early', owner });
    const { changes, token } = await drain(notes, from(ChangeFeedStartFrom.Now(owner)));
    expect(changes).toEqual([]);
    await notes.items.create({ id: 'late', owner });
    const later = await drain(notes, from(ChangeFeedStartFrom.Continuation(token)));
    expect(later.changes.map(({ id }) => id)).toEqual(['late']);
  });

  it('a continuation goes on where the last page ended', async () => {
    const owner = freshKey();
    for (let at = 0; at < 5; at += 1) await notes.items.create({ id: `n${at}`, owner });
    const iterator = notes.items.getChangeFeedIterator<Change>({ ...beginningOf(owner), maxItemCount: 2 });
    const first = await iterator.readNext();
    const rest = await drain(
      notes,
      from(ChangeFeedStartFrom.Continuation(first.continuationToken), { maxItemCount: 2 }),
    );
    expect([first.result.map(({ id }) => id), rest.changes.map(({ id }) => id), rest.pages]).toEqual([
      ['n0', 'n1'],
      ['n2', 'n3', 'n4'],
      [2, 1],
    ]);
  });

  it('a drained feed answers 304 again and again', async () => {
    const iterator = notes.items.getChangeFeedIterator(from(ChangeFeedStartFrom.Beginning(freshKey())));
    const codes = [(await iterator.readNext()).statusCode, (await iterator.readNext()).statusCode];
    expect(codes).toEqual([304, 304]);
  });

  it('the whole container’s feed covers all ranges', async () => {
    const series = freshKey();
    const owners = Array.from({ length: 8 }, freshKey);
    for (const owner of owners) await notes.items.create({ id: series, owner });
    const { changes } = await drain(notes, from(ChangeFeedStartFrom.Beginning()));
    expect(changes.filter(({ id }) => id === series)).toHaveLength(8);
  });

  it('the whole container’s feed shows latest versions only, and nothing deleted', async () => {
    const series = freshKey();
    const [changed, gone] = [freshKey(), freshKey()];
    for (const owner of [changed, gone]) await notes.items.create({ id: series, owner, rank: 1 });
    await notes.item(series, changed).replace({ id: series, owner: changed, rank: 2 });
    await notes.item(series, gone).delete();
    const { changes } = await drain(notes, from(ChangeFeedStartFrom.Beginning()));
    expect(changes.filter(({ id }) => id === series).map(({ rank }) => rank)).toEqual([2]);
  });

  it('feed ranges split the container without overlap', async () => {
    const series = freshKey();
    for (let at = 0; at < 12; at += 1) await notes.items.create({ id: series, owner: freshKey() });
    const ranges = await notes.getFeedRanges();
    const counts: number[] = [];
    for (const range of ranges) {
      const { changes } = await drain(notes, from(ChangeFeedStartFrom.Beginning(range)));
      counts.push(changes.filter(({ id }) => id === series).length);
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
    if (isLocal) expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1);
  });

  it('a prefix of a hierarchical key has a feed of its own', async () => {
    const companyId = freshKey();
    for (const accountId of ['1', '2']) await accounts.items.create({ id: 'h', companyId, accountId });
    await accounts.items.create({ id: 'h', companyId: freshKey(), accountId: '1' });
    const { changes } = await drain(accounts, beginningOf([companyId]));
    expect(changes).toHaveLength(2);
  });

  it('all-versions mode is refused', async () => {
    const options = {
      changeFeedMode: 'Full-Fidelity Feed',
      ...from(ChangeFeedStartFrom.Now()),
    } as ChangeFeedIteratorOptions;
    expect((await failureOf(notes.items.getChangeFeedIterator(options).readNext())).code).toBe(400);
  });
});

describe.runIf(isLocal)('change feed of the stand-in', () => {
  it('from a time on, only writes since then appear', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'before', owner });
    await under.clock.moveTo(under.clock.now() + 60_000);
    const start = new Date(under.clock.now() - 10_000);
    await notes.items.create({ id: 'after', owner });
    const { changes } = await drain(notes, from(ChangeFeedStartFrom.Time(start, owner)));
    expect(changes.map(({ id }) => id)).toEqual(['after']);
  });

  it('after a restart the feed goes on from its token: nothing is lost and nothing told twice', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'cosmos-feed-'));
    const owner = freshKey();
    const first = await startUnderTest({ stateDir });
    for (let at = 0; at < 20; at += 1)
      await first.container('notes').items.create({ id: `n${at}`, owner, rank: at });
    const iterator = first
      .container('notes')
      .items.getChangeFeedIterator<Change>({ ...beginningOf(owner), maxItemCount: 8 });
    const { result, continuationToken } = await iterator.readNext();
    await first.container('notes').item('n15', owner).replace({ id: 'n15', owner, rank: 99 });
    await first.close();
    const second = await startUnderTest({ stateDir });
    const rest = await drain(
      second.container('notes'),
      from(ChangeFeedStartFrom.Continuation(continuationToken)),
    );
    expect([...result, ...rest.changes].map(({ rank }) => rank)).toEqual([
      ...Array.from({ length: 15 }, (_, at) => at),
      16,
      17,
      18,
      19,
      99,
    ]);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });

  it('whoever waits for changes is told the moment one is written', async () => {
    const look = (query: string) =>
      fetch(`${under.endpoint}/local/changes/notes?${query}`).then((answer) => answer.json());
    const { lsn } = (await look('after=0')) as { lsn: number };
    const waiting = look(`after=${lsn}&waitMs=10000`);
    await notes.items.create({ id: 'wake', owner: freshKey() });
    expect(await waiting).toEqual({ lsn: lsn + 1 });
  });

  it('waiting ends with the time asked for, and shows no document', async () => {
    const answer = await fetch(`${under.endpoint}/local/changes/notes?after=999999&waitMs=30`);
    expect(Object.keys((await answer.json()) as object)).toEqual(['lsn']);
  });

  it('waiting for a container that is not there is 404', async () => {
    expect((await fetch(`${under.endpoint}/local/changes/nowhere`)).status).toBe(404);
  });

  it('a feed token survives a clock that was moved', async () => {
    const clock = createClock();
    const moved = await startUnderTest({ clock });
    const owner = freshKey();
    await moved.container('notes').items.create({ id: 'a', owner });
    const { token } = await drain(moved.container('notes'), beginningOf(owner));
    await clock.moveTo(clock.now() + 86_400_000);
    await moved.container('notes').items.create({ id: 'b', owner });
    const { changes } = await drain(moved.container('notes'), from(ChangeFeedStartFrom.Continuation(token)));
    expect(changes.map(({ id }) => id)).toEqual(['b']);
    await moved.close();
  });
});
