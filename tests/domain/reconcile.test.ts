/**
 * The result table of a snapshot, row by row, and the cases every build passes, on one account.
 */
import { describe, expect, it } from 'vitest';
import { newAccount } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { netOfPayments } from '../../shared/domain/gross-payments.ts';
import { noteProvisional } from '../../shared/domain/note-provisional.ts';
import { reconcileAccount } from '../../shared/domain/reconcile.ts';
import { day, factsOf, key, money } from '../support/account-examples.ts';
import {
  after,
  afterFiles,
  frameAt,
  morning,
  openBy,
  reasons,
  rowOf,
  snapshot,
} from '../support/posting-examples.ts';

const idOf = (number: string): string => `item:invoice:${number}`;
const item = (account: ReturnType<typeof afterFiles>, number: string) => account.items.get(idOf(number))!;
const span = (from: number, to: number) => ({ fromAt: morning(from), toAt: morning(to) });

describe('an item nobody has seen', () => {
  it('is posted; what is missing of it was settled before first sight', () => {
    const account = afterFiles([rowOf('A', 6_000)]);
    expect(openBy(account)).toEqual({ A: 6_000 });
    expect(reasons(account, idOf('A'))).toEqual([['beforeFirstSight', 4_000]]);
  });

  it('with more open than it was ever for is posted with an adjustment', () => {
    const account = afterFiles([rowOf('A', 12_500)]);
    expect([openBy(account), reasons(account, idOf('A'))]).toEqual([{ A: 12_500 }, [['adjustment', 2_500]]]);
  });

  it('with nothing open is not posted', () => {
    expect(afterFiles([rowOf('A', 0)]).items.size).toBe(0);
  });
});

describe('an open item', () => {
  it('that is the same writes nothing', () => {
    const account = afterFiles([rowOf('A', 10_000)]);
    const work = snapshot(2, [rowOf('A', 10_000)]);
    expect(reconcileAccount(account, work, frameAt('i2', work.asOf)).steps).toEqual([]);
  });

  it('that is lower without a reason is reduced unexplained', () => {
    expect(reasons(afterFiles([rowOf('A', 10_000)], [rowOf('A', 7_000)]), idOf('A'))).toEqual([
      ['unexplained', 3_000],
    ]);
  });

  it('that is higher undoes what lowered it, then is adjusted', () => {
    const account = afterFiles([rowOf('A', 10_000)], [rowOf('A', 7_000)], [rowOf('A', 11_000)]);
    expect([openBy(account), reasons(account, idOf('A'))]).toEqual([{ A: 11_000 }, [['adjustment', 1_000]]]);
  });

  it('that rises by part of a reduction keeps the rest of it', () => {
    const account = afterFiles([rowOf('A', 10_000)], [rowOf('A', 7_000)], [rowOf('A', 9_000)]);
    expect(reasons(account, idOf('A'))).toEqual([['unexplained', 1_000]]);
  });

  it('that is due another day is amended, the first due day kept', () => {
    const changed = { dueOn: day('2026-04-15'), erpBlock: 'X', references: { purchaseOrder: 'P1' } };
    const account = afterFiles([rowOf('A', 10_000)], [rowOf('A', 10_000, changed)]);
    expect(item(account, 'A')).toMatchObject({ ...changed, firstDueOn: '2026-03-31' });
    expect(item(after(account, snapshot(3, [rowOf('A', 10_000)])), 'A').erpBlock).toBeUndefined();
  });

  it('of another source is left alone, present or absent', () => {
    const account = after(newAccount(key), snapshot(1, [rowOf('A', 10_000)], { source: 'other' }));
    expect(openBy(after(account, snapshot(2, [])))).toEqual({ A: 10_000 });
    const work = snapshot(2, [rowOf('A', 4_000)]);
    const { refused, differences } = reconcileAccount(account, work, frameAt('i2', work.asOf));
    expect(refused.map(({ refusal }) => refusal.code)).toEqual(['same-number-other-source']);
    expect(differences).toMatchObject([{ because: 'refused', amount: -4_000, currency: 'EUR' }]);
  });

  it('in another currency than before is refused and stays', () => {
    const account = afterFiles([rowOf('A', 10_000)], [rowOf('A', 10_000, { currency: 'USD' })]);
    expect(openBy(account)).toEqual({ A: 10_000 });
  });
});

