/**
 * The ledger: posts items and money to accounts, and passes on what happened.
 * From: queues of postings and payments, the change feed of `ledger`. Next: entries; events on `ar-events`.
 */
import { registerAnchoring, type AnchorTriggerParts } from './anchor-triggers.ts';
import { registerCashWork, type CashTriggerParts } from './cash-triggers.ts';
import { registerPosting, type PostingTriggerParts } from './post-triggers.ts';
import { registerReading, type ReadTriggerParts } from './read-triggers.ts';
import { registerRelay, type RelayParts } from './relay-triggers.ts';

export type LedgerParts = RelayParts &
  AnchorTriggerParts &
  PostingTriggerParts &
  CashTriggerParts &
  ReadTriggerParts;

export const registerLedgerStaffHttp = (parts: ReadTriggerParts): void => registerReading(parts);

export const registerLedgerWork = (parts: LedgerParts): void => {
  registerPosting(parts);
  registerCashWork(parts);
  registerRelay(parts);
  registerAnchoring(parts);
};
