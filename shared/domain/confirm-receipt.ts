/**
 * Whether a feed of the ERP shows a provisional receipt (`defaults.md` §2.5).
 * From: an accepted snapshot or journal. Next: the receipt turns confirmed, or the AR clerk gets the task
 * "payment not posted". What it takes off the claim meanwhile is said by its account alone (`note-provisional.ts`).
 */
import { instantFromText } from './calendar.ts';
import { sum, zero, type AmountMinor } from './money.ts';
import { done } from './outcome.ts';
import { isLive, type AccountRef, type Portion, type Receipt, type ReceiptDecision } from './receipt.ts';

/** What one feed shows about the items and the references of a receipt. */
export type FeedSighting = {
  id: string;
  /** ISO instant of extraction. */
  asOf: string;
  /** Bank references of receipts in a journal; empty for a snapshot. */
  references: readonly string[];
  /** By how much the feed lowered each item that the receipt pays, in the item's currency. */
  lowered: readonly { account: AccountRef; itemId: string; amount: AmountMinor }[];
};

/**
 * Confirmed, once more not seen, or nothing: a feed older than the receipt says nothing about it.
 * `others` are the receipts of the same accounts that are provisional or were confirmed by this very feed, so that
 * one reduction confirms one of them, also when the feed is read again after a crash.
 */
export const confirmByFeed = (
  receipt: Receipt,
  others: readonly Receipt[],
  feed: FeedSighting,
): ReceiptDecision<never> => {
  if (receipt.standing === 'confirmed' || !isHeardBy(receipt, feed)) return done([]);
  if (receipt.missingInFeeds.includes(feed.asOf)) return done([]);
  const isNamed = receipt.bankReference !== '' && feed.references.includes(receipt.bankReference);
  const heard = others.filter(
    (one) => (one.standing === 'provisional' || one.confirmedBy === feed.id) && isHeardBy(one, feed),
  );
  return done([
    isNamed || showsItems(receipt, heard, feed)
      ? { kind: 'receiptConfirmed', by: feed.id }
      : { kind: 'receiptMissingInFeed', asOf: feed.asOf },
  ]);
};

const isHeardBy = ({ receivedAt }: Receipt, { asOf }: FeedSighting): boolean =>
  instantFromText(asOf).since(instantFromText(receivedAt)).sign >= 0;

/** Same items and amount: each item of a portion was lowered by all receipts together or by this first one. */
const showsItems = (receipt: Receipt, heard: readonly Receipt[], feed: FeedSighting): boolean => {
  const live = receipt.portions.filter(isLive);
  return (
    live.length > 0 &&
    live.every((portion) => {
      const lowered = feed.lowered.find(({ account, itemId }) => isOn(portion, account, itemId));
      if (lowered === undefined) return false;
      const { account, itemId, amount } = lowered;
      if (amount === paidOn(heard, account, itemId)) return true;
      const alike = heard.filter((one) => paidOn([one], account, itemId) === amount);
      return alike.toSorted(byArrival)[0]?.id === receipt.id;
    })
  );
};

const byArrival = (a: Receipt, b: Receipt): number =>
  a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : 1) : a.receivedAt < b.receivedAt ? -1 : 1;

const paidOn = (receipts: readonly Receipt[], account: AccountRef, itemId: string): AmountMinor =>
  receipts
    .flatMap(({ portions }) => portions)
    .filter((portion) => isLive(portion) && isOn(portion, account, itemId))
    .reduce((total, { amount, exchange }) => sum(total, exchange?.settles ?? amount), zero);

const isOn = (portion: Portion, account: AccountRef, itemId: string): boolean =>
  portion.itemId === itemId &&
  portion.account.companyId === account.companyId &&
  portion.account.accountId === account.accountId;

/** Whether the clerk is asked why it is not posted: too many days or too many snapshots without it. */
export const isPostingOverdue = (
  receipt: Receipt,
  businessDaysSince: number,
  limits: { businessDays: number; snapshots: number },
): boolean =>
  receipt.standing === 'provisional' &&
  (businessDaysSince >= limits.businessDays || receipt.missingInFeeds.length >= limits.snapshots);
