/**
 * Work for people that a look asks for: calls and decisions of a policy, and what is to be put right about a reason.
 * From: `decide-plan.ts`. Next: `taskCreated`, once while the same is open.
 */
import { addBusinessDays } from './business-days.ts';
import type { NewTask } from './dunning-facts.ts';
import type { DunningFrame, DunningInput } from './dunning-input.ts';
import type { Evaluation } from './evaluate-account.ts';
import type { Fact } from './facts.ts';
import type { PlannedStep } from './planned-step.ts';
import type { Duty } from './policy.ts';
import { mostListed } from './withheld-facts.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export const taskOf = (step: PlannedStep, { today, calendar, rules }: DunningFrame): NewTask => {
  const { act, stage, does, sums, items, text, tone, also, withinDays } = step;
  const days = withinDays ?? rules.callOverdueBusinessDays;
  return {
    ...{
      id: `task:${today}:${act}`,
      act,
      stage,
      createdOn: today,
      does,
      sums,
      items: items.slice(0, mostListed),
    },
    dueOn: addBusinessDays(today, days, calendar),
    ...(text === undefined ? {} : { text }),
    ...(tone === undefined ? {} : { tone }),
    ...(also.length === 0 ? {} : { also }),
  };
};

/** What somebody in the house is to do about a reason, once while it is open. */
const workByReason: Partial<Record<WithheldReason, { act: string; does: readonly Duty[] }>> = {
  'covered-by-cash': { act: 'allocateCash', does: ['arClerk'] },
  'at-final': { act: 'lateBesideFinal', does: ['collector'] },
  'review-list': { act: 'reviewOldItems', does: ['creditManager'] },
  'no-valid-contact': { act: 'findContact', does: ['collector'] },
  bounced: { act: 'findContact', does: ['collector'] },
};

export const workFacts = (
  found: Evaluation,
  { head }: Pick<DunningInput, 'head'>,
  frame: DunningFrame,
): Fact[] => {
  const open = new Set((head.dunning.tasks ?? []).map(({ act }) => act));
  const reasons = [...new Set([...found.account, ...found.items.map(({ reason }) => reason)])];
  const facts: Fact[] = [];
  for (const reason of reasons) {
    const work = workByReason[reason];
    if (work === undefined || open.has(work.act)) continue;
    open.add(work.act);
    const { today, calendar } = frame;
    const dueOn = addBusinessDays(today, 1, calendar);
    const task = {
      id: `task:${today}:${work.act}`,
      ...work,
      stage: 0,
      createdOn: today,
      dueOn,
      sums: {},
      items: [],
    };
    facts.push({ kind: 'taskCreated', task, on: today });
  }
  return facts;
};
