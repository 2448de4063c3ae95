/**
 * Promises to pay (R57, R58): made within limits, judged on real cash, a changed date is one broken.
 * From: calls, the portal, replies. Next: facts; the promised parts are not asked for until the day + 2 business days.
 */
import type { Account, AccountItem } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import {
  mostItemsOfPromise,
  mostOpenPromises,
  type OpenPromise,
  type PromiseBy,
  type PromisedItem,
} from './dunning-position.ts';
import { evolve, provisionalOf } from './evolve.ts';
import type { Fact } from './facts.ts';
import { confirmedOf, endPromise } from './judge-promise.ts';
import { provisionalThen } from './money-since.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** How far ahead by whom, how often. In days. */
export type PromiseRules = {
  mostDaysAhead: Readonly<Record<PromiseBy, number>>;
  mostPerItem: number;
  customerWaitsAfterBrokenDays: number;
  graceBusinessDays: number;
};

export const defaultPromiseRules: PromiseRules = {
  mostDaysAhead: { collector: 14, creditManager: 30, customer: 10 },
  mostPerItem: 2,
  customerWaitsAfterBrokenDays: 90,
  graceBusinessDays: 2,
};

export type PromiseRefusal =
  | ('promise-too-far' | 'promise-in-past' | 'promise-too-often' | 'promise-after-broken' | 'promise-differs')
  | (
      | 'item-not-found'
      | 'more-than-open'
      | 'amount-not-possible'
      | 'currency-differs'
      | 'too-many-items'
      | 'too-many-promises'
    );
export type PromiseDecision = Outcome<readonly Fact[], PromiseRefusal>;

export type PromiseWanted = {
  promiseId: string;
  by: PromiseBy;
  dueOn: Day;
  currency: Currency;
  items: readonly { itemId: string; amount: AmountMinor }[];
  on: Day;
};

type Frame = { calendar: BusinessCalendar; rules?: PromiseRules };

/** The same promise again is nothing. Items must be at hand. */
export const makePromise = (account: Account, wanted: PromiseWanted, frame: Frame): PromiseDecision => {
  const { rules = defaultPromiseRules, calendar } = frame;
  const { promiseId, dueOn, on, by, currency } = wanted;
  const known = account.head.dunning.promises?.find(({ id }) => id === promiseId);
  if (known !== undefined)
    return known.dueOn === dueOn
      ? done([])
      : refuse('promise-differs', `${promiseId} is a promise for ${known.dueOn}`);
  const refused = limitsRefuse(account, wanted, rules) ?? itemsRefuse(account, wanted, rules);
  if (refused !== undefined) return refused;
  const items = wanted.items.map(({ itemId, amount }) => {
    const item = account.items.get(itemId)!;
    return { ...promised(item, amount), ...notedThen(item) };
  });
  const judgeOn = addBusinessDays(dueOn, rules.graceBusinessDays, calendar);
  const amount = sum(...items.map((one) => one.amount));
  const promise: OpenPromise = {
    ...{ id: promiseId, by, currency, amount, madeOn: on, dueOn, judgeOn, items },
    ...provisionalThen(account, currency),
  };
  const parts = items.map(({ itemId, amount: held }): Fact => ({
    ...{ kind: 'partHeld', itemId, on },
    part: { id: promiseId, code: 'promised', amount: held, untilOn: judgeOn },
  }));
  return done([{ kind: 'promiseMade', promise, on }, ...parts]);
};

/** How an item stood when it was promised. */
export const promised = ({ id, open, changes }: AccountItem, amount: AmountMinor): PromisedItem => ({
  ...{ itemId: id, amount, openThen: open, changesThen: changes.length },
});

/** What was noted for it before has not come for the promise. */
const notedThen = ({ provisional }: AccountItem): Pick<PromisedItem, 'notedThen'> =>
  provisional.length === 0
    ? {}
    : { notedThen: { receipts: provisional.length, confirmed: confirmedOf(provisional) } };

const limitsRefuse = (
  { head }: Account,
  wanted: PromiseWanted,
  rules: PromiseRules,
): PromiseDecision | undefined => {
  const { by, dueOn, on, items } = wanted;
  const { promises = [], brokenOn = [] } = head.dunning;
  const most = rules.mostDaysAhead[by];
  if (dueOn < on) return refuse('promise-in-past', `${dueOn} is before ${on}`);
  if (dueOn > addDays(on, most))
    return refuse('promise-too-far', `at most ${most} days ahead, by ${addDays(on, most)}`);
  const since = addDays(on, -rules.customerWaitsAfterBrokenDays);
  if (by === 'customer' && brokenOn.some((day) => day > since))
    return refuse('promise-after-broken', `a promise broke on ${brokenOn[0]}`);
  if (promises.length >= mostOpenPromises)
    return refuse('too-many-promises', `${promises.length} promises are open`);
  if (items.length === 0 || items.length > mostItemsOfPromise)
    return refuse('too-many-items', `a promise names 1 to ${mostItemsOfPromise} items`);
  return undefined;
};

const itemsRefuse = (
  { items }: Account,
  wanted: PromiseWanted,
  rules: PromiseRules,
): PromiseDecision | undefined => {
  const ids = new Set(wanted.items.map(({ itemId }) => itemId));
  if (ids.size < wanted.items.length) return refuse('amount-not-possible', 'an item is named twice');
  for (const { itemId, amount } of wanted.items) {
    const item = items.get(itemId);
    if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} here`);
    if (item.currency !== wanted.currency)
      return refuse('currency-differs', `${itemId} is in ${item.currency}`);
    if (amount <= 0) return refuse('amount-not-possible', `${amount} is no amount to promise`);
    const held = sum(...(item.heldParts ?? []).map((part) => part.amount));
    if (amount > subtract(item.open, sum(held, provisionalOf(item))))
      return refuse('more-than-open', `${amount} of ${itemId} is more than is free`);
    if ((item.promisedTimes ?? 0) >= rules.mostPerItem)
      return refuse('promise-too-often', `${itemId} was promised ${item.promisedTimes} times`);
  }
  return undefined;
};

/** Another day is one promise broken and one made (`defaults.md` §3.4). */
export const changePromise = (
  account: Account,
  promiseId: string,
  wanted: PromiseWanted,
  frame: Frame,
): PromiseDecision => {
  const ended = endPromise(account, promiseId, { result: 'broken', received: zero }, wanted.on, 'changed');
  const made = makePromise(evolve(account, ended), wanted, frame);
  return made.ok ? done([...ended, ...made.value]) : made;
};
