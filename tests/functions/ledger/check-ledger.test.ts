/**
 * The nightly check: nothing is said of a sound ledger; one defect of each kind, made behind the ledger's back,
 * is found and named; a run that dies anywhere says the same in the end.
 */
import { describe, expect, it } from 'vitest';
import type { CheckParts } from '../../../functions/ledger/check-parts.ts';
import { runCheck } from '../../../functions/ledger/check-ledger.ts';
import type { AccountHead, AccountItem } from '../../../shared/domain/account.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import { headOf, keep } from '../../ports/receipt-store.suite.ts';
import { money } from '../../support/account-examples.ts';
import { crashAt, gateOf } from '../../support/faults.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { companyId } from '../reporting/projection-support.ts';
import { acceptFeed, checkWorld, codesOf, invoice, night, type CheckWorld } from './check-support.ts';

const company = async (): Promise<CheckWorld> => {
  const world = checkWorld();
  for (const accountId of ['a1', 'a2', 'a3']) await invoice(world, accountId, `${accountId}-1`, 1_000);
  await acceptFeed(world, 3_000);
  return world;
};

/** Ports that show account a2 otherwise than it was written. */
const shown = (
  { accounts }: CheckParts,
  change: {
    head?: (head: AccountHead) => AccountHead;
    entries?: (entries: Entry[]) => Entry[];
    items?: (items: AccountItem[]) => AccountItem[];
  },
): Partial<CheckParts> => ({
  accounts: {
    ...accounts,
    load: async (scope, key, ids) => {
      const loaded = await accounts.load(scope, key, ids);
      if (key.accountId !== 'a2' || change.head === undefined) return loaded;
      return { ...loaded, account: { ...loaded.account, head: change.head(loaded.account.head) } };
    },
    entries: async (scope, key, page) => {
      const entries = await accounts.entries(scope, key, page);
      return key.accountId === 'a2' && change.entries ? change.entries(entries) : entries;
    },
    openItems: async (scope, key, page) => {
      const found = await accounts.openItems(scope, key, page);
      return key.accountId === 'a2' && change.items ? { ...found, items: change.items(found.items) } : found;
    },
  },
});

const balanced = (head: AccountHead, more: object): AccountHead => ({
  ...head,
  balances: { EUR: { ...head.balances['EUR']!, ...more } },
});
const item = (more: Partial<AccountItem>) => (items: AccountItem[]) =>
  items.map((one) => ({ ...one, ...more }));

it('says nothing of a sound ledger, night after night, and reads only what changed', async () => {
  const world = await company();
  expect(await night(world, '2026-03-03')).toEqual([]);
  await invoice(world, 'a2', 'late', 500, { on: '2026-03-03' });
  expect(await night(world, '2026-03-04')).toEqual([]);
  expect(await night(world, '2026-03-05')).toEqual([]);
  const run = await world.parts.runs.latest(everything, `check-ledger:${companyId}`);
  expect(run).toMatchObject({ slot: '2026-03-05T00:00:00Z', note: { since: '{"EUR":500}', feed: 'feed-1' } });
});

