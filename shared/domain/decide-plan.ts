/**
 * What a look at an account writes: the message or task the policy asks for, every reason why not where it is news, the
 * next review. The same look again writes nothing.
 * From: the dunning workflow. Next: `messagePlanned` goes out by the relay; a preview shows the same without writing.
 */
import type { Account } from './account.ts';
import { addBusinessDays } from './business-days.ts';
import { blocksOf, type DunningInput, type DunningFrame } from './dunning-input.ts';
import type { NewTask, PlannedMessage } from './dunning-facts.ts';
import { evaluateAccount, type Evaluation } from './evaluate-account.ts';
import type { Fact } from './facts.ts';
import type { PayerHabit } from './dunning-position.ts';
import type { PlannedStep } from './planned-step.ts';
import { isSameJson } from './same-json.ts';
import type { Duty } from './policy.ts';
import { mostListed, withheldFacts } from './withheld-facts.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** Items one entry can move; the rest of a message follows in entries of its own. */
export const mostCarriedAtOnce = 90;

/** `rule` is what chose the policy; `habit`: how the payer pays, where it was learned anew. */
export type PlanInput = DunningInput & { rule: string; habit?: PayerHabit };

export type Preview = Evaluation & { accountId: string; policyId: string; rule: string; inputs: string };

/** What the run would do with an account now; nothing is written. Same inputs, same hash. */
export const previewAccount = (input: PlanInput, frame: DunningFrame): Preview => ({
  ...evaluateAccount(input, frame),
  accountId: input.head.accountId,
  policyId: input.policy.id,
  rule: input.rule,
  inputs: inputsOf(input, frame),
});

/** Facts of one look. All items of the steps must be at hand in `account`. */
export const decidePlan = (account: Account, input: Omit<PlanInput, 'head'>, frame: DunningFrame): Fact[] => {
  const whole = { ...input, head: account.head };
  const found = evaluateAccount(whole, frame);
  return [
    ...policyFacts(whole, frame),
    ...found.steps.flatMap((step) => factsOfStep(step, whole, frame)),
    ...workFacts(found, whole, frame),
    ...withheldFacts(found, whole, frame),
    ...reviewFacts(found, whole, frame),
  ];
};

/** All that decided: the account by the hash of its last entry, the policy, the payer, the company's day and blocks. */
export const inputsOf = ({ head, policy, payer, rule }: PlanInput, frame: DunningFrame): string => {
  const { companyId, accountId, version, lastHash } = head;
  const { usualLatenessDays, payRunsOn, contactProblem, invoiceCount, zone } = payer;
  const text = JSON.stringify([
    ...[
      companyId,
      accountId,
      version,
      lastHash,
      policy.id,
      policy.version,
      rule,
      frame.today,
      frame.goLiveOn ?? null,
    ],
    ...[
      blocksOf(frame, head),
      usualLatenessDays ?? null,
      payRunsOn ?? [],
      contactProblem ?? null,
      invoiceCount,
      zone,
    ],
  ]);
  return frame.hash(text);
};

/** Where another policy or rule answers for it, or the payer was learned anew in another month. */
const policyFacts = ({ head, policy, rule, habit }: PlanInput, { today: on }: DunningFrame): Fact[] => {
  const { policy: before } = head.dunning;
  const isSame = before?.id === policy.id && before.rule === rule;
  const isSameHabit = isSameJson(before?.habit, habit) && before?.on.slice(0, 7) === on.slice(0, 7);
  if (isSame && (habit === undefined || isSameHabit)) return [];
  const known = habit ?? before?.habit;
  const chosen = { id: policy.id, rule, on, ...(known === undefined ? {} : { habit: known }) };
  return [{ kind: 'policyChosen', policy: chosen, on }];
};

const factsOfStep = (step: PlannedStep, input: PlanInput, frame: DunningFrame): Fact[] => {
  const { today: on } = frame;
  if (step.channel === 'mail')
    return [{ kind: 'messagePlanned', message: messageOf(step, input, frame), on }];
  const task = taskOf(step, frame);
  const items = step.items
    .filter(({ isDue }) => isDue)
    .slice(0, mostCarriedAtOnce)
    .map(({ itemId, stage, courtesyDay }) => ({
      itemId,
      stage,
      ...(courtesyDay === undefined ? {} : { courtesyDay }),
    }));
  const tone = step.tone === undefined ? {} : { tone: step.tone };
  return [
    { kind: 'taskCreated', task, on },
    { kind: 'itemsCarried', by: task.id, policyId: step.policyId, ...tone, items, on },
  ];
};

/** `message:<company day>:<channel>`: one reminder per account, day and channel (D1). */
export const messageIdOf = ({ today }: Pick<DunningFrame, 'today'>): string => `message:${today}:mail`;

/** @throws when the step has no tone or text: no mail of a policy is without. */
export const messageOf = (step: PlannedStep, input: PlanInput, frame: DunningFrame): PlannedMessage => {
  const { tone, text, stage, policyId, act, needs, sums, items, credits, aside } = step;
  if (tone === undefined || text === undefined || (act !== 'mail' && act !== 'letter'))
    throw new Error(`stage ${stage} of ${policyId} is no message`);
  return {
    ...{ id: messageIdOf(frame), act, stage, tone, text, policyId, plannedOn: frame.today, needs },
    ...{ digest: digestOfStep(step, frame), sums, items, credits, aside },
    ...(step.unallocated === undefined ? {} : { unallocated: step.unallocated }),
    ...(step.payByOn === undefined ? {} : { payByOn: step.payByOn }),
    ...(step.hasLetter ? { hasLetter: true } : {}),
    ...(step.also.length === 0 ? {} : { also: step.also }),
    ...(step.copyTo.length === 0 ? {} : { copyTo: step.copyTo }),
    ...(step.notBefore === undefined ? {} : { notBefore: step.notBefore }),
    inputs: inputsOf(input, frame),
  };
};

/** The same stage, text, items and sums make the same message. */
export const digestOfStep = (step: PlannedStep, { hash }: Pick<DunningFrame, 'hash'>): string => {
  const { stage, tone, text, policyId, sums, items, credits, unallocated } = step;
  const asked = items.map(({ itemId, stage: own, asked: amount, isDue }) => [itemId, own, amount, isDue]);
  const currencies = Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const loose = unallocated === undefined ? [] : [unallocated];
  return hash(
    JSON.stringify([policyId, stage, tone ?? null, text ?? null, currencies, asked, credits, ...loose]),
  );
};

const taskOf = (step: PlannedStep, { today, calendar, rules }: DunningFrame): NewTask => {
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

const workFacts = (found: Evaluation, { head }: PlanInput, frame: DunningFrame): Fact[] => {
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

const reviewFacts = (
  { nextReviewAt }: Evaluation,
  { head }: PlanInput,
  { today: on }: DunningFrame,
): Fact[] =>
  nextReviewAt === head.nextReviewAt
    ? []
    : [{ kind: 'reviewPlanned', ...(nextReviewAt === undefined ? {} : { nextReviewAt }), on }];
