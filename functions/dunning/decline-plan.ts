/**
 * A proposed plan is not agreed: its task ends, what is due stays as it is, and a customer who asked for it hears so.
 * From: staff who may approve it. Next: the end of the task and, where a customer asked, a notice (T15) of the same append.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { PlanData } from '../../shared/domain/message-causes.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { noticeIdOf, planNotice } from '../../shared/domain/plan-notice.ts';
import { numberOfPlan, taskOfPlan } from '../../shared/domain/plan-proposal.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { changeByStaff, type StaffCall, type Versioned } from './change-by-staff.ts';
import { noted } from './change-standing.ts';
import { planOf, proposedPlan, type ProposedPlan } from './keep-plans.ts';
import type { DunningParts } from './parts.ts';

/** The reason is for staff; the customer is told that it is not agreed, and whom to call. */
export const declinePlan = async (
  parts: DunningParts,
  key: AccountKey,
  planId: string,
  reason: string,
  call: StaffCall,
): Promise<Outcome<Versioned, ProblemCode>> => {
  const proposed = await proposedPlan(parts, call, key, planId);
  if (!proposed.ok) return proposed;
  const taskId = taskOfPlan(planId);
  return changeByStaff(parts, call, key, proposed.value.plan.itemIds, (account, { on }) => {
    if (!account.head.dunning.tasks?.some(({ id }) => id === taskId))
      return refuse('plan-not-there', `The plan ${planId} was decided.`);
    const ended: Fact = { kind: 'taskEnded', taskId, as: 'dropped', outcome: 'declined', on };
    const note = noted(`plan:${planId}:declined`, reason, call, on);
    const told = toldOf(account, planId, proposed.value, on);
    return told.ok
      ? done({ facts: [ended, note.fact, ...told.value.facts], papers: [note.paper, ...told.value.papers] })
      : told;
  });
};

type Told = { facts: readonly Fact[]; papers: Paper[] };

/** Only a customer who asked is told; what staff proposed, the customer never heard of. */
const toldOf = (
  account: Account,
  planId: string,
  { plan, askedBy }: ProposedPlan,
  on: Day,
): Outcome<Told, 'too-many-notices'> => {
  if (askedBy !== 'customer') return done({ facts: [], papers: [] });
  const causeId = `${planId}:declined`;
  const { itemIds } = plan;
  const notice = planNotice(account.head, { text: 'T15', causeId, itemIds }, on);
  if (!notice.ok) return notice;
  const paper: Paper = {
    id: noticeIdOf('T15', causeId) as Paper['id'],
    content: { cause: { plan: declinedData(account, planId, plan) } },
  };
  return done({ facts: notice.value, papers: [paper] });
};

const declinedData = ({ items }: Account, planId: string, plan: ProposedPlan['plan']): PlanData => {
  const { currency, instalments, itemIds } = planOf(plan, planId);
  return {
    number: numberOfPlan(planId),
    total: { amount: sum(...instalments.map(({ amount }) => amount)), currency },
    items: itemIds.map((id) => items.get(id)?.number ?? id),
    instalments: instalments.map(({ on, amount }) => ({ on, amount: { amount, currency } })),
    isDeclined: true,
  };
};
