/**
 * What facts make of the open tasks the head keeps, newest first.
 * From: `evolve-dunning.ts`. Next: the same.
 */
import type { DunningHeadFact } from './dunning-facts.ts';
import { mostTasksKept, type DunningPosition } from './dunning-position.ts';

export const withTask = (
  before: DunningPosition,
  { task }: Extract<DunningHeadFact, { kind: 'taskCreated' }>,
): DunningPosition => {
  const { id, act, stage, createdOn, dueOn, at } = task;
  const open = (before.tasks ?? []).filter((one) => one.id !== id);
  const timed = { ...(dueOn === undefined ? {} : { dueOn }), ...(at === undefined ? {} : { at }) };
  const kept = { id, act, stage, createdOn, ...timed };
  return { ...before, tasks: [kept, ...open].slice(0, mostTasksKept) };
};
