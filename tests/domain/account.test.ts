/**
 * What an account does with items, payments and credits, one promise per case.
 */
import { describe, expect, it } from 'vitest';
import { adjustDebit } from '../../shared/domain/adjust-debit.ts';
import { allocateCredit } from '../../shared/domain/allocate-credit.ts';
import { applyPayment, receivePayment } from '../../shared/domain/apply-payment.ts';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { mostChanges } from '../../shared/domain/decide.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { amendItem, postItem } from '../../shared/domain/post-item.ts';
import { reduceItem, reopenItem, type Reduction } from '../../shared/domain/reduce-item.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { after, codeOf, day, factsOf, itemWith, key, money, openOf } from '../support/account-examples.ts';

const on = day('2026-03-10');
const invoice =
  (more = {}) =>
  (account: Account) =>
    postItem(account, itemWith({ id: 'i1', ...more }));
const credit = (account: Account) => postItem(account, itemWith({ id: 'c1', kind: 'creditNote' }));
const payment =
  (more = {}) =>
  (account: Account) =>
    receivePayment(account, {
      ...{ paymentId: 'payment:r1', receiptId: 'r1', portion: '1', source: 'bank', currency: 'EUR' },
      ...{ amount: money(15_000), receivedOn: on, on, ...more },
    });
const apply =
  (amount: number, changeId = 'x1') =>
  (account: Account) =>
    applyPayment(account, { paymentId: 'payment:r1', itemId: 'i1', changeId, amount: money(amount), on });
const allocate =
  (amount: number, changeId = 'k1') =>
  (account: Account) =>
    allocateCredit(account, { creditId: 'c1', itemId: 'i1', changeId, amount: money(amount), on });
const undo =
  (changeId = 'x1') =>
  (account: Account) =>
    reverseApplication(account, { itemId: 'i1', changeId, reason: 'returned', on });
const reduce =
  (more: Partial<Reduction> = {}) =>
  (account: Account) =>
    reduceItem(account, {
      ...{ itemId: 'i1', changeId: 'f1', by: 'implied', amount: money(8_000), on, ...more },
    });
const reopen =
  (amount: number, changeId = 'f1') =>
  (account: Account) =>
    reopenItem(account, { itemId: 'i1', changeId, amount: money(amount), on });
const adjust =
  (amount: number, itemId = 'i1') =>
  (account: Account) =>
    adjustDebit(account, { itemId, changeId: 'd1', amount: money(amount), reason: 'unexplained', on });

describe('posting', () => {
  it('an invoice is owed and billed', () => {
    const { head } = after(invoice());
    expect(head.balances).toEqual({
      EUR: { open: 10_000, provisional: 0, ledger: { receivables: 10_000, billed: -10_000 } },
    });
    expect([head.openCount, head.oldestDueOn]).toEqual([1, '2026-03-31']);
  });

  it('the same invoice again is nothing', () => {
    expect(factsOf(invoice()(after(invoice())))).toEqual([]);
  });

  it('the same number with another amount is refused', () => {
    expect(codeOf(invoice({ original: money(9), open: money(9) })(after(invoice())))).toBe('item-differs');
  });

  it('the same number from another source is refused', () => {
    expect(codeOf(invoice({ source: 'other' })(after(invoice())))).toBe('same-number-other-source');
  });

  it.each([
    ['an invoice below zero', { original: money(-1), open: money(-1) }],
    ['more open than there ever was', { original: money(5), open: money(6) }],
    ['a credit note above zero', { kind: 'creditNote', original: money(5) }],
    ['half a cent', { original: 0.5 }],
  ])('%s is refused', (_what, more) => {
    expect(codeOf(invoice(more)(newAccount(key)))).toBe('amount-not-possible');
  });

  it('what was settled before first sight is remembered and never billed', () => {
    const account = after(invoice({ open: money(4_000) }));
    expect(account.items.get('i1')).toMatchObject({ original: 10_000, open: 4_000 });
    expect(account.head.balances['EUR']?.ledger).toEqual({ receivables: 4_000, billed: -4_000 });
  });

  it('free text stays out of the fact', () => {
    const facts = factsOf(invoice({ references: { order: 'o1', text: 'for Ms Lee' } })(newAccount(key)));
    expect(JSON.stringify(facts)).not.toContain('Lee');
    expect(facts[0]).toMatchObject({ item: { references: { order: 'o1' } } });
  });

  it('a due day amended keeps the first one beside it', () => {
    const amend = (account: Account) => amendItem(account, 'i1', { dueOn: day('2026-04-30') }, on);
    const account = after(invoice(), amend);
    expect(account.items.get('i1')).toMatchObject({ firstDueOn: '2026-03-31', dueOn: '2026-04-30' });
    expect(account.head.oldestDueOn).toBe('2026-04-30');
    expect(factsOf(amend(account))).toEqual([]);
  });

  it('a block that was lifted is gone', () => {
    const account = after(invoice({ erpBlock: 'A' }), (one) =>
      amendItem(one, 'i1', { emptied: ['erpBlock'] }, on),
    );
    expect(account.items.get('i1')).not.toHaveProperty('erpBlock');
  });
});

