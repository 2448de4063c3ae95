/**
 * Seeds the demo company over HTTP alone: companies, two years of history, then day by day until the one it is shown on.
 * From: a fresh local Azure whose clock stands before the first day. Next: a company at work, with its stories.
 */
import { callsTo, type Addresses, type Calls, type File } from './calls.ts';
import { contactFile, customerFile, historyFile, salesFile } from './files.ts';
import { dayAfter, daysFrom, isWeekend } from './numbers.ts';
import { gmbh, historyFrom, inc, ltd, startOn, today } from './plan.ts';
import { ofGmbh, ofInc, ofLtd } from './stories-ledger.ts';
import { workDay } from './days.ts';
import { setUp } from './set-up.ts';
import { makeWorld, type World } from './world.ts';

/** The clock it begins at. */
export const beginsAt = `${startOn}T03:00:00Z`;

/** Hears how far it is: `done` of `all` steps. */
export type OnStep = (done: number, all: number, what: string) => void;

/**
 * @param from the first day of what was billed and paid before; each customer's first invoice is there in any case.
 * @throws when the product refuses a step: the demo is not whole then.
 */
export const seedDemo = async (at: Addresses, onStep: OnStep, from = historyFrom): Promise<void> => {
  const calls = callsTo(at);
  const worlds = [makeWorld(ltd, ofLtd), makeWorld(gmbh, ofGmbh), makeWorld(inc, ofInc)];
  const days = Array.from({ length: daysFrom(startOn, today) + 1 }, (_, at) => dayAfter(startOn, at));
  const workdays = days.filter((day) => !isWeekend(day));
  const steps: [string, () => Promise<void>][] = [
    ['companies and their people', () => setUp(calls)],
    ['customers, and what was sold to them', () => sendPast(calls, worlds.flatMap(customersOf))],
    ['whom to write to', () => sendPast(calls, worlds.map(contactsOf))],
    [
      'two years of invoices',
      () =>
        sendPast(
          calls,
          worlds.map((world) => historyOf(world, from)),
        ),
    ],
    ...workdays.map((day, at): [string, () => Promise<void>] => [
      day,
      () => workDay(calls, worlds, { since: workdays[at - 1] ?? '', day }),
    ]),
  ];
  for (const [at, [what, take]] of steps.entries()) {
    onStep(at, steps.length, what);
    await take();
  }
  onStep(steps.length, steps.length, 'ready');
};

const pastOf = ({ plan }: World, kind: File['kind'], text: string): File => ({
  ...{ company: plan.id, name: `${kind}.csv`, kind, source: 'erp', text },
});
const customersOf = (world: World): File[] => [
  pastOf(world, 'customers', customerFile(world)),
  pastOf(world, 'sales', salesFile(world, startOn)),
];
const contactsOf = (world: World): File => pastOf(world, 'contacts', contactFile(world));
const historyOf = (world: World, from: string): File =>
  pastOf(world, 'closedItems', historyFile(world, dayAfter(startOn, -1), from));

const sendPast = async (calls: Calls, files: readonly File[]): Promise<void> => {
  for (const answer of await calls.upload('ARC', files))
    if (answer.state !== 'done' || answer.rows.rejected > 0) throw new Error(JSON.stringify(answer));
};
