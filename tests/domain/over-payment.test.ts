/**
 * Too much money: paid twice, on account, aged credits, and the refund that two people make.
 * From: `shared/domain/over-payment.ts`, `refund.ts`.
 */
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { agedCredits, readOverPayment, type ItemPayment } from '../../shared/domain/over-payment.ts';
import { approveRefund } from '../../shared/domain/refund.ts';
import { branch, codeOf, decided } from './receipt-examples.ts';

const today = dayFromText('2026-06-30');

const payment = (receiptId: string, daysAgo: number, changes: Partial<ItemPayment> = {}): ItemPayment => ({
  receiptId,
  account: branch(1),
  itemId: 'item:invoice:1001',
  amount: amountOf(5_000),
  currency: 'EUR',
  paidOn: addDays(today, -daysAgo),
  ...changes,
});

const over = (...earlier: ItemPayment[]) => readOverPayment(payment('now', 0), amountOf(5_000), earlier);

describe('the same amount for the same item', () => {
  it('within 60 days is a possible double payment, with the refund proposed', () => {
    expect(over(payment('first', 60))).toEqual({
      reads: 'possible-double-payment',
      firstReceiptId: 'first',
      refundProposal: 5_000,
    });
  });

  it('names the nearest one', () => {
    expect(over(payment('far', 40), payment('near', 3))).toMatchObject({ firstReceiptId: 'near' });
  });

  it.each([
    ['after 61 days', payment('first', 61)],
    ['of another amount', payment('first', 5, { amount: amountOf(4_999) })],
    ['for another item', payment('first', 5, { itemId: 'item:invoice:1002' })],
    ['of another account', payment('first', 5, { account: branch(2) })],
    ['of another currency', payment('first', 5, { currency: 'USD' })],
    ['that is the receipt itself', payment('now', 0)],
  ])('%s it stays on account', (_, earlier) => {
    expect(over(earlier)).toEqual({ reads: 'on-account', amount: 5_000 });
  });
});

it('credits of more than 180 days are listed, oldest first, and nothing else', () => {
  const credit = (id: string, daysAgo: number, open = -100) => ({
    id,
    open: amountOf(open),
    postedOn: addDays(today, -daysAgo),
  });
  const items = [
    credit('a', 180),
    credit('b', 181),
    credit('c', 400),
    credit('d', 400, 50),
    credit('e', 300, 0),
  ];
  expect(agedCredits(items, today).map(({ id }) => id)).toEqual(['c', 'b']);
});

describe('a refund', () => {
  const proposal = { id: 'refund-1', amount: amountOf(500), proposedBy: 'ann', detailsVersion: 'v2' };
  const approve = (by: string, verified: string | undefined, credit: number) =>
    approveRefund(
      proposal,
      by,
      verified === undefined ? undefined : { detailsVersion: verified },
      amountOf(credit),
    );

  it('is approved by a second person to verified details, within the credit', () => {
    expect(decided(approve('bob', 'v2', 500))).toMatchObject({ approvedBy: 'bob', creditLeft: 0 });
  });

  it.each([
    ['by the same person', approve('ann', 'v2', 500), 'refund-second-person'],
    ['to details nobody verified', approve('bob', undefined, 500), 'refund-details-unverified'],
    ['to details that changed since', approve('bob', 'v1', 500), 'refund-details-unverified'],
    ['of more than the credit', approve('bob', 'v2', 499), 'refund-exceeds-credit'],
  ])('%s is refused', (_, outcome, code) => {
    expect(codeOf(outcome)).toBe(code);
  });
});
