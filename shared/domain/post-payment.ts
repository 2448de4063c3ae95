/**
 * What a portion of a receipt does to its account: the money is received, settles its item as far as that is
 * open, and what is missing goes the way its reading says. What the item does not take stays on account.
 * From: a reserved portion with the plan of its receipt. Next: facts for one append, and what the portion settled.
 */
import type { Account } from './account.ts';
import {
  applyPayment,
  noteProvisionalPayment,
  receivePayment,
  type ReceivedPayment,
} from './apply-payment.ts';
import { begin, mustStep, step, type Steps } from './decide-steps.ts';
import { paymentIdOf, type HashText } from './document-ids.ts';
import type { AccountRefusal } from './decide.ts';
import type { Fact } from './facts.ts';
import { smaller } from './money.ts';
import { noteProvisional } from './note-provisional.ts';
import { done, type Outcome } from './outcome.ts';
import { postDifferences } from './post-difference.ts';
import type { Portion, PortionUse, ReceiptHead } from './receipt.ts';
import { claimShown, firstShownOn } from './shown-money.ts';

export type PortionPosting = {
  receipt: ReceiptHead;
  portion: Portion;
  hashText: HashText;
};

export type PostedPortion = { facts: readonly Fact[]; paymentId: string; uses: readonly PortionUse[] };

export const paymentIdOfPortion = (
  receiptId: string,
  { id }: Pick<Portion, 'id'>,
  hashText: HashText,
): string => paymentIdOf(receiptId, id, hashText);

/** Ids of everything in the account that the posting looks at or changes. */
export const itemsOfPosting = ({ receipt, portion, hashText }: PortionPosting): string[] => [
  paymentIdOfPortion(receipt.id, portion, hashText),
  ...(portion.itemId === undefined ? [] : [portion.itemId]),
];

/** Into the book. Again after it was posted: no facts, the same uses. Refused only where its id is taken by other money. */
export const postPayment = (
  account: Account,
  posting: PortionPosting,
): Outcome<PostedPortion, AccountRefusal> => {
  const { receipt, portion } = posting;
  const paymentId = paymentIdOfPortion(receipt.id, portion, posting.hashText);
  const isNew = !account.items.has(paymentId);
  const received = step(begin(account), (now) => receivePayment(now, paymentOf(posting, paymentId)));
  if (!received.ok) return received;
  const settled = isNew ? settleItem(received.steps, posting, paymentId) : received.steps;
  return done({ facts: settled.facts, paymentId, uses: usesOf(settled.account, portion.itemId, paymentId) });
};

/** Beside the book, in an ERP-led company: the claim goes down, the book waits for its feed. */
export const noteReceived = (
  account: Account,
  posting: PortionPosting,
): Outcome<PostedPortion, AccountRefusal> => {
  const { receipt, portion } = posting;
  const paymentId = paymentIdOfPortion(receipt.id, portion, posting.hashText);
  const { itemId } = portion;
  const amount = portion.exchange?.settles ?? portion.amount;
  const use = itemId === undefined ? [] : [{ itemId, changeId: paymentId, amount }];
  if (itemId !== undefined && !account.items.has(paymentId)) {
    const { postedOn: on, paidAt } = receipt;
    const noted = { itemId, receiptId: paymentId, amount, on };
    const decision = portion.isShown
      ? claimShown(account, { ...noted, since: firstShownOn(receipt) })
      : noteProvisional(account, { ...noted, ...(paidAt === undefined ? {} : { receivedAt: paidAt }) });
    if (decision.ok) return done({ facts: decision.value, paymentId, uses: use });
    if (decision.code === 'change-differs') return decision;
  }
  const decision = noteProvisionalPayment(account, paymentOf(posting, paymentId));
  return decision.ok ? done({ facts: decision.value, paymentId, uses: [] }) : decision;
};

const paymentOf = ({ receipt, portion }: PortionPosting, paymentId: string): ReceivedPayment => {
  const { exchange } = portion;
  const received = { amount: portion.amount, currency: receipt.currency };
  return {
    ...{ paymentId, receiptId: receipt.id, portion: portion.id, source: receipt.source },
    amount: exchange?.settles ?? portion.amount,
    currency: exchange?.rate.to ?? receipt.currency,
    ...{ receivedOn: receipt.valueOn, on: receipt.postedOn, method: receipt.method },
    ...(exchange === undefined ? {} : { exchange: { ...exchange, received } }),
  };
};

const settleItem = (before: Steps, posting: PortionPosting, paymentId: string): Steps => {
  const { receipt, portion } = posting;
  const item = portion.itemId === undefined ? undefined : before.account.items.get(portion.itemId);
  const currency = portion.exchange?.rate.to ?? receipt.currency;
  if (item === undefined || item.open <= 0 || item.currency !== currency) return before;
  const amount = smaller(item.open, portion.exchange?.settles ?? portion.amount);
  const settlement = { paymentId, itemId: item.id, changeId: paymentId, amount, on: receipt.postedOn };
  const applied = mustStep(before, (now) => applyPayment(now, settlement));
  return postDifferences(applied, item.id, posting, paymentId);
};

/** What the item holds of this payment; manual applications are told by the receipt itself. */
const usesOf = (account: Account, itemId: string | undefined, paymentId: string): PortionUse[] =>
  itemId === undefined
    ? []
    : (account.items.get(itemId)?.changes ?? [])
        .filter(({ from, isReversed }) => from === paymentId && !isReversed)
        .map(({ id, amount }) => ({ itemId, changeId: id, amount }));
