/**
 * Judging promises on real cash (R58): kept, partly or broken at the day + 2 business days, and only when cash data
 * reaches that day.
 * From: the dunning workflow, after money came or the day passed. Next: facts; a broken one is the first call of the day.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { OpenPromise, PromisedItem } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import { larger, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';

/** Percent of what was promised. */
export const defaultJudging = { keptFromPercent: 99, partlyFromPercent: 50 };

const isShare = (part: AmountMinor, whole: AmountMinor, percent: number): boolean =>
  BigInt(part) * 100n >= BigInt(whole) * BigInt(percent);

export type Judged = {
  result: 'kept' | 'partly' | 'broken' | 'void';
  received: AmountMinor;
  promised: AmountMinor;
};

/** Changes that are money or as good as money; what a credit or a correction takes off was never to be paid. */
const asMoney = [
  'payment',
  'application',
  'implied',
  'unexplained',
  'discount',
  'bankCharge',
  'smallDifference',
  'withholdingTax',
];

/** What came for promised items since, and what of the promise is still to be owed. */
export const receivedFor = (
  items: readonly PromisedItem[],
  known: ReadonlyMap<string, AccountItem>,
): { received: AmountMinor; promised: AmountMinor } => {
  let [received, total] = [zero, zero];
  for (const one of items) {
    const { itemId, amount, openThen, changesThen } = one;
    const item = known.get(itemId);
    if (item === undefined) throw new Error(`item ${itemId} is not at hand`);
    const since = item.changes
      .slice(changesThen)
      .filter(({ isReversed, by }) => !isReversed && by !== 'adjustment');
    const money = since.filter(({ by }) => asMoney.includes(by)).map((change) => change.amount);
    const other = since.filter(({ by }) => !asMoney.includes(by)).map((change) => change.amount);
    const owed = smaller(amount, subtract(openThen, smaller(openThen, sum(...other))));
    total = sum(total, owed);
    received = sum(received, smaller(owed, larger(zero, sum(...money, notedSince(one, item)))));
  }
  return { received, promised: total };
};

/** Money noted since, less what was noted before and is in the books by now: that came for no promise. */
const notedSince = ({ notedThen }: PromisedItem, { provisional }: AccountItem): AmountMinor => {
  const { receipts, confirmed } = notedThen ?? { receipts: 0, confirmed: zero };
  const before = provisional.slice(0, receipts);
  const noted = provisional.slice(receipts).filter(({ state }) => state === 'noted');
  const shown = subtract(confirmedOf(before), confirmed);
  return subtract(sum(...noted.map((one) => one.amount)), shown);
};

/** How much of noted money the books show. */
export const confirmedOf = (provisional: AccountItem['provisional']): AmountMinor =>
  sum(...provisional.filter(({ state }) => state === 'confirmed').map(({ amount }) => amount));

/**
 * The judgement once its day + 2 business days is over and cash data reaches that day; undefined: not yet, unless it
 * is kept before. @param onAccount money that came since and settles nothing yet.
 */
export const judgePromise = (
  promise: OpenPromise,
  known: ReadonlyMap<string, AccountItem>,
  {
    today,
    cashReachesOn,
    onAccount,
    rules = defaultJudging,
  }: { today: Day; cashReachesOn: Day | undefined; onAccount: AmountMinor; rules?: typeof defaultJudging },
): Judged | undefined => {
  const { received: applied, promised: owed } = receivedFor(promise.items, known);
  const received = smaller(owed, sum(applied, onAccount > 0 ? onAccount : zero));
  if (owed === 0) return { result: 'void', received: zero, promised: owed };
  if (isShare(received, owed, rules.keptFromPercent)) return { result: 'kept', received, promised: owed };
  const isTime = today > promise.judgeOn && cashReachesOn !== undefined && cashReachesOn >= promise.judgeOn;
  if (!isTime) return undefined;
  return {
    result: isShare(received, owed, rules.partlyFromPercent) ? 'partly' : 'broken',
    received,
    promised: owed,
  };
};

/** Ends a promise and frees what it held; again is nothing. `why` of one that ends before its day. */
export const endPromise = (
  { head, items }: Account,
  promiseId: string,
  { result, received }: Pick<Judged, 'result' | 'received'>,
  on: Day,
  why?: string,
): Fact[] => {
  const promise = head.dunning.promises?.find(({ id }) => id === promiseId);
  if (promise === undefined) return [];
  const freed = promise.items
    .filter(({ itemId }) => items.get(itemId)?.heldParts?.some(({ id }) => id === promiseId))
    .map(({ itemId }): Fact => ({ kind: 'partFreed', itemId, partId: promiseId, on }));
  return [
    { kind: 'promiseJudged', promiseId, result, received, on, ...(why === undefined ? {} : { why }) },
    ...freed,
  ];
};
