/**
 * Deltas, journals and closed-item history beside snapshots: what is open, a snapshot says before a delta before a
 * journal; why, the other way round.
 */
import { describe, expect, it } from 'vitest';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { postHistory } from '../../shared/domain/history-work.ts';
import { explainAccount } from '../../shared/domain/journal-work.ts';
import type { AllocationRow, DocumentRow } from '../../shared/domain/feed-rows.ts';
import { noteApStatus } from '../../shared/domain/ap-status-work.ts';
import { day, key, money } from '../support/account-examples.ts';
import {
  after,
  afterFiles,
  afterNews,
  allocationOf,
  deltaOf,
  factsIn,
  frameAt,
  morning,
  openBy,
  reasons,
  rowOf,
  snapshot,
} from '../support/posting-examples.ts';

const a = 'item:invoice:A';
const frame = frameAt('j', morning(5));
const told = (account: Account, allocations: AllocationRow[], documents: DocumentRow[] = []): Account => {
  const work = { accountId: key.accountId, do: 'journal', source: 'erp', documents, allocations } as const;
  const facts = factsIn(explainAccount(account, work, frame, 'erpLed'));
  return facts.length === 0 ? account : evolve(account, facts);
};

describe('a journal beside snapshots', () => {
  const reduced = afterFiles([rowOf('A', 10_000)], [rowOf('A', 6_000)]);

  it('explains what was reduced before: nothing is doubled', () => {
    const account = told(reduced, [allocationOf('A', 4_000)]);
    expect([openBy(account), reasons(account, a)]).toEqual([{ A: 6_000 }, [['payment', 4_000]]]);
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ cash: 4_000, unexplained: 0 });
    expect(told(account, [allocationOf('A', 4_000)])).toBe(account);
  });

  it('explains a part, and keeps what it told beyond for the next snapshot', () => {
    const part = told(reduced, [allocationOf('A', 1_500)]);
    expect(reasons(part, a)).toEqual([
      ['unexplained', 2_500],
      ['payment', 1_500],
    ]);
    const beyond = after(told(reduced, [allocationOf('A', 5_000)]), snapshot(3, [rowOf('A', 5_000)]));
    expect(reasons(beyond, a)).toEqual([
      ['payment', 4_000],
      ['payment', 1_000],
    ]);
  });

  it('told first, explains the snapshot that comes after, with discount and difference', () => {
    const row = allocationOf('A', 9_000, { discount: money(200), difference: money(800), reasonCode: 'WHT' });
    const known = told(afterFiles([rowOf('A', 10_000)]), [row]);
    expect(openBy(known)).toEqual({ A: 10_000 });
    expect(reasons(after(known, snapshot(2, [])), a)).toEqual([
      ['payment', 9_000],
      ['discount', 200],
      ['withholdingTax', 800],
    ]);
  });

  it('taken back before a snapshot showed it, explains nothing', () => {
    const known = told(afterFiles([rowOf('A', 10_000)]), [allocationOf('A', 4_000)]);
    const back = told(known, [allocationOf('A', 4_000, { isReversal: true })]);
    expect(reasons(after(back, snapshot(2, [rowOf('A', 6_000)])), a)).toEqual([['unexplained', 4_000]]);
  });

  it('keeps the span of an item that it explains', () => {
    const account = told(afterFiles([rowOf('A', 10_000)], []), [allocationOf('A', 10_000)]);
    expect(account.items.get(a)?.clearedBetween).toEqual({ fromAt: morning(1), toAt: morning(2) });
  });

  it('a document a snapshot has passed over is posted as settled', () => {
    const account = told(afterFiles([rowOf('A', 10_000)]), [], [rowOf('B', 10_000)]);
    expect([openBy(account), account.items.has('item:invoice:B')]).toEqual([{ A: 10_000 }, true]);
  });

  it('an allocation for an item that is not here is refused', () => {
    const work = { accountId: 'a1', do: 'journal', source: 'erp', documents: [] } as const;
    const { refused } = explainAccount(
      newAccount(key),
      { ...work, allocations: [allocationOf('X', 1)] },
      frame,
      'erpLed',
    );
    expect(refused.map(({ refusal }) => refusal.code)).toEqual(['item-not-found']);
  });
});

