/**
 * What a look at an account writes: the message or task the policy asks for, every reason why not where it is news, the
 * next review. The same look again writes nothing.
 * From: the dunning workflow. Next: `messagePlanned` goes out by the relay; a preview shows the same without writing.
 */
import type { Account } from './account.ts';
import { addDays, endOfMonth } from './calendar.ts';
import type { DunningFrame } from './dunning-input.ts';
import { evaluateAccount, type Evaluation } from './evaluate-account.ts';
import { isDunningFact, withDunning } from './evolve-dunning.ts';
import type { Fact } from './facts.ts';
import { inputsOf, messageOf, mostCarriedAtOnce, type PlanInput } from './planned-message.ts';
import type { PlannedStep } from './planned-step.ts';
import { toneLeftBy } from './policy.ts';
import { withdrawnFacts } from './renew-waiting.ts';
import { isSameJson } from './same-json.ts';
import { withheldFacts } from './withheld-facts.ts';
import { taskOf, workFacts } from './work-of-look.ts';

export type Preview = Evaluation & { accountId: string; policyId: string; rule: string; inputs: string };

/** What the run would do with an account now; nothing is written. Same inputs, same hash. */
export const previewAccount = (before: PlanInput, frame: DunningFrame): Preview => {
  const input = withoutWithdrawn(before, withdrawnFacts(before, frame));
  return {
    ...evaluateAccount(input, frame),
    accountId: input.head.accountId,
    policyId: input.policy.id,
    rule: input.rule,
    inputs: inputsOf(input, frame),
  };
};

const withoutWithdrawn = (input: PlanInput, withdrawn: readonly Fact[]): PlanInput =>
  withdrawn.length === 0
    ? input
    : { ...input, head: withdrawn.filter(isDunningFact).reduce(withDunning, input.head) };

/** Facts of one look. All items of the steps must be at hand in `account`. */
export const decidePlan = (account: Account, input: Omit<PlanInput, 'head'>, frame: DunningFrame): Fact[] => {
  const before = { ...input, head: account.head };
  const withdrawn = withdrawnFacts(before, frame);
  const whole = withoutWithdrawn(before, withdrawn);
  const found = evaluateAccount(whole, frame);
  return [
    ...withdrawn,
    ...policyFacts(whole, frame),
    ...found.steps.flatMap((step) => factsOfStep(step, whole, frame)),
    ...workFacts(found, whole, frame),
    ...withheldFacts(found, whole, frame),
    ...reviewFacts(found, whole, frame),
  ];
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
  const tone = toneLeftBy(step);
  return [
    { kind: 'taskCreated', task, on },
    { kind: 'itemsCarried', by: task.id, policyId: step.policyId, ...tone, items, on },
  ];
};

const reviewFacts = (found: Evaluation, input: PlanInput, frame: DunningFrame): Fact[] => {
  const nextReviewAt = [found.nextReviewAt, monthlyReview(input, frame)]
    .filter((at) => at !== undefined)
    .toSorted()[0];
  return nextReviewAt === input.head.nextReviewAt
    ? []
    : [{ kind: 'reviewPlanned', ...(nextReviewAt === undefined ? {} : { nextReviewAt }), on: frame.today }];
};

/** Whose policy comes of a year of sales is judged anew each month, also while nothing of it falls due (R133). */
const monthlyReview = ({ rule, items }: PlanInput, { today, reviewAt }: DunningFrame): string | undefined =>
  rule.startsWith('sales-') && items.length > 0 ? reviewAt(addDays(endOfMonth(today), 1)) : undefined;
