/**
 * Money of an item whose own changes do not tell of it, for its book is the ERP's or does not show it yet.
 * From: `evolve-unbooked.ts`. Next: the item keeps it; the claim of a reminder is lowered by what was received.
 */
import type { Day } from './calendar.ts';
import type { AmountMinor } from './money.ts';

/** Money received for an item that the accounts of its ERP do not show yet. */
export type ProvisionalReceipt = {
  id: string;
  amount: AmountMinor;
  receivedOn: Day;
  /** ISO instant, where known: a snapshot of the same day may be older. */
  receivedAt?: string;
  state: 'noted' | 'confirmed' | 'withdrawn';
};

/** Money a bank took back again, of an item whose own changes do not tell of it: the book is its ERP's. */
export type MoneyTakenBack = {
  id: string;
  amount: AmountMinor;
  /** When it had come in. */
  on: Day;
  reversedOn: Day;
  returnedAs: string;
};
