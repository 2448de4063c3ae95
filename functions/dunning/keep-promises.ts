/**
 * Promises as people record them: within their limits, with the notice that confirms them.
 * From: staff. Next: facts and a notice (T6) of the same append; judged on real cash by the look at the account.
 */
import type { PromiseBody, PromisesAnswer } from '../../shared/contracts/dunning-account.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { dayFromText, type Day } from '../../shared/domain/calendar.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { changePromise, makePromise, type PromiseWanted } from '../../shared/domain/make-promise.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import {
  changeByStaff,
  idOfRequest,
  type Decided,
  type StaffCall,
  type Versioned,
} from './change-by-staff.ts';
import { papersOf } from './papers-of-facts.ts';
import type { DunningParts } from './parts.ts';

export type Changed<Value> = Promise<Outcome<Versioned & Value, ProblemCode>>;

export const isManager = ({ caller }: StaffCall): boolean => caller.principals.includes('CRM');

const wantedBy = (
  { dueOn, currency, items }: PromiseBody,
  promiseId: string,
  call: StaffCall,
  on: Day,
): PromiseWanted => ({
  ...{ promiseId, currency, on, dueOn: dayFromText(dueOn) },
  by: isManager(call) ? 'creditManager' : 'collector',
  items: items.map(({ itemId, amount }) => ({ itemId, amount: amountOf(amount) })),
});

/** With T6, and who promised in a paper beside the journal. */
const promisedWith = (
  account: Account,
  facts: readonly Fact[],
  promiseId: string,
  body: PromiseBody,
  on: Day,
): Outcome<Decided, ProblemCode> => {
  if (facts.length === 0) return done({ facts });
  const itemIds = body.items.map(({ itemId }) => itemId);
  const notice = planNotice(evolve(account, facts).head, { text: 'T6', causeId: promiseId, itemIds }, on);
  if (!notice.ok) return notice;
  const all = [...facts, ...notice.value];
  const paper: Paper = { id: promisePaperOf(promiseId), content: { promise: body } };
  return done({ facts: all, papers: [...papersOf(all), paper] });
};

const promisePaperOf = (promiseId: string): Paper['id'] => `promise:${promiseId}`;

/** Its paper stays when the promise was judged and has left the head. */
const wasMade = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  { scope }: StaffCall,
  key: AccountKey,
  promiseId: string,
): Promise<boolean> => (await accounts.paper(scope, key, promisePaperOf(promiseId))) !== undefined;

export const recordPromise = async (
  parts: DunningParts,
  key: AccountKey,
  body: PromiseBody,
  call: StaffCall,
): Changed<{ promiseId: string }> => {
  const promiseId = idOfRequest(call.requestId, parts);
  const ids = body.items.map(({ itemId }) => itemId);
  const made = await changeByStaff(parts, call, key, ids, async (account, { on, frame }) => {
    if (await wasMade(parts, call, key, promiseId)) return done({ facts: [] });
    const decided = makePromise(account, wantedBy(body, promiseId, call, on), { calendar: frame.calendar });
    return decided.ok ? promisedWith(account, decided.value, promiseId, body, on) : decided;
  });
  return made.ok ? done({ ...made.value, promiseId }) : made;
};

/** Another day: the promise before counts as broken. */
export const replacePromise = async (
  parts: DunningParts,
  key: AccountKey,
  before: string,
  body: PromiseBody,
  call: StaffCall,
): Changed<{ promiseId: string }> => {
  const promiseId = idOfRequest(call.requestId, parts);
  const ids = body.items.map(({ itemId }) => itemId);
  const named = (head: Account['head']): string[] => [
    ...ids,
    ...(head.dunning.promises ?? []).flatMap(({ items }) => items.map(({ itemId }) => itemId)),
  ];
  const made = await changeByStaff(parts, call, key, named, async (account, { on, frame }) => {
    const open = account.head.dunning.promises ?? [];
    if (await wasMade(parts, call, key, promiseId)) return done({ facts: [] });
    if (!open.some(({ id }) => id === before))
      return refuse('promise-not-there', `There is no promise ${before}.`);
    const decided = changePromise(account, before, wantedBy(body, promiseId, call, on), {
      calendar: frame.calendar,
    });
    return decided.ok ? promisedWith(account, decided.value, promiseId, body, on) : decided;
  });
  return made.ok ? done({ ...made.value, promiseId }) : made;
};

export const readPromises = async (
  { accounts }: DunningParts,
  key: AccountKey,
  scope: Scope,
): Promise<Outcome<PromisesAnswer, ProblemCode>> => {
  const { account } = await accounts.load(scope, key);
  if (account.head.version === 0) return refuse('not-found', 'There is no such account.');
  const { promises = [], brokenOn = [], plan } = account.head.dunning;
  return done({
    open: promises.map(({ id, by, currency, amount, madeOn, dueOn, judgeOn, items }) => ({
      ...{ promiseId: id, by, currency, amount, madeOn, dueOn, judgeOn },
      items: items.map((one) => ({ itemId: one.itemId, amount: one.amount })),
    })),
    brokenOn: [...brokenOn],
    plan:
      plan === undefined
        ? null
        : {
            ...{ planId: plan.id, currency: plan.currency, agreedOn: plan.agreedOn },
            itemIds: plan.items.map(({ itemId }) => itemId),
            instalments: plan.instalments.map((one) => ({ ...one })),
          },
  });
};
