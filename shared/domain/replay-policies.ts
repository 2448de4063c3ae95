/**
 * Replays policies over the journal of one account, day by day (W1, R21, R27): what they would have asked for on each
 * day, had the messages of theirs been the ones that went out. Writes nothing, knows no clock.
 * From: the entries of an account, two sets of policies. Next: `compare-replays.ts`, the route, tests.
 * Money, promises, holds and cases happen as they did; messages and tasks of the past are left out, so that each policy
 * stands on its own. A cleared day known as a span counts as its end: what is said of it is a span too.
 */
import { newAccount, type Account, type AccountKey } from './account.ts';
import { addDays, dayAt, instantFromText, type Day } from './calendar.ts';
import { decidePlan } from './decide-plan.ts';
import type { PlanInput } from './planned-message.ts';
import type { DunningFrame } from './dunning-input.ts';
import type { Entry } from './entry.ts';
import { fold } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { AmountMinor, Currency } from './money.ts';
import { noteSent } from './message-life.ts';
import type { ReplayedMorning } from './replay-causes.ts';

/** One thing a policy would have done. */
export type ReplayedStep = {
  accountId: string;
  on: Day;
  channel: 'mail' | 'call' | 'task';
  stage: number;
  text?: string;
  sums: Readonly<Record<Currency, AmountMinor>>;
};

export type ReplayedAccount = {
  accountId: string;
  steps: readonly ReplayedStep[];
  /** Days on which a ceiling kept a message back. */
  capHits: readonly Day[];
  /** Items cleared on a day known as a span only. */
  spans: number;
};

export type ReplayFrame = {
  from: Day;
  to: Day;
  /** The frame of a day, at its morning's look. */
  frameOf: (day: Day) => DunningFrame;
  /** Calls and tasks count as done the day they are asked for; else when somebody ended them. */
  isWorkDone: boolean;
  /** What an account is judged by on a day, by the policies replayed. */
  inputOf: (account: Account, frame: DunningFrame) => Promise<PlanInput>;
  /** Told how the account stands at each morning's look, before it. */
  atMorning?: (day: Day, morning: ReplayedMorning) => void;
};

/** Facts of dunning's own past: another policy would have written others. */
const ofDunning: readonly Fact['kind'][] = [
  ...(['policyChosen', 'messagePlanned', 'messageReleased', 'messageClaimed', 'messageSent'] as const),
  ...(['messageInDoubt', 'messageWithheld', 'reminderWithheld', 'reminderFree', 'reviewPlanned'] as const),
  ...(['itemsCarried', 'carryingUndone'] as const),
];

/** What was before the first day stands as it was, reminders too: a replay goes on from there. */
const factsFor = ({ facts }: Entry, isBefore: boolean): readonly Fact[] =>
  isBefore ? facts : facts.filter((fact) => !isLeftOut(fact));

/** How a payer pays was learned then, whatever policy it has here. */
const asLearned = ({ head }: Account, fact: Fact): Fact => {
  const { policy } = head.dunning;
  if (fact.kind !== 'policyChosen' || policy === undefined) return fact;
  const { habit, on } = fact.policy;
  return { ...fact, policy: { ...policy, on, ...(habit === undefined ? {} : { habit }) } };
};

/** A replay makes its own of these. */
export const isLeftOut = (fact: Fact): boolean =>
  (ofDunning.includes(fact.kind) && !isLearned(fact)) ||
  (fact.kind === 'taskCreated' && fact.task.items.length > 0);

const isLearned = (fact: Fact): boolean => fact.kind === 'policyChosen' && fact.policy.habit !== undefined;

