/**
 * Which follow-ups a call settles, and how they are there again when it is taken back: who called need not tick off what
 * they called for, and the next account is first in the list.
 * From: open tasks of an account, the call. Next: facts of the append that logs or takes back the call.
 */
import type { Day } from './calendar.ts';
import type { OpenTask } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import { waitingActs } from './worklist-of-account.ts';

type Made = { at: string; on: Day; isTalk: boolean };

/**
 * Follow-ups and calls that were asked for, as far as their day has come; while nobody was reached not a call that was asked
 * for at a later hour.
 */
export const settledBy = (tasks: readonly OpenTask[], { at, on, isTalk }: Made): OpenTask[] =>
  tasks.filter(
    (task) =>
      waitingActs.includes(task.act) &&
      (task.dueOn ?? task.createdOn) <= on &&
      (isTalk || task.at === undefined || task.at <= at),
  );

export const settledFacts = (tasks: readonly OpenTask[], on: Day): Fact[] =>
  tasks.map(({ id }): Fact => ({ kind: 'taskEnded', taskId: id, as: 'done', outcome: 'called', on }));

/** As they were, without what somebody has set since. */
export const openAgain = (settled: readonly OpenTask[], tasks: readonly OpenTask[], on: Day): Fact[] =>
  settled
    .filter(({ id }) => tasks.every((task) => task.id !== id))
    .map((task): Fact => ({
      kind: 'taskCreated',
      task: { ...task, does: ['collector'], sums: {}, items: [] },
      on,
    }));
