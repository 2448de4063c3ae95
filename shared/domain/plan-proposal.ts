/**
 * A payment plan that waits for somebody who may agree it: proposed beyond one's own limits, or asked for by a customer.
 * From: staff and the portal. Next: the task `approvePlan` of whoever may go so far; agreed, it is a plan as any other.
 */
import type { Account } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { NewTask } from './dunning-facts.ts';
import type { Fact } from './facts.ts';
import { sum } from './money.ts';
import { done, type Outcome } from './outcome.ts';
import { agreePlan, type PlanRefusal, type PlanWanted } from './payment-plan.ts';

export type PlanProposal = { task: NewTask & { dueOn: Day }; facts: readonly Fact[] };

/** Of the plan's id, so that it is proposed once. */
export const taskOfPlan = (planId: string): `task:${string}` => `task:plan:${planId}`;

/** As customers and staff call it. */
export const numberOfPlan = (planId: string): string => planId.slice(0, 8).toUpperCase();

/** Refused as the plan itself would be by whoever may go furthest; due on the next business day. */
export const proposePlanFor = (
  account: Account,
  wanted: Omit<PlanWanted, 'by'>,
  calendar: BusinessCalendar,
): Outcome<PlanProposal, PlanRefusal> => {
  const { planId, currency, instalments, on } = wanted;
  const possible = agreePlan(account, { ...wanted, by: 'cfo' });
  if (!possible.ok) return possible;
  const isManagers = agreePlan(account, { ...wanted, by: 'creditManager' }).ok;
  const task: NewTask & { dueOn: Day } = {
    ...{ id: taskOfPlan(planId), act: 'approvePlan', stage: 0, createdOn: on, items: [] },
    sums: { [currency]: sum(...instalments.map(({ amount }) => amount)) },
    ...{ does: [isManagers ? 'creditManager' : 'cfo'], dueOn: addBusinessDays(on, 1, calendar) },
  };
  return done({ task, facts: [{ kind: 'taskCreated', task, on }] });
};
