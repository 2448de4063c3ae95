/**
 * Posts the reserved portions of a receipt, account by account: credits taken off first, then the money; the receipt
 * hears of it after. What an account has already is found there and not posted again.
 * From: `settle-receipt.ts`. Next: entries of accounts, `portionPosted` on the receipt.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { Company } from '../../shared/domain/company.ts';
import { begin } from '../../shared/domain/decide-steps.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import {
  itemsOfPosting,
  noteReceived,
  paymentIdOfPortion,
  postPayment,
  type PostedPortion,
} from '../../shared/domain/post-payment.ts';
import { postPortion } from '../../shared/domain/post-portion.ts';
import type { AccountRef, Portion, Receipt } from '../../shared/domain/receipt.ts';
import { takeOffCredits } from '../../shared/domain/take-off-credits.ts';
import { changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';

/** Portions of one account in one append, and portions in one run: an append holds 98 items, a run is short. */
const mostPerAppend = 20;
const mostOffsetsPerAppend = 40;
const mostPerRun = 100;

type Way = 'book' | 'beside' | 'mirror';

export const postPortions = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  receipt: Receipt,
): Promise<Outcome<{ receipt: Receipt; hasMoreLeft: boolean }, ProblemCode>> => {
  const reserved = receipt.portions.filter(({ state }) => state === 'reserved');
  if (reserved.length === 0) return done({ receipt, hasMoreLeft: false });
  if (wayOf(company, receipt) === 'book') {
    const taken = await takeOffAll(parts, call, receipt);
    if (!taken.ok) return taken;
  }
  let now = receipt;
  for (const group of groupsOf(reserved.slice(0, mostPerRun))) {
    const posted = await postGroup(parts, call, company, now, group);
    if (!posted.ok) return posted;
    now = posted.value;
  }
  return done({ receipt: now, hasMoreLeft: reserved.length > mostPerRun });
};

/** Where money of this receipt goes in a company: into its book, beside it, or it is there by the ERP's own feed. */
const wayOf = ({ mode }: Company, { standing }: Receipt): Way =>
  mode === 'dunwellLed' ? 'book' : standing === 'provisional' ? 'beside' : 'mirror';

const groupsOf = (portions: readonly Portion[]): Portion[][] => {
  const byAccount = Map.groupBy(portions, ({ account }) =>
    JSON.stringify([account.companyId, account.accountId]),
  );
  return [...byAccount.values()].flatMap((ofAccount) => chunksOf(ofAccount, mostPerAppend));
};

const chunksOf = <One>(all: readonly One[], size: number): One[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

const takeOffAll = async (
  parts: CashParts,
  call: CashCall,
  { id: receiptId, plan, postedOn: on }: Receipt,
): Promise<Outcome<undefined, ProblemCode>> => {
  if (plan === undefined) return done(undefined);
  const byAccount = Map.groupBy(plan.offsets, ({ account }) =>
    JSON.stringify([account.companyId, account.accountId]),
  );
  for (const ofAccount of byAccount.values())
    for (const offsets of chunksOf(ofAccount, mostOffsetsPerAppend)) {
      const ids = offsets.flatMap(({ creditId, itemId }) => [creditId, itemId]);
      const { reservationId } = plan;
      const taken = await changeAccount<undefined, never>(parts, call, offsets[0]!.account, ids, (account) =>
        done({ facts: takeOffCredits(account, { receiptId, reservationId, offsets, on }), value: undefined }),
      );
      if (!taken.ok) return taken;
    }
  return done(undefined);
};

const postGroup = async (
  parts: CashParts,
  call: CashCall,
  home: Company,
  receipt: Receipt,
  portions: readonly Portion[],
): Promise<Outcome<Receipt, ProblemCode>> => {
  const { account } = portions[0]!;
  const company =
    account.companyId === home.companyId
      ? done(home)
      : await readCompany(parts.settings, call.scope, account.companyId);
  if (!company.ok) return company;
  const posted = await inAccount(parts, call, wayOf(company.value, receipt), receipt, account, portions);
  if (!posted.ok) return posted;
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  return changeReceipt<ProblemCode>(parts, call, key, async (now) => {
    const facts = portions.map((portion, at) => postPortion(now, portion.id, posted.value[at]!));
    const refused = facts.find((one) => !one.ok);
    return refused ?? done(facts.flatMap((one) => (one.ok ? one.value : [])));
  });
};

type Told = Omit<PostedPortion, 'facts'>;

const inAccount = async (
  parts: CashParts,
  call: CashCall,
  way: Way,
  receipt: Receipt,
  account: AccountRef,
  portions: readonly Portion[],
): Promise<Outcome<Told[], ProblemCode>> => {
  const { hashText } = parts;
  if (way === 'mirror') return done(portions.map((portion) => mirrored(receipt, portion, hashText)));
  const ids = portions.flatMap((portion) => itemsOfPosting({ receipt, portion, hashText }));
  const post = way === 'book' ? postPayment : noteReceived;
  return changeAccount(parts, call, account, [...new Set(ids)], (loaded: Account) => {
    let steps = begin(loaded);
    const told: Told[] = [];
    for (const portion of portions) {
      const posted = post(steps.account, { receipt, portion, hashText });
      if (!posted.ok) return posted;
      const { facts, ...rest } = posted.value;
      steps = { account: evolve(steps.account, facts), facts: [...steps.facts, ...facts] };
      told.push(rest);
    }
    return done({ facts: steps.facts, value: told });
  });
};

/** The account is left alone: what the ERP posted comes with its own feed. */
const mirrored = (receipt: Receipt, portion: Portion, hashText: CashParts['hashText']): Told => {
  const paymentId = paymentIdOfPortion(receipt.id, portion, hashText);
  const { itemId, amount } = portion;
  return { paymentId, uses: itemId === undefined ? [] : [{ itemId, changeId: paymentId, amount }] };
};
