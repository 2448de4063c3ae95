/**
 * Open items and money to try the ladder on. From: nothing. Next: the tests beside it.
 */
import { defaultAllocationLimits, type AllocationInput } from '../../shared/domain/allocation-input.ts';
import type { OpenItem } from '../../shared/domain/allocation-input.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';

export const account = { companyId: 'north', accountId: 'payer' };

/** Due 2026-03-01 unless said, so overdue on the value day 2026-03-10. */
export const item = (number: string, open: number, changes: Partial<OpenItem> = {}): OpenItem => ({
  id: `item:invoice:${number}`,
  number,
  currency: 'EUR',
  open: amountOf(open),
  documentOn: dayFromText('2026-02-01'),
  dueOn: dayFromText('2026-03-01'),
  discountTiers: [],
  account,
  isDisputed: false,
  ...changes,
});

export const notDue = { dueOn: dayFromText('2026-04-01') };

export const payment = (
  amount: number,
  items: readonly OpenItem[],
  changes: Partial<AllocationInput> & { text?: string } = {},
): AllocationInput => {
  const { text = '', ...rest } = changes;
  return {
    money: { amount: amountOf(amount), currency: 'EUR', valueOn: dayFromText('2026-03-10'), text },
    items,
    isOldestFirst: false,
    limits: defaultAllocationLimits,
    ...rest,
  };
};

export const line = (number: string, amount: number) => ({ number, amount: amountOf(amount) });