describe('a delta', () => {
  const at = (hour: number) => `2026-03-11T0${hour}:00:00Z`;
  const posted = afterNews(newAccount(key), [deltaOf(rowOf('A', 10_000), at(1))]);

  it('posts, lowers and raises; an older one changes nothing', () => {
    const low = afterNews(posted, [deltaOf(rowOf('A', 4_000), at(3))]);
    expect(openBy(low)).toEqual({ A: 4_000 });
    expect(afterNews(low, [deltaOf(rowOf('A', 9_000), at(2))])).toBe(low);
    expect(openBy(afterNews(low, [deltaOf(rowOf('A', 10_000), at(4))]))).toEqual({ A: 10_000 });
  });

  it.each([
    ['payment', 'payment'],
    ['credit', 'credit'],
    ['writeOff', 'writeOff'],
    ['residual', 'residual'],
    ['other', 'unexplained'],
  ] as const)('clears by %s on the day named', (clearedBy, reason) => {
    const news = { change: 'cleared', clearedBy, clearedOn: day('2026-03-09') } as const;
    const account = afterNews(posted, [deltaOf(rowOf('A', 10_000), at(2), news)]);
    expect(account.items.get(a)?.changes).toMatchObject([{ by: reason, on: '2026-03-09', amount: 10_000 }]);
  });

  it('cancels and reopens', () => {
    const cancelled = afterNews(posted, [deltaOf(rowOf('A', 10_000), at(2), { change: 'cancelled' })]);
    expect(reasons(cancelled, a)).toEqual([['credit', 10_000]]);
    const again = afterNews(cancelled, [deltaOf(rowOf('A', 10_000), at(3), { change: 'reopened' })]);
    expect([openBy(again), reasons(again, a)]).toEqual([{ A: 10_000 }, []]);
  });

  it('newer than a snapshot is not undone by it, an older one does not undo it', () => {
    const cleared = afterNews(afterFiles([rowOf('A', 10_000)]), [
      deltaOf(rowOf('A', 10_000), '2026-03-12T12:00:00Z', { change: 'cleared', clearedBy: 'payment' }),
    ]);
    expect(openBy(after(cleared, snapshot(2, [rowOf('A', 10_000)])))).toEqual({});
    expect(openBy(after(cleared, snapshot(3, [rowOf('A', 10_000)])))).toEqual({ A: 10_000 });
    const two = afterFiles([rowOf('A', 10_000)], [rowOf('A', 5_000)]);
    expect(afterNews(two, [deltaOf(rowOf('A', 1_000), at(9))])).toBe(two);
  });
});

it('closed items of the past are posted and cleared on their days; the book does not move', () => {
  const news = { change: 'cleared', clearedOn: day('2025-05-01'), clearedBy: 'payment' } as const;
  const old = { documentOn: day('2025-03-01'), postedOn: day('2025-03-02'), dueOn: day('2025-04-01') };
  const row = deltaOf(rowOf('H', 0, old), morning(1), news);
  const work = { accountId: 'a1', do: 'history', source: 'erp', rows: [row] } as const;
  const posted = postHistory(newAccount(key), work, frame);
  const account = evolve(newAccount(key), factsIn(posted));
  expect(openBy(account)).toEqual({});
  expect(account.items.get('item:invoice:H')).toMatchObject({
    postedOn: '2025-03-02',
    changes: [{ by: 'payment', amount: 10_000, on: '2025-05-01' }],
  });
  expect(postHistory(account, work, frame).steps).toEqual([]);
  const guessed = evolve(afterFiles([rowOf('H', 10_000, old)], []), []);
  const known = postHistory(guessed, work, frame);
  expect(reasons(evolve(guessed, factsIn(known)), 'item:invoice:H')).toEqual([['payment', 10_000]]);
});

it('the state at an AP portal is noted on the invoice, and refused where there is none', () => {
  const row = {
    row: 1,
    accountId: 'a1',
    number: 'A',
    part: '1',
    status: 'approved',
    statusOn: day('2026-03-12'),
  };
  const work = {
    accountId: 'a1',
    do: 'apStatus',
    source: 'portal',
    rows: [row, { ...row, number: 'X' }],
  } as const;
  const account = afterFiles([rowOf('A', 10_000)]);
  const { steps, refused } = noteApStatus(account, work, frame);
  const next = evolve(
    account,
    steps.flatMap(({ facts }) => [...facts]),
  );
  expect([next.items.get(a)?.apStatus, refused.map(({ refusal }) => refusal.code)]).toEqual([
    'approved',
    ['item-not-found'],
  ]);
});
