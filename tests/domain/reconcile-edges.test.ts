/**
 * Where two reasons for one reduction meet: whose money it was is said once, and nothing is closed or undone by news
 * that is older than what is known.
 * From: `shared/domain/reconcile.ts`, `lower-item.ts`, `raise-item.ts`, `match-credits.ts`, `shown-money.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { explainAccount } from '../../shared/domain/journal-work.ts';
import { noteProvisional } from '../../shared/domain/note-provisional.ts';
import { claimShown, shownOf } from '../../shared/domain/shown-money.ts';
import { codeOf, day, factsOf, key, money } from '../support/account-examples.ts';
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

const idOf = (number: string): string => `item:invoice:${number}`;
const invoice = (number: string, open: number) => rowOf(number, open, { original: money(open) });
const credit = (number: string, size: number, more: Parameters<typeof rowOf>[2] = {}) =>
  rowOf(number, -size, { kind: 'creditNote', original: money(-size), ...more });
const noted = (account: Account, number: string, amount: number, on: string, receivedAt?: string) => {
  const named = { itemId: idOf(number), receiptId: `r-${number}`, amount: money(amount), on: day(on) };
  return evolve(
    account,
    factsOf(noteProvisional(account, { ...named, ...(receivedAt === undefined ? {} : { receivedAt }) })),
  );
};
const stateOf = (account: Account, number: string) => account.items.get(idOf(number))?.provisional[0]?.state;

describe('news of single documents and the files of the night', () => {
  it('an item a newer delta told of stays open when an older file lacks it, until a file after it does', () => {
    const told = afterNews(afterFiles([]), [deltaOf(rowOf('N', 10_000), '2026-03-12T12:00:00Z')]);
    expect(openBy(after(told, snapshot(2, [])))).toEqual({ N: 10_000 });
    expect(openBy(after(told, snapshot(3, [])))).toEqual({});
  });

  it('what was written off and is open again is adjusted: the write-off stands', () => {
    const gone = { change: 'cleared', clearedBy: 'writeOff' } as const;
    const written = afterNews(afterFiles([rowOf('A', 10_000)]), [
      deltaOf(rowOf('A', 10_000), '2026-03-11T12:00:00Z', gone),
    ]);
    const again = after(written, snapshot(2, [rowOf('A', 10_000)]));
    expect([openBy(again), reasons(again, idOf('A'))]).toEqual([
      { A: 10_000 },
      [
        ['writeOff', 10_000],
        ['adjustment', 10_000],
      ],
    ]);
  });
});

describe('credits that vanish with what is owed', () => {
  it('never settle what is owed in another currency', () => {
    const rows = [rowOf('A', 10_000), credit('C', 10_000, { currency: 'USD' })];
    const account = afterFiles(rows, []);
    expect(reasons(account, idOf('A'))).toEqual([['implied', 10_000]]);
    expect(reasons(account, 'item:creditNote:C')).toEqual([['implied', 10_000]]);
  });

  it('settle the item of exactly their amount before an older one', () => {
    const account = afterFiles([rowOf('A', 10_000), invoice('B', 4_000), credit('C', 4_000)], []);
    expect(reasons(account, idOf('A'))).toEqual([['implied', 10_000]]);
    expect(reasons(account, idOf('B'))).toEqual([['allocation', 4_000]]);
  });

  it('settle the item they name before one of exactly their amount', () => {
    const naming = credit('C', 4_000, { originalNumber: 'A' });
    const account = afterFiles([rowOf('A', 10_000), invoice('B', 4_000), naming], []);
    expect(reasons(account, idOf('A'))).toEqual([
      ['allocation', 4_000],
      ['implied', 6_000],
    ]);
    expect(reasons(account, idOf('B'))).toEqual([['implied', 4_000]]);
  });

  it('are not kept for an item that money received here has paid', () => {
    const first = afterFiles([rowOf('A', 10_000), invoice('B', 5_000), credit('C', 4_000)]);
    const account = after(noted(first, 'A', 10_000, '2026-03-11', '2026-03-11T10:00:00Z'), snapshot(2, []));
    expect(reasons(account, idOf('A'))).toEqual([['payment', 10_000]]);
    expect(reasons(account, idOf('B'))).toEqual([
      ['allocation', 4_000],
      ['implied', 1_000],
    ]);
  });
});

describe('money told of twice', () => {
  it('what the journal explained confirms the receipt of the same money, and lowers the item once', () => {
    const first = noted(afterFiles([invoice('A', 8_000)]), 'A', 4_000, '2026-03-11', '2026-03-11T10:00:00Z');
    const journal = { accountId: key.accountId, do: 'journal', source: 'erp', documents: [] } as const;
    const work = { ...journal, allocations: [allocationOf('A', 4_000)] };
    const told = factsIn(explainAccount(first, work, frameAt('j', morning(1)), 'erpLed'));
    const account = after(evolve(first, told), snapshot(2, []));
    expect([stateOf(account, 'A'), openBy(account)]).toEqual(['confirmed', {}]);
    expect(reasons(account, idOf('A'))).toEqual([
      ['payment', 4_000],
      ['implied', 4_000],
    ]);
  });

  it.each([
    ['2026-03-15', 'confirmed', 'payment'],
    ['2026-03-16', 'noted', 'implied'],
  ])(
    'a bank line valued %s is %s by a file of the 12th: an ERP books up to three days ahead',
    (on, is, why) => {
      const account = after(noted(afterFiles([rowOf('A', 10_000)]), 'A', 10_000, on), snapshot(2, []));
      expect([stateOf(account, 'A'), reasons(account, idOf('A'))]).toEqual([is, [[why, 10_000]]]);
    },
  );
});

describe('a bank line of what a feed has shown already', () => {
  const cleared = afterFiles([rowOf('A', 10_000)], []);
  const line = (receiptId: string, amount: number, since = '2026-03-10') => ({
    ...{ itemId: idOf('A'), receiptId, amount: money(amount), on: day('2026-03-13'), since: day(since) },
  });

  it('is that money: the guess becomes a payment, nothing is open or claimed anew', () => {
    const account = evolve(cleared, factsOf(claimShown(cleared, line('r1', 10_000))));
    expect([openBy(account), reasons(account, idOf('A'))]).toEqual([{}, [['payment', 10_000]]]);
    expect(account.head.balances['EUR']).toMatchObject({ open: 0, provisional: 0 });
    expect(factsOf(claimShown(account, line('r1', 10_000)))).toEqual([]);
  });

  it('two lines share what was shown, and a third finds nothing left', () => {
    const one = evolve(cleared, factsOf(claimShown(cleared, line('r1', 6_000))));
    expect(shownOf(one.items.get(idOf('A'))!, day('2026-03-10'))).toBe(4_000);
    expect(codeOf(claimShown(one, line('r2', 4_001)))).toBe('more-than-open');
    const two = evolve(one, factsOf(claimShown(one, line('r2', 4_000))));
    expect(codeOf(claimShown(two, line('r3', 1)))).toBe('more-than-open');
  });

  it('later than what was shown by more than an ERP books ahead is other money', () => {
    expect(codeOf(claimShown(cleared, line('r1', 10_000, '2026-03-12')))).toBe('done');
    expect(codeOf(claimShown(cleared, line('r1', 10_000, '2026-03-13')))).toBe('more-than-open');
  });
});
