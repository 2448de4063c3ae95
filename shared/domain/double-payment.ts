/**
 * One payment told twice under two names: what somebody keyed in and a line of the bank with another reference. The
 * line is held from settling anything until a person says whether the two are one.
 * From: receipts on their way, the clerk's word. Next: facts of both; nothing is joined by likeness alone.
 */
import { daysBetween } from './calendar.ts';
import { daysOfLikeLines, isTakenBack } from './entered-payment.ts';
import { manualSource } from './entered-item.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { isSameAccount, type Receipt, type ReceiptFact } from './receipt.ts';

/** A person may know better, within reason. */
const mostDaysJoined = 31;

const isSameSum = (a: Receipt, b: Pick<Receipt, 'amount' | 'currency'>): boolean =>
  a.amount === b.amount && a.currency === b.currency;

type Like = Pick<Receipt, 'amount' | 'currency' | 'valueOn' | 'source'> & { payer?: Receipt['payer'] };

/** Whether one was keyed in and the other was not, and account, sum and days agree. */
export const mayBeTold = (receipt: Receipt, other: Like): boolean =>
  (receipt.source === manualSource) !== (other.source === manualSource) &&
  isSameSum(receipt, other) &&
  receipt.payer !== undefined &&
  other.payer !== undefined &&
  isSameAccount(receipt.payer, other.payer) &&
  Math.abs(daysBetween(receipt.valueOn, other.valueOn)) <= daysOfLikeLines &&
  !isTakenBack(receipt) &&
  receipt.seenAs === undefined;

/** The one keyed in that holds the line: the one it is held for already, else the nearest by day. */
export const heldFor = (line: Receipt, alike: readonly Receipt[]): Receipt | undefined => {
  const { perhaps, source, plan, free, amount, valueOn } = line;
  if (perhaps?.isRuledOut || source === manualSource || plan !== undefined || free < amount) return undefined;
  const told = alike.filter((one) => one.id !== line.id && mayBeTold(one, line));
  const distance = (one: Receipt): number => Math.abs(daysBetween(one.valueOn, valueOn));
  return told.find(({ id }) => id === perhaps?.of) ?? told.toSorted((a, b) => distance(a) - distance(b))[0];
};

/** The receipt it waits for a word about; undefined where it waits for none. */
export const possibleDoubleOf = ({ perhaps, free, amount }: Receipt): string | undefined =>
  perhaps !== undefined && !perhaps.isRuledOut && free === amount ? perhaps.of : undefined;

export const joinId = (stays: Pick<Receipt, 'id'>): string => `joined:${stays.id}`;

/** Whether `goes` can go into `stays`: one of them keyed in, the same sum, and nobody else knows the one that goes. */
export const mayJoin = (
  goes: Receipt,
  stays: Receipt,
): Outcome<true, 'receipt-differs' | 'not-typed-in' | 'payment-used'> => {
  const isFar = Math.abs(daysBetween(goes.valueOn, stays.valueOn)) > mostDaysJoined;
  if (goes.id === stays.id || !isSameSum(goes, stays) || isFar)
    return refuse('receipt-differs', `${goes.id} is not what ${stays.id} is`);
  if ((goes.source === manualSource) === (stays.source === manualSource))
    return refuse('not-typed-in', `one of ${goes.id} and ${stays.id} was keyed in, the other was not`);
  const own = joinId(stays);
  const isUsed =
    goes.returns.some(({ id }) => id !== own) ||
    goes.confirmedBy !== undefined ||
    goes.seenAs !== undefined ||
    (goes.advices ?? []).length > 0;
  if (isUsed) return refuse('payment-used', `${goes.id} is known to others; let the other one go into it`);
  return isTakenBack(stays) ? refuse('payment-used', `${stays.id} was taken back`) : done(true);
};

/** What the one that stays learns of the one that went into it. The same again is nothing. */
export const joinedFacts = (stays: Receipt, goes: Receipt): ReceiptFact[] => [
  ...(stays.seenAs?.some(({ id }) => id === goes.id)
    ? []
    : [{ kind: 'receiptSeenAs', id: goes.id, source: goes.source } as const]),
  ...(stays.perhaps?.of === goes.id ? ruledOut(stays, goes.id) : []),
  ...(stays.plan === undefined && stays.designation === undefined && goes.designation !== undefined
    ? [{ kind: 'designationNoted', lines: goes.designation } as const]
    : []),
];

/** A person looked: the two are two. */
export const ruledOut = ({ perhaps }: Receipt, of: string): ReceiptFact[] =>
  perhaps?.of === of && perhaps.isRuledOut ? [] : [{ kind: 'doubleRuledOut', of }];