describe('one defect of each kind is found', () => {
  it.each<[string, Parameters<typeof shown>[1], string]>([
    ['a balance', { head: (head) => balanced(head, { open: money(999) }) }, 'open-items-differ'],
    [
      'a ledger account',
      { head: (head) => balanced(head, { ledger: { receivables: money(1_000) } }) },
      'ledger-sides-differ',
    ],
    ['an item that is not there', { items: () => [] }, 'open-items-differ'],
    ['an item beyond its size', { items: item({ original: money(10) }) }, 'item-beyond-its-size'],
    ['an item that gave too much', { items: item({ allocated: money(9_999) }) }, 'more-given-than-there-was'],
    [
      'an entry rewritten',
      { entries: (all) => all.map((one) => ({ ...one, at: '2026-01-01T00:00:00Z' })) },
      'journal-broken',
    ],
    ['entries in each other’s place', { entries: (all) => all.toReversed() }, 'journal-broken'],
    ['a head that ends in another entry', { head: (head) => ({ ...head, lastHash: 'f' }) }, 'journal-broken'],
    ['an entry taken away', { entries: (all) => all.slice(1) }, 'journal-broken'],
    [
      'a head its journal does not come to',
      { head: (head) => ({ ...head, assignedTo: 'x' }) },
      'account-not-as-its-journal',
    ],
  ])('%s', async (_name, change, code) => {
    const world = await company();
    await invoice(world, 'a2', 'a2-2', 500);
    expect(await night(world, '2026-03-03', shown(world.parts, change))).toContain(code);
    const [first] = world.parked.work.values();
    expect(first).toMatchObject({
      companyId,
      source: 'ledger-checks',
      detail: expect.stringContaining('a2') as string,
    });
  });

  it('reports that show an account otherwise', async () => {
    const world = await company();
    const { reports } = world.parts;
    const contributions: typeof reports.contributions = async (...given) =>
      new Map(
        [...(await reports.contributions(...given))].map(([id, one]) => [
          id,
          { ...one, cells: { 'EUR open': money(1) } },
        ]),
      );
    expect(await night(world, '2026-03-03', { reports: { ...reports, contributions } })).toContain(
      'report-differs',
    );
  });

  it('an entry that never reached the reports', async () => {
    const world = await company();
    await invoice(world, 'a9', 'never', 100, { isReported: false });
    expect(await night(world, '2026-03-03')).toEqual(['report-behind']);
  });

  it('a receipt that does not sum', async () => {
    const world = await company();
    await keep(world.parts.receipts, headOf({ id: 'r1', companyId }));
    const { receipts } = world.parts;
    const list: typeof receipts.list = async (...given) => {
      const page = await receipts.list(...given);
      return { ...page, receipts: page.receipts.map((one) => ({ ...one, free: money(one.free - 1) })) };
    };
    expect(await night(world, '2026-03-03')).toEqual([]);
    expect(await night(world, '2026-03-04', { receipts: { ...receipts, list } })).toEqual([
      'receipt-does-not-sum',
    ]);
  });

  it('a book that is not what the feed said', async () => {
    const world = await company();
    world.parts.feeds = memoryFeeds();
    await acceptFeed(world, 2_999);
    expect(await night(world, '2026-03-03')).toEqual(['book-not-as-fed']);
  });
});

it('does not judge the book by what was posted while the feed was', async () => {
  const world = await company();
  await invoice(world, 'a1', 'meanwhile', 77, { on: '2026-03-02' });
  expect(await night(world, '2026-03-03')).toEqual([]);
});

it('the same finding is parked once, however many nights find it, and again after a fix is found no more', async () => {
  const world = await company();
  const broken = shown(world.parts, { items: () => [] });
  await night(world, '2026-03-03', broken);
  await night(world, '2026-03-04', broken);
  expect(codesOf(world)).toEqual(['open-items-differ']);
  const [found] = world.parked.work.values();
  const message = JSON.parse(found!.body) as never;
  const outcome = await runCheck(message, { scope: everything, now: tenOClock }, world.parts);
  expect(outcome).toEqual({ ok: true, value: 0 });
});

it('a run that dies before or after any effect ends as one that did not', async () => {
  const count = gateOf();
  const world = await company();
  const broken = (one: CheckWorld) => shown(one.parts, { items: () => [] });
  const codes = await night(world, '2026-03-03', broken(world), count);
  expect(count.calls.length).toBeGreaterThan(8);
  for (const when of ['before', 'after'] as const)
    for (let number = 1; number <= count.calls.length; number += 1) {
      const crashed = await company();
      const found = await night(crashed, '2026-03-03', broken(crashed), crashAt(number, when));
      expect(found, `${when} ${count.calls[number - 1]}`).toEqual(codes);
      const run = await crashed.parts.runs.latest(everything, `check-ledger:${companyId}`);
      expect(run?.slot).toBe('2026-03-03T00:00:00Z');
    }
});
