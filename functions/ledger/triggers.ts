/**
 * The ledger: posts items and money to accounts, and passes on what happened.
 * From: queues of postings and payments, the change feed of `ledger`. Next: entries; events on `ar-events`.
 */
import { registerAdviceReads } from './advice-routes.ts';
import { registerAnchoring, type AnchorTriggerParts } from './anchor-triggers.ts';
import { registerAttachments, type AttachmentTriggerParts } from './attachment-routes.ts';
import { registerReceiptReads, registerReceiptWrites, type DeskReadParts } from './cash-routes.ts';
import { registerChecking, type CheckTriggerParts } from './check-triggers.ts';
import { registerCashWork, type CashTriggerParts } from './cash-triggers.ts';
import { registerCustomers } from './customer-routes.ts';
import { registerDoubles } from './double-routes.ts';
import { registerEntries, registerEntryRequests, type EntryTriggerParts } from './entry-routes.ts';
import { registerPayees } from './payee-routes.ts';
import { registerPaymentEntry } from './payment-entry-routes.ts';
import { registerPosting, type PostingTriggerParts } from './post-triggers.ts';
import { registerReading, type ReadTriggerParts } from './read-triggers.ts';
import { registerRelay, type RelayParts } from './relay-triggers.ts';
import { registerAccountMoney, registerProposals, registerWriteOffs } from './write-off-routes.ts';

export type LedgerParts = RelayParts &
  AnchorTriggerParts &
  CheckTriggerParts &
  PostingTriggerParts &
  CashTriggerParts &
  DeskReadParts &
  EntryTriggerParts &
  AttachmentTriggerParts &
  ReadTriggerParts;

export const registerLedgerStaffHttp = (
  parts: ReadTriggerParts & DeskReadParts & EntryTriggerParts & AttachmentTriggerParts & PostingTriggerParts,
): void => {
  registerReading(parts);
  registerReceiptReads(parts);
  registerAdviceReads(parts);
  registerReceiptWrites(parts);
  registerDoubles(parts);
  registerWriteOffs(parts);
  registerAccountMoney(parts);
  registerProposals(parts);
  registerPayees(parts);
  registerCustomers(parts);
  registerEntries(parts);
  registerEntryRequests(parts);
  registerPaymentEntry(parts);
  registerAttachments(parts);
};

export const registerLedgerWork = (parts: LedgerParts): void => {
  registerPosting(parts);
  registerCashWork(parts);
  registerRelay(parts, parts.checking.runs);
  registerAnchoring(parts);
  registerChecking(parts);
};
