/**
 * The track of a customer that says to have paid (`defaults.md` §4.4): a clerk traces the money by the third business day
 * of the hold; found, the hold is lifted by whoever posts it; not found, somebody calls once the hold is over.
 * From: the holds and tasks of the head, as `run-tracks.ts` looks at them. Next: facts of the same append.
 */
import type { Account, AccountHead, Hold } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import type { NewTask } from './dunning-facts.ts';
import type { Fact } from './facts.ts';
import { saysPaid } from './says-paid.ts';

type Frame = { today: Day; calendar: BusinessCalendar };

/** What calls, the portal and this track name the work of finding the money. */
const traceAct = 'trace-payment';
const traceAfterBusinessDays = 3;
const traceId = ({ id }: Hold): string => `task:saysPaid:${id}:trace`;
const callId = ({ id }: Hold): string => `task:saysPaid:${id}:call`;

const holdsOf = ({ holds }: Pick<AccountHead, 'holds'>): Hold[] =>
  holds.filter(({ code }) => code === saysPaid);

/** The day it is traced on, and the first after it. */
export const saysPaidDays = (head: Pick<AccountHead, 'holds'>, calendar: BusinessCalendar): Day[] =>
  holdsOf(head).flatMap(({ placedOn, untilOn }) => [
    addBusinessDays(placedOn, traceAfterBusinessDays, calendar),
    ...(untilOn === undefined ? [] : [addDays(untilOn, 1)]),
  ]);

export const saysPaidFacts = ({ head, items }: Account, frame: Frame): Fact[] => {
  const { today: on } = frame;
  const holds = holdsOf(head);
  const tasks = head.dunning.tasks ?? [];
  const isTracing = tasks.some(({ act }) => act === traceAct);
  const over = holds.filter(({ untilOn }) => untilOn !== undefined && untilOn < on);
  const standing = holds.filter((hold) => !over.includes(hold));
  const traced = standing.filter(
    ({ placedOn }) => on >= addBusinessDays(placedOn, traceAfterBusinessDays, frame.calendar),
  );
  const ended = tasks.filter(({ id }) => isOfTrack(id) && !standing.some((hold) => traceId(hold) === id));
  return [
    ...(isTracing ? [] : traced.slice(0, 1).map((hold) => created(task(traceId(hold), traceAct, frame), on))),
    ...over.flatMap((hold): Fact[] => [
      { kind: 'holdLifted', holdId: hold.id, on },
      ...(isOpen(hold, items) ? [created(task(callId(hold), 'call', frame), on)] : []),
    ]),
    ...ended.map(({ id: taskId }): Fact => ({ kind: 'taskEnded', taskId, as: 'done', on })),
  ];
};

const isOfTrack = (taskId: string): boolean =>
  taskId.startsWith('task:saysPaid:') && taskId.endsWith(':trace');

/** Whether anything it held is still owed; a hold of the whole account says so by any item. */
const isOpen = ({ itemIds }: Hold, items: Account['items']): boolean =>
  [...items.values()].some(({ id, open }) => open > 0 && (itemIds === undefined || itemIds.includes(id)));

const created = (task: NewTask, on: Day): Fact => ({ kind: 'taskCreated', task, on });

const task = (id: string, act: string, { today, calendar }: Frame): NewTask => ({
  ...{ id, act, stage: 0, createdOn: today, sums: {}, items: [] },
  ...{ does: [act === traceAct ? 'arClerk' : 'collector'], dueOn: addBusinessDays(today, 1, calendar) },
});
