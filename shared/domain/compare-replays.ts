/**
 * Sets two replays side by side: messages, touches, workload, ceilings reached, and every difference with its cause.
 * From: `replay-policies.ts`, or what the journal says was sent. Next: the route and tests.
 */
import type { Day } from './calendar.ts';
import type { HashText } from './document-ids.ts';
import type { Entry } from './entry.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { stepOfFact, type ReplayedAccount, type ReplayedStep } from './replay-policies.ts';

export type ReplaySide = {
  messages: number;
  calls: number;
  tasks: number;
  capHits: number;
  accountsTouched: number;
  mostTouchesOfOne: number;
  asked: Record<Currency, AmountMinor>;
  /** Of every step: the same inputs have the same. */
  hash: string;
};

export const sideOf = (accounts: readonly ReplayedAccount[], hashText: HashText): ReplaySide => {
  const steps = accounts.flatMap((one) => one.steps);
  const count = (channel: string): number => steps.filter((one) => one.channel === channel).length;
  const touches = accounts.map((one) => one.steps.filter(({ channel }) => channel !== 'task').length);
  const asked: Record<Currency, AmountMinor> = {};
  for (const { channel, sums } of steps)
    if (channel === 'mail')
      for (const [currency, amount] of Object.entries(sums))
        asked[currency] = sum(asked[currency] ?? zero, amount);
  return {
    ...{ messages: count('mail'), calls: count('call'), tasks: count('task'), asked },
    capHits: accounts.reduce((all, one) => all + one.capHits.length, 0),
    accountsTouched: touches.filter((number) => number > 0).length,
    mostTouchesOfOne: touches.reduce((most, number) => Math.max(most, number), 0),
    hash: hashText(JSON.stringify(steps.map(nameOf))),
  };
};

const nameOf = ({ accountId, on, channel, stage, text = '', sums }: ReplayedStep): string =>
  JSON.stringify([accountId, on, channel, stage, text, Object.entries(sums).toSorted()]);

export type ReplayDifference = {
  accountId: string;
  on: Day;
  live?: ReplayedStep;
  other?: ReplayedStep;
  cause: string;
};

/** Pairs what both did to an account on a day through a channel; what is left has no counterpart. */
export const replayDifferences = (
  live: readonly ReplayedStep[],
  other: readonly ReplayedStep[],
  causeOf: (live: ReplayedStep | undefined, other: ReplayedStep | undefined) => string,
): ReplayDifference[] => {
  const places = new Map<string, { live?: ReplayedStep; other?: ReplayedStep }>();
  const put = (steps: readonly ReplayedStep[], side: 'live' | 'other'): void => {
    for (const step of steps) {
      const place = JSON.stringify([step.accountId, step.on, step.channel]);
      places.set(place, { ...places.get(place), [side]: step });
    }
  };
  put(live, 'live');
  put(other, 'other');
  return [...places.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, pair]) => {
      const [one, two] = [pair.live, pair.other];
      if (one !== undefined && two !== undefined && nameOf(one) === nameOf(two)) return [];
      const { accountId, on } = (one ?? two)!;
      return [{ accountId, on, ...pair, cause: causeOf(one, two) }];
    });
};

export const causeOfPolicies = (one: ReplayedStep | undefined, two: ReplayedStep | undefined): string => {
  if (one === undefined) return 'only-other';
  if (two === undefined) return 'only-live';
  if (one.stage !== two.stage) return 'other-stage';
  return one.text === two.text ? 'other-sum' : 'other-text';
};

/** What the journal says was done: messages planned, as they were planned last, calls and tasks that were made. */
export const stepsSent = (
  entries: readonly Entry[],
  accountId: string,
  from: Day,
  to: Day,
): ReplayedStep[] => {
  const steps = new Map<string, ReplayedStep>();
  for (const fact of entries.flatMap(({ facts }) => facts)) {
    if (fact.kind !== 'messagePlanned' && fact.kind !== 'taskCreated') continue;
    // planned anew on a later day, it is still the message of its first
    const { on } = (fact.kind === 'messagePlanned' && steps.get(fact.message.id)) || fact;
    if (on < from || on > to) continue;
    if (fact.kind === 'messagePlanned') steps.set(fact.message.id, { ...stepOfFact(fact, accountId), on });
    else if (fact.task.stage > 0) steps.set(fact.task.id, stepOfFact(fact, accountId));
  }
  return [...steps.values()];
};
