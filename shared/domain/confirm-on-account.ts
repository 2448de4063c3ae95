/**
 * Which credit of the book is which money on account beside it; equal amounts are told apart or left alone.
 * From: a feed's payments on account, provisional portions that lie on account. Next: facts for one append.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { findItem, latestOf, nothing, type Decision } from './decide.ts';
import { begin, step } from './decide-steps.ts';
import { negate, type AmountMinor, type Currency } from './money.ts';
import { confirmProvisional } from './note-provisional.ts';
import { done, refuse } from './outcome.ts';
import type { AccountRef } from './receipt.ts';
import { claimShown } from './shown-money.ts';

/** A provisional portion on account, as far as it may be taken for another. */
export type Rival = {
  paymentId: string;
  account: AccountRef;
  amount: AmountMinor;
  currency: Currency;
  bankReference: string;
};

/** The credit that is this money: by its reference, else by its amount where that leaves no choice. */
export const creditsFor = (
  paymentId: string,
  rivals: readonly Rival[],
  open: readonly AccountItem[],
  since: Day,
): AccountItem[] => {
  const own = rivals.find((one) => one.paymentId === paymentId);
  if (own === undefined) return [];
  const taken = new Set(open.flatMap(({ provisional }) => provisional.map(({ id }) => id)));
  const alike = rivals
    .filter(
      ({ paymentId: id, amount, currency, account }) =>
        !taken.has(id) &&
        amount === own.amount &&
        currency === own.currency &&
        account.accountId === own.account.accountId &&
        account.companyId === own.account.companyId,
    )
    .toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));
  const credits = open
    .filter((item) => isFreeCredit(item, own, since))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const named = credits.filter((credit) => names(credit, own.bankReference));
  if (named.length === 1 && alike.filter(({ bankReference }) => names(named[0]!, bankReference)).length === 1)
    return named;
  const namesSomebody = (credit: AccountItem): boolean =>
    rivals.some(({ bankReference }) => names(credit, bankReference));
  const nameless = credits.filter((credit) => !namesSomebody(credit));
  const unnamed = alike.filter(
    ({ bankReference }) => !credits.some((credit) => names(credit, bankReference)),
  );
  const at = unnamed.indexOf(own);
  const chosen = at >= 0 && unnamed.length <= nameless.length ? nameless[at] : undefined;
  return chosen === undefined ? [] : [chosen];
};

const isFreeCredit = (item: AccountItem, { amount, currency }: Rival, since: Day): boolean =>
  item.kind === 'paymentOnAccount' &&
  item.currency === currency &&
  item.open === negate(amount) &&
  item.postedOn >= since &&
  item.provisional.length === 0;

/** Whether one of its numbers or texts is this reference, or holds it as a word. */
const names = ({ number, references }: AccountItem, bankReference: string): boolean =>
  bankReference !== '' &&
  [number, references.text, references.order, references.purchaseOrder].some((text) =>
    (text ?? '').split(/[\s,;]+/).includes(bankReference),
  );

/** Refused with `more-than-open` when a credit or a reduction was taken for other money meanwhile. */
export const confirmOnAccount = (
  account: Account,
  shown: {
    paymentId: string;
    creditId?: string | undefined;
    uses: readonly { itemId: string; amount: AmountMinor }[];
    on: Day;
    since: Day;
  },
): Decision => {
  const { paymentId, creditId, uses, on, since } = shown;
  const found = findItem(account, paymentId);
  if (!found.ok) return found;
  const noted = found.value.provisional.find(({ id }) => id === paymentId);
  if (noted === undefined) return refuse('change-not-found', `${paymentId} was not noted`);
  if (noted.state !== 'noted') return nothing;
  let steps = begin(account);
  for (const use of uses) {
    const claimed = step(steps, (now) => claimShown(now, { ...use, receiptId: paymentId, on, since }));
    if (!claimed.ok) return claimed;
    steps = claimed.steps;
  }
  const ended = step(steps, (now) =>
    confirmProvisional(now, { itemId: paymentId, receiptId: paymentId, on }),
  );
  if (!ended.ok) return ended;
  if (creditId === undefined) return done(ended.steps.facts);
  const credit = account.items.get(creditId);
  if (credit === undefined || credit.provisional.length > 0)
    return refuse('more-than-open', `${creditId} is other money`);
  const day = latestOf(on, credit.postedOn);
  const { amount } = noted;
  const { currency } = credit;
  return done([
    ...ended.steps.facts,
    { kind: 'provisionalNoted', itemId: creditId, receiptId: paymentId, amount, currency, on: day },
    { kind: 'provisionalConfirmed', itemId: creditId, receiptId: paymentId, on: day },
  ]);
};