describe('what every build passes', () => {
  it('S1: A, B; S2: B alone. A is cleared, implied, between the two', () => {
    const account = afterFiles([rowOf('A', 10_000), rowOf('B', 10_000)], [rowOf('B', 10_000)]);
    expect([openBy(account), reasons(account, idOf('A'))]).toEqual([{ B: 10_000 }, [['implied', 10_000]]]);
    expect(item(account, 'A').clearedBetween).toEqual(span(1, 2));
  });

  it("A's row in S2 is unreadable: A stays open and is held, until S3 shows it", () => {
    const account = after(afterFiles([rowOf('A', 10_000)]), snapshot(2, [], { withheld: [idOf('A')] }));
    expect([openBy(account), item(account, 'A').faults]).toEqual([{ A: 10_000 }, ['source-row-refused']]);
    const again = after(account, snapshot(3, [rowOf('A', 10_000)]));
    expect([openBy(again), item(again, 'A').faults]).toEqual([{ A: 10_000 }, []]);
  });

  it('no key could be read: nothing is closed, and the span of what S3 lacks begins before', () => {
    const first = afterFiles([rowOf('A', 10_000)]);
    const account = after(first, snapshot(2, [], { withheld: 'all' }));
    expect(openBy(account)).toEqual({ A: 10_000 });
    expect(item(after(account, snapshot(3, [])), 'A').clearedBetween).toEqual(span(1, 3));
  });

  it('A vanishes and A-R appears, a deduction naming A: the rest is paid, A-R goes on in its place', () => {
    const heir = { kind: 'deduction', originalNumber: 'A', original: money(3_000) } as const;
    const rest = rowOf('A-R', 3_000, { ...heir, dueOn: day('2026-06-01') });
    const account = afterFiles([rowOf('A', 10_000)], [rest]);
    expect(openBy(account)).toEqual({ 'A-R': 3_000 });
    expect(reasons(account, idOf('A'))).toEqual([
      ['residual', 3_000],
      ['implied', 7_000],
    ]);
    const inherited = { dueOn: '2026-03-31', originalId: idOf('A'), stage: 0 };
    expect(account.items.get('item:deduction:A-R')).toMatchObject(inherited);
    const later = after(account, snapshot(3, [rest]));
    expect(later.items.get('item:deduction:A-R')).toMatchObject(inherited);
  });

  it('an invoice and a credit vanish together: cleared against each other, no cash', () => {
    const credit = rowOf('C', -50_000, { kind: 'creditNote', original: money(-50_000) });
    const account = afterFiles([rowOf('A', 50_000, { original: money(50_000) }), credit], []);
    expect(reasons(account, idOf('A'))).toEqual([['allocation', 50_000]]);
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ receivables: 0 });
    expect(account.head.balances['EUR']?.ledger.impliedCash).toBeUndefined();
    expect(item(account, 'A').clearedBetween).toEqual(span(1, 2));
    expect(account.items.get('item:creditNote:C')?.clearedBetween).toEqual(span(1, 2));
  });

  it('A vanishes and returns two days later: reopened, at its stage, nothing of its history lost', () => {
    const account = afterFiles([rowOf('A', 10_000)], [], [], [rowOf('A', 10_000)]);
    expect([openBy(account), reasons(account, idOf('A'))]).toEqual([{ A: 10_000 }, []]);
    expect(item(account, 'A').changes).toMatchObject([{ by: 'implied', isReversed: true }]);
    expect(item(account, 'A').clearedBetween).toBeUndefined();
  });

  it('an invoice and a credit return: both are open again', () => {
    const rows = [rowOf('A', 10_000), rowOf('C', -10_000, { kind: 'creditNote' })];
    expect(openBy(afterFiles(rows, [], rows))).toEqual({ A: 10_000, C: -10_000 });
    expect(openBy(afterFiles(rows, [], rows.slice(0, 1)))).toEqual({ A: 10_000 });
    expect(openBy(afterFiles(rows, [], rows.slice(1)))).toEqual({ C: -10_000 });
  });

  it('gross style: a payment naming A is taken off it, one item', () => {
    const payment = { kind: 'paymentOnAccount', originalNumber: 'A', original: money(-4_000) } as const;
    const account = afterFiles(netOfPayments([rowOf('A', 10_000), rowOf('P', -4_000, payment)]));
    expect([openBy(account), account.items.size]).toEqual([{ A: 6_000 }, 1]);
  });

  it('the same number in two fiscal years is two items', () => {
    const years = ['2025', '2026'].map((fiscalYear) => rowOf('A', 10_000, { fiscalYear }));
    expect(afterFiles(years).items.size).toBe(2);
  });

  it('an older snapshot coming late changes nothing', () => {
    const account = afterFiles([rowOf('A', 10_000)], [rowOf('A', 4_000)]);
    expect(openBy(after(account, snapshot(1, [rowOf('A', 9_000)])))).toEqual({ A: 4_000 });
  });
});

