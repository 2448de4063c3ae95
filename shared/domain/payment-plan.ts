/**
 * Payment plans (R155): instalments take the place of reminders, not of aging; a missed one breaks the plan on day 5.
 * From: calls, a manager's decision. Next: facts; broken, all is due again and the former stage resumes.
 */
import type { Account, AccountItem } from './account.ts';
import { addDays, daysBetween, type Day } from './calendar.ts';
import {
  mostInstalments,
  mostItemsOfPromise,
  type Instalment,
  type PaymentPlan,
} from './dunning-position.ts';
import type { Fact } from './facts.ts';
import { receivedFor } from './judge-promise.ts';
import { promised } from './make-promise.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { provisionalThen } from './money-since.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type PlanBy = 'collector' | 'creditManager' | 'cfo';

/** Who may agree how many instalments within how many days; the CFO any number that fits. */
export const defaultPlanLimits: Readonly<Record<PlanBy, { instalments: number; days: number }>> = {
  collector: { instalments: 3, days: 60 },
  creditManager: { instalments: 6, days: 180 },
  cfo: { instalments: mostInstalments, days: 1_080 },
};

/** Days before and after an instalment on which something happens. */
export const planDays = { remindBefore: 3, missedAfter: 2, brokenAfter: 5 };

export type PlanRefusal =
  | ('plan-there' | 'plan-too-long' | 'plan-sum-differs' | 'plan-not-in-order' | 'too-many-items')
  | ('item-not-found' | 'currency-differs');

export type PlanWanted = {
  planId: string;
  by: PlanBy;
  /** The person, by id. */
  person: string;
  currency: Currency;
  instalments: readonly Instalment[];
  itemIds: readonly string[];
  on: Day;
};

/** The instalments are what is open of the items, to the cent. The same plan again is nothing. */
export const agreePlan = (
  account: Account,
  wanted: PlanWanted,
  limits = defaultPlanLimits,
): Outcome<readonly Fact[], PlanRefusal> => {
  const { planId, by, person, currency, instalments, itemIds, on } = wanted;
  const { plan: known } = account.head.dunning;
  if (known?.id === planId) return done([]);
  if (known !== undefined) return refuse('plan-there', `plan ${known.id} is running`);
  const refused = limitRefuses(wanted, limits[by]);
  if (refused !== undefined) return refused;
  const items: AccountItem[] = [];
  for (const id of itemIds) {
    const item = account.items.get(id);
    if (item === undefined) return refuse('item-not-found', `there is no item ${id} here`);
    if (item.currency !== currency) return refuse('currency-differs', `${id} is in ${item.currency}`);
    items.push(item);
  }
  const [open, planned] = [
    sum(...items.map((item) => item.open)),
    sum(...instalments.map(({ amount }) => amount)),
  ];
  if (open !== planned)
    return refuse('plan-sum-differs', `the instalments are ${planned}, the items ${open}`);
  const plan: PaymentPlan = {
    id: planId,
    currency,
    agreedOn: on,
    instalments,
    items: items.map((item) => promised(item, item.open)),
    ...provisionalThen(account, currency),
  };
  return done([{ kind: 'planAgreed', plan, by: person, on }]);
};

const limitRefuses = (
  { instalments, itemIds, on }: PlanWanted,
  most: { instalments: number; days: number },
): Outcome<never, PlanRefusal> | undefined => {
  const last = instalments.at(-1);
  const isInOrder = instalments.every(
    ({ on: day, amount }, at) => amount > 0 && day >= on && (at === 0 || day > instalments[at - 1]!.on),
  );
  if (last === undefined || !isInOrder)
    return refuse('plan-not-in-order', 'instalments are above 0, each on a later day');
  if (instalments.length > most.instalments || daysBetween(on, last.on) > most.days)
    return refuse('plan-too-long', `at most ${most.instalments} instalments in ${most.days} days`);
  if (itemIds.length === 0 || itemIds.length > mostItemsOfPromise || new Set(itemIds).size < itemIds.length)
    return refuse('too-many-items', `a plan names 1 to ${mostItemsOfPromise} items, each once`);
  return undefined;
};

/** What is to happen with a plan on a day. */
export type PlanStanding =
  | { is: 'inTime'; nextOn?: Day }
  | { is: 'remind' | 'missed'; instalmentOn: Day; missing: AmountMinor }
  | { is: 'broken'; instalmentOn: Day; missing: AmountMinor }
  | { is: 'paid' };

/** Judged on cash that is known to reach the day asked about; else it is in time. */
export const planStanding = (
  plan: PaymentPlan,
  known: ReadonlyMap<string, AccountItem>,
  { today, cashReachesOn, onAccount }: { today: Day; cashReachesOn: Day | undefined; onAccount: AmountMinor },
): PlanStanding => {
  const { received, promised: owed } = receivedFor(plan.items, known);
  const got = sum(received, onAccount > 0 ? onAccount : zero);
  if (got >= owed) return { is: 'paid' };
  let due = zero;
  for (const { on, amount } of plan.instalments) {
    due = sum(due, amount);
    if (got >= due) continue;
    const missing = subtract(due, got);
    const isKnown = (day: Day): boolean => today > day && cashReachesOn !== undefined && cashReachesOn >= day;
    if (isKnown(addDays(on, planDays.brokenAfter - 1))) return { is: 'broken', instalmentOn: on, missing };
    if (isKnown(addDays(on, planDays.missedAfter - 1)) && !plan.missedOn?.includes(on))
      return { is: 'missed', instalmentOn: on, missing };
    const isSoon = today >= addDays(on, -planDays.remindBefore) && today <= on;
    if (isSoon && !plan.remindedOf?.includes(on)) return { is: 'remind', instalmentOn: on, missing };
    return { is: 'inTime', nextOn: on };
  }
  return { is: 'inTime' };
};

/** What that standing writes. */
export const factsOfPlan = ({ id: planId }: PaymentPlan, standing: PlanStanding, on: Day): Fact[] => {
  switch (standing.is) {
    case 'inTime':
      return [];
    case 'paid':
    case 'broken':
      return [{ kind: 'planEnded', planId, as: standing.is, on }];
    case 'remind':
    case 'missed': {
      const as = standing.is === 'remind' ? 'reminded' : 'missed';
      return [{ kind: 'planNoted', planId, instalmentOn: standing.instalmentOn, as, on }];
    }
  }
};

/**
 * What a person's word ends: the plan, and what was to be said of it and is not claimed yet. Its items are reminded as
 * before. Refused where it is not the plan that runs.
 */
export const cancelPlan = (
  { head: { dunning } }: Pick<Account, 'head'>,
  planId: string,
  on: Day,
): Outcome<readonly Fact[], 'plan-not-there'> => {
  if (dunning.plan?.id !== planId) return refuse('plan-not-there', `Plan ${planId} is not running.`);
  const waiting = (dunning.notices ?? []).filter(
    ({ text, causeId, state }) => text === 'T15' && causeId.startsWith(planId) && state === 'planned',
  );
  const withheld = waiting.map(({ id }): Fact => {
    return { kind: 'noticeWithheld', messageId: id, reasons: ['on-hold'], on };
  });
  return done([{ kind: 'planEnded', planId, as: 'cancelled', on }, ...withheld]);
};