/** All of the account's entries from the first. */
export const replayAccount = async (
  key: AccountKey,
  entries: readonly Entry[],
  zone: string,
  { from, to, frameOf, inputOf, isWorkDone, atMorning }: ReplayFrame,
): Promise<ReplayedAccount> => {
  let account = newAccount(key);
  let next = 0;
  const steps: ReplayedStep[] = [];
  const capHits: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const frame = frameOf(day);
    const apply = (facts: readonly Fact[], isBefore: boolean): void => {
      const own = isBefore ? facts : facts.map((fact) => asLearned(account, fact));
      account = fold(account, own).account;
    };
    next = applyUntil(entries, next, frame, apply, from, zone);
    atMorning?.(day, { atMs: frame.now.epochMilliseconds, account });
    if (frame.reviewAt(day) > frame.now.toString()) continue;
    const input = await inputOf(account, frame);
    const facts = decidePlan(account, input, frame);
    if (isCapped(facts)) capHits.push(day);
    for (const fact of facts) steps.push(...stepsOf(fact, key.accountId));
    account = sentAtOnce(fold(account, facts.filter(isKept)).account, facts, day, isWorkDone);
  }
  return { accountId: key.accountId, steps, capHits, spans: spansOf(account, from) };
};

/** Entries known by the instant of a frame; those before the first day whole. */
const applyUntil = (
  entries: readonly Entry[],
  next: number,
  { now }: DunningFrame,
  apply: (facts: readonly Fact[], isBefore: boolean) => void,
  from: Day,
  zone: string,
): number => {
  let at = next;
  for (let entry = entries[at]; entry !== undefined; entry = entries[at]) {
    const instant = instantFromText(entry.at);
    if (instant.epochMilliseconds > now.epochMilliseconds) break;
    const isBefore = dayAt(instant, zone) < from;
    apply(factsFor(entry, isBefore), isBefore);
    at += 1;
  }
  return at;
};

const isCapped = (facts: readonly Fact[]): boolean =>
  facts.some((fact) => fact.kind === 'reminderWithheld' && fact.account.includes('frequency-cap'));

const isKept = ({ kind }: Fact): boolean => kind !== 'reviewPlanned';

const stepsOf = (fact: Fact, accountId: string): ReplayedStep[] =>
  fact.kind === 'messagePlanned' || (fact.kind === 'taskCreated' && fact.task.stage > 0)
    ? [stepOfFact(fact, accountId)]
    : [];

/** A message or piece of work as a step. */
export const stepOfFact = (
  fact: Extract<Fact, { kind: 'messagePlanned' | 'taskCreated' }>,
  accountId: string,
): ReplayedStep => {
  const { on } = fact;
  if (fact.kind === 'messagePlanned') {
    const { stage, text, sums } = fact.message;
    return { accountId, on, channel: 'mail', stage, text, sums };
  }
  const { act, stage, text, sums } = fact.task;
  const channel = act === 'call' ? 'call' : 'task';
  return { accountId, on, channel, stage, sums, ...(text === undefined ? {} : { text }) };
};

/** Nobody releases anything in a replay: what is planned counts as sent on its day, what is asked of people as done. */
const sentAtOnce = (account: Account, facts: readonly Fact[], on: Day, isWorkDone: boolean): Account => {
  let after = account;
  for (const fact of facts) {
    if (isWorkDone && fact.kind === 'taskCreated' && fact.task.stage > 0)
      after = fold(after, [{ kind: 'taskEnded', taskId: fact.task.id, as: 'done', on }]).account;
    if (fact.kind !== 'messagePlanned') continue;
    const { message } = fact;
    const claimed: Fact[] = [
      ...message.needs.map((as): Fact => ({
        kind: 'messageReleased',
        messageId: message.id,
        as,
        by: 'replay',
        on,
      })),
      { kind: 'messageClaimed', messageId: message.id, operationId: 'replay', at: '', on },
    ];
    after = fold(after, claimed).account;
    const sent = noteSent(after, message, on);
    if (sent.ok) after = fold(after, sent.value).account;
  }
  return after;
};

const spansOf = ({ items }: Account, from: Day): number =>
  [...items.values()].filter(
    ({ clearedBetween }) => clearedBetween !== undefined && clearedBetween.toAt >= from,
  ).length;