describe('money received here first', () => {
  const received = (account: ReturnType<typeof afterFiles>, receivedAt: string, amount = 10_000) => {
    const on = day(receivedAt.slice(0, 10));
    const noted = { itemId: idOf('A'), receiptId: 'r1', amount: money(amount), on, receivedAt };
    return evolve(account, factsOf(noteProvisional(account, noted)));
  };
  const state = (account: ReturnType<typeof afterFiles>) => item(account, 'A').provisional[0]?.state;

  it('is confirmed by the next file without the item, and not by one from before it came', () => {
    const account = received(afterFiles([rowOf('A', 10_000)]), '2026-03-12T10:00:00Z');
    const early = after(account, snapshot(2, [rowOf('A', 10_000)]));
    expect([openBy(early), state(early)]).toEqual([{ A: 10_000 }, 'noted']);
    const next = after(early, snapshot(3, []));
    expect([state(next), reasons(next, idOf('A'))]).toEqual(['confirmed', [['payment', 10_000]]]);
    expect(next.head.balances['EUR']).toMatchObject({ open: 0, provisional: 0 });
  });

  it('is not confirmed by a file of that morning that lacks the item for another reason', () => {
    const account = received(afterFiles([rowOf('A', 10_000)]), '2026-03-12T10:00:00Z');
    const gone = after(account, snapshot(2, []));
    expect([state(gone), reasons(gone, idOf('A'))]).toEqual(['noted', [['implied', 10_000]]]);
  });

  it('explains a part of the item only when it is exactly that part', () => {
    const account = received(afterFiles([rowOf('A', 10_000)]), '2026-03-11T10:00:00Z', 4_000);
    const exact = after(account, snapshot(2, [rowOf('A', 6_000)]));
    expect([state(exact), reasons(exact, idOf('A'))]).toEqual(['confirmed', [['payment', 4_000]]]);
    expect(state(after(account, snapshot(2, [rowOf('A', 5_000)])))).toBe('noted');
  });
});

describe('the scope of the file', () => {
  it('one currency closes nothing in another', () => {
    const rows = [rowOf('A', 10_000), rowOf('B', 10_000, { currency: 'USD' })];
    expect(openBy(after(afterFiles(rows), snapshot(2, [], { scope: { currency: 'EUR' } })))).toEqual({
      B: 10_000,
    });
  });

  it.each([
    ['a0', 'a9', {}],
    ['b0', 'b9', { A: 10_000 }],
  ])('accounts %s to %s', (from, to, open) => {
    const scope = { accounts: { name: 'some', from, to } };
    expect(openBy(after(afterFiles([rowOf('A', 10_000)]), snapshot(2, [], { scope })))).toEqual(open);
  });

  it('a line that speaks for a range of keys closes only there', () => {
    const account = afterFiles([rowOf('A', 10_000), rowOf('B', 10_000), rowOf('C', 10_000)]);
    const keys = { after: idOf('A'), upTo: idOf('B') };
    expect(openBy(after(account, snapshot(2, [], { keys })))).toEqual({ A: 10_000, C: 10_000 });
  });
});
