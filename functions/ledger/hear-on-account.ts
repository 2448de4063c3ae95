/**
 * Money on account beside the book that a feed shows at last: as a payment on account, or as items that went down.
 * From: `receive-feed-news.ts`, a provisional receipt that names no item of the account. Next: the account knows it
 * as confirmed, once; each credit and each reduction is one receipt's.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { confirmOnAccount, creditsFor, type Rival } from '../../shared/domain/confirm-on-account.ts';
import { planShown } from '../../shared/domain/plan-shown.ts';
import { usePortion } from '../../shared/domain/post-portion.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef, Portion, PortionUse, Receipt } from '../../shared/domain/receipt.ts';
import { firstShownOn } from '../../shared/domain/shown-money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { inputFor, openItemsOf } from './settle-plan.ts';
import { shownInput } from './settle-shown.ts';

export type OnAccount = { receipt: Receipt; portion: Portion & { paymentId: string } };

/** Whether the account shows it; `rivals` are all provisional portions on account, this one among them. */
export const hearOnAccount = async (
  parts: CashParts,
  call: CashCall,
  money: OnAccount,
  rivals: readonly Rival[],
): Promise<Outcome<boolean, ProblemCode>> => {
  const { receipt, portion } = money;
  const open = (await openItemsOf(parts, call.scope, portion.account)).map(({ item }) => item);
  const since = firstShownOn(receipt);
  const [credit] = creditsFor(portion.paymentId, rivals, open, since);
  if (credit !== undefined) return confirm(parts, call, money, { creditId: credit.id, uses: [], since });
  const uses = await loweredBy(parts, call.scope, money, rivals);
  return uses.length === 0 ? done(false) : confirm(parts, call, money, { uses, since });
};

/** Items of this account that went down by it; where another receipt of this amount waits, only named ones. */
const loweredBy = async (
  parts: CashParts,
  scope: Scope,
  { receipt, portion }: OnAccount,
  rivals: readonly Rival[],
): Promise<Omit<PortionUse, 'changeId'>[]> => {
  const free = { ...receipt, payer: portion.account, free: portion.amount };
  const alone = { ...parts, groups: { groupOf: async () => undefined } };
  const accounts = [{ account: portion.account }];
  const input = { ...(await inputFor(alone, scope, free, {})), accounts };
  const own = rivals.find(({ paymentId }) => paymentId === portion.paymentId);
  const isAlone = own !== undefined && rivals.filter((one) => isAlike(one, own)).length === 1;
  const shown = await shownInput(parts, scope, {
    ...input,
    candidates: ofAccount(input.candidates, portion.account),
  });
  const planned = planShown({ ...shown, isWhole: shown.isWhole && isAlone });
  const lines = planned?.wanted ?? [];
  return lines.every(({ isShown }) => isShown)
    ? lines.flatMap(({ itemId, amount }) => (itemId === undefined ? [] : [{ itemId, amount }]))
    : [];
};

const ofAccount = <One extends { account: AccountRef }>(
  all: readonly One[],
  { companyId, accountId }: AccountRef,
) => all.filter(({ account }) => account.companyId === companyId && account.accountId === accountId);

const isAlike = (a: Rival, b: Rival): boolean =>
  a.amount === b.amount &&
  a.currency === b.currency &&
  a.account.companyId === b.account.companyId &&
  a.account.accountId === b.account.accountId;

type Shown = { creditId?: AccountItem['id']; uses: readonly Omit<PortionUse, 'changeId'>[]; since: Day };

/** The account first, then the receipt hears what its money settled. */
const confirm = async (
  parts: CashParts,
  call: CashCall,
  { receipt, portion }: OnAccount,
  { creditId, uses, since }: Shown,
): Promise<Outcome<boolean, ProblemCode>> => {
  const { paymentId, account } = portion;
  const ids = [paymentId, ...(creditId === undefined ? [] : [creditId]), ...uses.map(({ itemId }) => itemId)];
  const on = receipt.postedOn;
  const confirmed = await changeAccount<boolean, ProblemCode>(parts, call, account, ids, (now) => {
    const facts = confirmOnAccount(now, { paymentId, creditId, uses, on, since });
    if (facts.ok) return done({ facts: facts.value, value: true });
    return facts.code === 'more-than-open' ? done({ facts: [], value: false }) : facts;
  });
  if (!confirmed.ok || !confirmed.value || uses.length === 0) return confirmed;
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  const told = await changeReceipt<ProblemCode>(parts, call, key, async (now) => {
    const used = uses.map((use) => usePortion(now, portion.id, { use: { ...use, changeId: paymentId } }));
    const refused = used.find((one) => !one.ok);
    return refused ?? done(used.flatMap((one) => (one.ok ? one.value : [])));
  });
  return told.ok ? done(true) : told;
};
