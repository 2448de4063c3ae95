/**
 * Which provisional receipts an accepted feed has shown: their accounts know, the receipts hear of it here.
 * From: erp-exchange, when a feed is posted; this job itself, page by page. Next: `receiptConfirmed`, or once more
 * `receiptMissingInFeed`, which after three makes the AR clerk's task "payment not posted".
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { negate } from '../../shared/domain/money.ts';
import { confirmProvisional } from '../../shared/domain/note-provisional.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { isLive, type Portion, type Receipt, type ReceiptFact } from '../../shared/domain/receipt.ts';
import { changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';

export type FeedNews = { companyId: string; feedId: string; asOf: string; after?: string | undefined };

const pageOfReceipts = 50;

export const hearFeed = async (
  parts: CashParts,
  call: CashCall,
  { companyId, feedId, asOf, after }: FeedNews,
): Promise<Outcome<undefined, ProblemCode>> => {
  const which = { standing: 'provisional' } as const;
  const page = { limit: pageOfReceipts, ...(after === undefined ? {} : { after }) };
  const { receipts, after: next } = await parts.receipts.list(call.scope, companyId, which, page);
  for (const receipt of receipts) {
    if (!isOlder(receipt, asOf)) continue;
    const isShown = await isInTheBook(parts, call, receipt);
    await changeReceipt(parts, call, { companyId, receiptId: receipt.id }, async (now) =>
      done(newsOf(now, isShown, feedId, asOf)),
    );
  }
  if (next === undefined) return done(undefined);
  const id = `feed-news:${parts.hashText(`${companyId} ${feedId} ${next}`).slice(0, 40)}`;
  const body = { v: 1, companyId, feedId, asOf, after: next };
  await parts.sender.send('received-payments', [{ id, body }]);
  return done(undefined);
};

/** A feed older than the receipt says nothing about it. */
const isOlder = ({ receivedAt }: Receipt, asOf: string): boolean =>
  instantFromText(asOf).since(instantFromText(receivedAt)).sign >= 0;

const newsOf = (receipt: Receipt, isShown: boolean, feedId: string, asOf: string): ReceiptFact[] => {
  if (receipt.standing === 'confirmed') return [];
  if (isShown) return [{ kind: 'receiptConfirmed', by: feedId }];
  return receipt.missingInFeeds.includes(asOf) ? [] : [{ kind: 'receiptMissingInFeed', asOf }];
};

/** All of its money: what is unidentified or on its way is in no book. */
const isInTheBook = async (parts: CashParts, call: CashCall, receipt: Receipt): Promise<boolean> => {
  const live = receipt.portions.filter(isLive);
  if (receipt.free > 0 || live.length === 0) return false;
  for (const portion of live) if (!(await isPortionShown(parts, call, receipt, portion))) return false;
  return true;
};

const isPortionShown = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  { account: ref, paymentId, uses }: Portion,
): Promise<boolean> => {
  if (paymentId === undefined) return false;
  const itemId = uses[0]?.itemId ?? paymentId;
  const { account } = await parts.accounts.load(call.scope, ref, [itemId]);
  const noted = account.items.get(itemId)?.provisional.find(({ id }) => id === paymentId);
  if (noted?.state === 'confirmed') return true;
  if (noted === undefined || itemId !== paymentId) return false;
  const credit = creditAlike(account, receipt.currency, noted.amount);
  if (credit === undefined) return false;
  const on = receipt.postedOn;
  const confirmed = await changeAccount(parts, call, ref, [itemId], (now) => {
    const facts = confirmProvisional(now, { itemId, receiptId: paymentId, on });
    return facts.ok ? done({ facts: facts.value, value: undefined }) : facts;
  });
  return confirmed.ok;
};

/** Money on account is shown when the feed has a payment on account of just this amount. */
const creditAlike = ({ head }: Account, currency: string, amount: Parameters<typeof negate>[0]) =>
  head.openItems?.find(
    (item) => item.kind === 'paymentOnAccount' && item.currency === currency && item.open === negate(amount),
  );
