/**
 * Which provisional receipts an accepted feed has shown: their accounts know, the receipts hear of it here.
 * From: erp-exchange, when a snapshot is accepted; posting, when a part of a delta or journal is; this job itself, page
 * by page. Next: `receiptConfirmed`, or once more `receiptMissingInFeed`, which after three makes the AR clerk's task
 * "payment not posted"; proposals that are done.
 */
import { parseAccountWork } from '../../shared/contracts/account-work.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import type { Rival } from '../../shared/domain/confirm-on-account.ts';
import { isTakenBack } from '../../shared/domain/entered-payment.ts';
import { confirmProvisional } from '../../shared/domain/note-provisional.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { isLive, type Portion, type Receipt, type ReceiptFact } from '../../shared/domain/receipt.ts';
import { changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { hearOnAccount } from './hear-on-account.ts';
import { hearProposals } from './hear-proposals.ts';

export type FeedNews = {
  companyId: string;
  feedId: string;
  asOf: string;
  ofPart?: string | undefined;
  after?: string | undefined;
};

const pageOfReceipts = 50;

export const hearFeed = async (
  parts: CashParts,
  call: CashCall,
  { companyId, feedId, asOf, ofPart, after }: FeedNews,
): Promise<Outcome<undefined, ProblemCode>> => {
  const accountIds =
    ofPart === undefined ? undefined : await accountsOfPart(parts, call, { companyId, feedId, ofPart });
  if (after === undefined) {
    const heard = await hearProposals(parts, call, { companyId, feedId, asOf, accountIds });
    if (!heard.ok) return heard;
  }
  const which = { standing: 'provisional' } as const;
  const page = { limit: pageOfReceipts, ...(after === undefined ? {} : { after }) };
  const { receipts: all, after: next } = await parts.receipts.list(call.scope, companyId, which, page);
  const receipts = accountIds === undefined ? all : all.filter((one) => isAbout(one, companyId, accountIds));
  const rivals = receipts.some((receipt) => onAccountOf(receipt).length > 0)
    ? await rivalsIn(parts, call, companyId)
    : [];
  for (const receipt of receipts) {
    const isShown = await isInTheBook(parts, call, receipt, rivals);
    if (!isShown.ok) return isShown;
    await changeReceipt(parts, call, { companyId, receiptId: receipt.id }, async (now) =>
      done(newsOf(now, isShown.value, feedId, ofPart === undefined ? asOf : undefined)),
    );
  }
  if (next === undefined) return done(undefined);
  const id = `feed-news:${parts.hashText(`${companyId} ${feedId} ${ofPart ?? ''} ${next}`).slice(0, 40)}`;
  const body = { v: 1, companyId, feedId, asOf, after: next, ...(ofPart === undefined ? {} : { ofPart }) };
  await parts.sender.send('received-payments', [{ id, body }]);
  return done(undefined);
};

/** Accounts a file of changes was about. */
const accountsOfPart = async (
  { files }: CashParts,
  { scope }: CashCall,
  { companyId, feedId, ofPart }: { companyId: string; feedId: string; ofPart: string },
): Promise<Set<string>> => {
  const name = `${feedId}/parts/${ofPart}.ndjson`;
  const bytes = await files.read(scope, { companyId, name });
  if (bytes === undefined) throw new Error(`${name} is not there`);
  return new Set(parseAccountWork(new TextDecoder().decode(bytes)).map(({ accountId }) => accountId));
};

const isAbout = ({ portions }: Receipt, companyId: string, accountIds: ReadonlySet<string>): boolean =>
  portions.some(
    (one) => isLive(one) && one.account.companyId === companyId && accountIds.has(one.account.accountId),
  );

/** Provisional money that names no item, of the whole company: what may be taken for one another. */
const rivalsIn = async (parts: CashParts, { scope }: CashCall, companyId: string): Promise<Rival[]> => {
  const rivals: Rival[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageOfReceipts, ...(after === undefined ? {} : { after }) };
    const found = await parts.receipts.list(scope, companyId, { standing: 'provisional' }, page);
    rivals.push(...found.receipts.flatMap(rivalsOf));
    after = found.after;
  } while (after !== undefined);
  return rivals;
};

const rivalsOf = (receipt: Receipt): Rival[] =>
  onAccountOf(receipt).map(({ paymentId = '', account, amount }) => ({
    ...{ paymentId, account, amount, currency: receipt.currency },
    bankReference: receipt.bankReference,
  }));

const onAccountOf = ({ portions }: Receipt): Portion[] =>
  portions.filter(({ state, uses }) => state === 'posted' && uses.length === 0);

/** A feed older than the receipt does not miss it. */
const isOlder = ({ receivedAt }: Receipt, asOf: string): boolean =>
  instantFromText(asOf).since(instantFromText(receivedAt)).sign < 0;

/** `asOf` of a snapshot; a file of changes misses nothing. */
const newsOf = (
  receipt: Receipt,
  isShown: boolean,
  feedId: string,
  asOf: string | undefined,
): ReceiptFact[] => {
  if (receipt.standing === 'confirmed') return [];
  if (isTakenBack(receipt)) return []; // nothing of it is to be shown
  if (isShown) return [{ kind: 'receiptConfirmed', by: feedId }];
  if (asOf === undefined) return [];
  const isMissing = !isOlder(receipt, asOf) && receipt.seenAs === undefined;
  if (!isMissing || receipt.missingInFeeds.includes(asOf)) return [];
  return [{ kind: 'receiptMissingInFeed', asOf }];
};

/** All of its money: what is unidentified or on its way is in no book. */
export const isInTheBook = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  rivals: readonly Rival[],
): Promise<Outcome<boolean, ProblemCode>> => {
  const live = receipt.portions.filter(isLive);
  if (receipt.free > 0 || live.length === 0) return done(false);
  let isWhole = true;
  for (const portion of live) {
    const shown = await isPortionShown(parts, call, receipt, portion, rivals);
    if (!shown.ok) return shown;
    isWhole &&= shown.value;
  }
  return done(isWhole);
};

const isPortionShown = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  portion: Portion,
  rivals: readonly Rival[],
): Promise<Outcome<boolean, ProblemCode>> => {
  const { account: ref, paymentId, uses } = portion;
  if (paymentId === undefined) return done(false);
  const itemId = uses[0]?.itemId ?? paymentId;
  const { account } = await parts.accounts.load(call.scope, ref, [itemId]);
  const item = account.items.get(itemId);
  const noted = item?.provisional.find(({ id }) => id === paymentId);
  if (noted?.state !== 'noted') return done(noted?.state === 'confirmed');
  if (itemId === paymentId)
    return hearOnAccount(parts, call, { receipt, portion: { ...portion, paymentId } }, rivals);
  if (item?.open !== 0) return done(false);
  // cleared by a feed that was of before the money: a claim of nothing cannot be lowered
  const named = { itemId, receiptId: paymentId, on: receipt.postedOn };
  return changeAccount<boolean, ProblemCode>(parts, call, ref, [itemId], (now) => {
    const facts = now.items.get(itemId)?.open === 0 ? confirmProvisional(now, named) : done([]);
    return facts.ok ? done({ facts: facts.value, value: facts.value.length > 0 }) : facts;
  });
};
