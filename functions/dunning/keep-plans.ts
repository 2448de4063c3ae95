/**
 * Payment plans as people agree them: at once within their limits, else proposed and approved by another person; and as
 * they end them before their time.
 * From: staff. Next: facts and a notice (T15) of the same append; judged by instalments by the look at the account.
 */
import type { PlanBody } from '../../shared/contracts/dunning-account.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { agreePlan, cancelPlan, type PlanBy, type PlanWanted } from '../../shared/domain/payment-plan.ts';
import { planNotice } from '../../shared/domain/plan-notice.ts';
import { proposePlanFor, taskOfPlan } from '../../shared/domain/plan-proposal.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import {
  changeByStaff,
  idOfRequest,
  type Decided,
  type StaffCall,
  type Versioned,
} from './change-by-staff.ts';
import { noted } from './change-standing.ts';
import { isManager, type Changed } from './keep-promises.ts';
import { papersOf } from './papers-of-facts.ts';
import type { DunningParts } from './parts.ts';

type Plan = Omit<PlanWanted, 'by' | 'person' | 'on'>;

/** Its days and amounts as the rules have them. */
export const planOf = ({ currency, instalments, itemIds }: PlanBody, planId: string): Plan => ({
  ...{ planId, currency, itemIds },
  instalments: instalments.map(({ on, amount }) => ({ on: dayFromText(on), amount: amountOf(amount) })),
});

const agreed = (account: Account, wanted: PlanWanted): Outcome<Decided, ProblemCode> => {
  const decided = agreePlan(account, wanted);
  if (!decided.ok || decided.value.length === 0) return decided.ok ? done({ facts: [] }) : decided;
  const codes = { is: 'agreed', currency: wanted.currency };
  const notice = planNotice(account.head, { text: 'T15', causeId: wanted.planId, codes }, wanted.on);
  if (!notice.ok) return notice;
  const facts = [...decided.value, ...notice.value];
  return done({ facts, papers: papersOf(facts) });
};

/** Agreed at once within the limits of whoever asks; longer, it waits for somebody who may go further. */
export const proposePlan = async (
  parts: DunningParts,
  key: AccountKey,
  body: PlanBody,
  call: StaffCall,
): Changed<{ planId: string; is: 'agreed' | 'proposed' }> => {
  const planId = idOfRequest(call.requestId, parts);
  const person = call.caller.id ?? '';
  let is: 'agreed' | 'proposed' = 'agreed';
  const made = await changeByStaff(parts, call, key, body.itemIds, (account, { on, frame }) => {
    const wanted: PlanWanted = {
      ...planOf(body, planId),
      person,
      on,
      by: isManager(call) ? 'creditManager' : 'collector',
    };
    const decided = agreed(account, wanted);
    if (decided.ok || decided.code !== 'plan-too-long') return decided;
    is = 'proposed';
    const proposed = proposePlanFor(account, wanted, frame.calendar);
    if (!proposed.ok) return proposed;
    const { task, facts } = proposed.value;
    const paper: Paper = { id: taskOfPlan(planId), content: { task, plan: body, by: person } };
    return done({ facts, papers: [paper] });
  });
  return made.ok ? done({ ...made.value, planId, is }) : made;
};

export type ProposedPlan = { plan: PlanBody; by: string; askedBy?: 'customer' };

/** As its paper has it, also when it is decided. */
export const proposedPlan = async (
  { accounts }: Pick<DunningParts, 'accounts'>,
  { scope }: Pick<StaffCall, 'scope'>,
  key: AccountKey,
  planId: string,
): Promise<Outcome<ProposedPlan, 'plan-not-there'>> => {
  const paper = await accounts.paper(scope, key, taskOfPlan(planId));
  return paper === undefined
    ? refuse('plan-not-there', `There is no proposed plan ${planId}.`)
    : done(paper as ProposedPlan);
};

/** By another person than proposed it, within the approver's own limits. */
export const approvePlan = async (
  parts: DunningParts,
  key: AccountKey,
  planId: string,
  call: StaffCall,
): Changed<{ planId: string; is: 'agreed' }> => {
  const taskId = taskOfPlan(planId);
  const proposed = await proposedPlan(parts, call, key, planId);
  if (!proposed.ok) return proposed;
  const { plan, by } = proposed.value;
  const person = call.caller.id ?? '';
  if (by === person) return refuse('same-person', 'Whoever proposed a plan does not approve it.');
  const who: PlanBy = call.caller.principals.includes('EXE') ? 'cfo' : 'creditManager';
  const made = await changeByStaff(parts, call, key, plan.itemIds, (account, { on }) => {
    if (account.head.dunning.plan?.id === planId) return done({ facts: [] });
    if (!account.head.dunning.tasks?.some(({ id }) => id === taskId))
      return refuse('plan-not-there', `The plan ${planId} was decided.`);
    const decided = agreed(account, { ...planOf(plan, planId), by: who, person, on });
    if (!decided.ok) return decided;
    const ended: Fact = { kind: 'taskEnded', taskId, as: 'done', outcome: 'approved', on };
    return done({ ...decided.value, facts: [...decided.value.facts, ended] });
  });
  return made.ok ? done({ ...made.value, planId, is: 'agreed' }) : made;
};

/** Before it is paid or broken: reminders go on where they were, from the look that follows at once. */
export const endPlan = (
  parts: DunningParts,
  key: AccountKey,
  planId: string,
  reason: string,
  call: StaffCall,
): Promise<Outcome<Versioned, ProblemCode>> =>
  changeByStaff(parts, call, key, [], (account, { on }) => {
    const ended = cancelPlan(account, planId, on);
    if (!ended.ok) return ended;
    const note = noted(`plan:${planId}:ended`, reason, call, on);
    return done({ facts: [...ended.value, note.fact], papers: [note.paper] });
  });