describe('payments', () => {
  it('what is not applied stays visible as unapplied', () => {
    const account = after(invoice(), payment(), apply(10_000));
    expect([openOf(account, 'i1'), openOf(account, 'payment:r1')]).toEqual([0, -5_000]);
    expect(account.head.balances['EUR']).toMatchObject({
      open: -5_000,
      ledger: { receivables: 0, unapplied: -5_000, cash: 15_000, billed: -10_000 },
    });
    expect(account.head.oldestDueOn).toBeUndefined();
  });

  it('the same payment and the same application again are nothing', () => {
    const account = after(invoice(), payment(), apply(10_000));
    expect([factsOf(payment()(account)), factsOf(apply(10_000)(account))]).toEqual([[], []]);
  });

  it('another amount under the same id is refused', () => {
    const account = after(invoice(), payment(), apply(10_000));
    expect(codeOf(payment({ amount: money(1) })(account))).toBe('item-differs');
    expect(codeOf(apply(1)(account))).toBe('change-differs');
  });

  it('no more is applied than is open, or than is left', () => {
    const account = after(invoice(), payment({ amount: money(7_000) }));
    expect(codeOf(apply(10_001)(account))).toBe('more-than-open');
    expect(codeOf(apply(7_001)(account))).toBe('more-than-left');
  });

  it('nothing, or less than nothing, cannot be applied', () => {
    const account = after(invoice(), payment());
    expect([codeOf(apply(0)(account)), codeOf(apply(-5)(account))]).toEqual(
      Array.from({ length: 2 }, () => 'amount-not-possible'),
    );
  });

  it('a payment of one currency settles none of another', () => {
    expect(codeOf(apply(5)(after(invoice(), payment({ currency: 'USD' }))))).toBe('currency-differs');
  });

  it('a reversal opens the item and frees the money', () => {
    const account = after(invoice(), payment(), apply(10_000), undo());
    expect([openOf(account, 'i1'), openOf(account, 'payment:r1')]).toEqual([10_000, -15_000]);
  });

  it('an application reversed is not made again by its own command coming late', () => {
    const account = after(invoice(), payment(), apply(10_000), undo());
    expect([factsOf(apply(10_000)(account)), factsOf(undo()(account))]).toEqual([[], []]);
    expect(openOf(evolve(account, factsOf(apply(10_000, 'x2')(account))), 'i1')).toBe(0);
  });

  it('what was never applied cannot be reversed', () => {
    expect(codeOf(undo('none')(after(invoice(), payment())))).toBe('change-not-found');
  });
});

describe('credits', () => {
  it('a credit note settles an invoice without cash', () => {
    const account = after(invoice(), credit, allocate(6_000));
    expect([openOf(account, 'i1'), openOf(account, 'c1')]).toEqual([4_000, -4_000]);
    expect(account.head.balances['EUR']?.ledger).not.toHaveProperty('cash');
  });

  it('a payment is no credit note, and an invoice neither', () => {
    const account = after(invoice(), payment(), credit);
    const as = (creditId: string, itemId: string) =>
      codeOf(allocateCredit(account, { creditId, itemId, changeId: 'k', amount: money(1), on }));
    expect([as('payment:r1', 'i1'), as('i1', 'i1'), as('c1', 'c1')]).toEqual(
      Array.from({ length: 3 }, () => 'kind-not-right'),
    );
  });
});

describe('reductions and adjustments', () => {
  it('a feed lowers an item by a reason, once', () => {
    const account = after(invoice(), reduce());
    expect(openOf(account, 'i1')).toBe(2_000);
    expect(account.head.balances['EUR']?.ledger).toMatchObject({ impliedCash: 8_000 });
    expect([factsOf(reduce()(account)), codeOf(reduce({ by: 'payment' })(account))]).toEqual([
      [],
      'change-differs',
    ]);
  });

  it('a credit that shrinks goes towards zero, too', () => {
    const account = after(credit, reduce({ itemId: 'c1', by: 'credit' }));
    expect(openOf(account, 'c1')).toBe(-2_000);
  });

  it('an item that comes back is open again, and a late copy of its clearing changes nothing', () => {
    const account = after(invoice(), reduce({ amount: money(10_000) }), reopen(10_000));
    expect(openOf(account, 'i1')).toBe(10_000);
    expect(factsOf(reduce({ amount: money(10_000) })(account))).toEqual([]);
  });

  it('a reduction undone in part keeps its rest', () => {
    const account = after(invoice(), reduce(), reopen(3_000));
    expect(openOf(account, 'i1')).toBe(5_000);
    expect(account.items.get('i1')?.changes.at(-1)).toMatchObject({ id: 'f1:rest', amount: 5_000 });
  });

  it('an application is not undone as if it were a reduction', () => {
    expect(codeOf(reopen(5, 'x1')(after(invoice(), payment(), apply(5))))).toBe('change-not-found');
  });

  it('an adjustment raises what is open beyond the original', () => {
    const account = after(invoice(), adjust(500));
    expect(openOf(account, 'i1')).toBe(10_500);
    expect(factsOf(adjust(500)(account))).toEqual([]);
    expect(openOf(after(credit, adjust(500, 'c1')), 'c1')).toBe(-10_500);
  });

  it('nothing is posted before what it changes', () => {
    const facts = factsOf(reduce({ on: day('2026-01-01') })(after(invoice())));
    expect(facts[0]).toMatchObject({ on: '2026-03-01' });
  });

  it('a reduction read from a file with too many changes is refused', () => {
    const many = Array.from({ length: mostChanges }, (_, n) =>
      reduce({ changeId: `f${n}`, amount: money(1) }),
    );
    expect(codeOf(reduce({ changeId: 'one-more' })(after(invoice(), ...many)))).toBe('too-many-changes');
  });
});
