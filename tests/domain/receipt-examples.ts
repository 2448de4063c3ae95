/**
 * Receipts to try rules on, and the balance of their sides taken from the facts alone.
 * From: nothing. Next: the tests beside it.
 */
import { dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf, type AmountMinor } from '../../shared/domain/money.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import { receiveMoney } from '../../shared/domain/evolve-receipt.ts';
import type { ReceiptHead, ReceiptSide } from '../../shared/domain/receipt.ts';
import type { WantedPortion } from '../../shared/domain/reserve-portions.ts';

export const branch = (number: number) => ({ companyId: 'north', accountId: `branch-${number}` });

export const part = (account: number, itemId: string | undefined, amount: number): WantedPortion => ({
  account: branch(account),
  ...(itemId === undefined ? {} : { itemId }),
  amount: amountOf(amount),
  currency: 'EUR',
});

/** The value of a decision that must not be a refusal. */
export const decided = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.code);

export const wireOf = (amount: number, changes: Partial<ReceiptHead> = {}): Receipt =>
  decided(
    receiveMoney({
      id: 'wire-1',
      source: 'bank',
      companyId: 'north',
      payer: branch(1),
      valueOn: dayFromText('2026-03-10'),
      postedOn: dayFromText('2026-03-10'),
      receivedAt: '2026-03-10T10:00:00Z',
      currency: 'EUR',
      amount: amountOf(amount),
      method: 'transfer',
      bankReference: 'BR-77',
      text: '',
      standing: 'confirmed',
      ...changes,
    }),
  );

/** What lies on each side after the facts, beginning with the whole receipt on its first free side. */
export const sidesAfter = (
  first: Receipt,
  facts: readonly ReceiptFact[],
): Record<ReceiptSide, AmountMinor> => {
  const sides = { bank: 0, unidentified: 0, unassigned: 0, reserved: 0, account: 0 };
  sides[first.payer ? 'unassigned' : 'unidentified'] = first.amount;
  sides.bank = 0 - first.amount;
  for (const fact of facts) {
    if (!('debit' in fact)) continue;
    sides[fact.debit] -= fact.amount;
    sides[fact.credit] += fact.amount;
  }
  return sides as Record<ReceiptSide, AmountMinor>;
};
