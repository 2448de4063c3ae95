/**
 * The ledger: posts items and money to accounts, and passes on what happened.
 * From: queues of postings and payments, the change feed of `ledger`. Next: entries; events on `ar-events`.
 */
import { registerRelay, type RelayParts } from './relay-triggers.ts';

export type LedgerParts = RelayParts;

export const registerLedgerWork = (parts: LedgerParts): void => {
  registerRelay(parts);
};
