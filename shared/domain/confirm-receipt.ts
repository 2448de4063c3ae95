/**
 * When money that no feed has shown becomes a task (`defaults.md` §2.5).
 * From: provisional receipts, listed. Next: the AR clerk's "payment not posted". Whether a feed shows a receipt is
 * told by the accounts it went to (`confirm-on-account.ts`, `note-provisional.ts`).
 */
import { returnedOf, type Receipt } from './receipt.ts';

/** Whether the clerk is asked why it is not posted: too many days or too many snapshots without it. */
export const isPostingOverdue = (
  receipt: Receipt,
  businessDaysSince: number,
  limits: { businessDays: number; snapshots: number },
): boolean =>
  receipt.standing === 'provisional' &&
  returnedOf(receipt) < receipt.amount &&
  (businessDaysSince >= limits.businessDays || receipt.missingInFeeds.length >= limits.snapshots);
