/**
 * Seeds the demo company over HTTP alone: companies, two years of history, then day by day until the one it is shown on.
 * From: a fresh local Azure whose clock stands before the first day. Next: a company at work, with its stories.
 */
import { callsTo, type Addresses, type Calls } from './calls.ts';
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
  const all = 1 + worlds.length + workdays.length;
  onStep(0, all, 'companies and their people');
  await setUp(calls);
  for (const [at, world] of worlds.entries()) {
    onStep(1 + at, all, `two years of ${world.plan.legalName}`);
    await sendPast(calls, world, from);
  }
  for (const [at, day] of workdays.entries()) {
    onStep(1 + worlds.length + at, all, day);
    await workDay(calls, worlds, { since: workdays[at - 1] ?? '', day });
  }
  onStep(all, all, 'ready');
};

const sendPast = async (calls: Calls, world: World, from: string): Promise<void> => {
  const { id: company } = world.plan;
  const files = [
    ['customers', customerFile(world)],
    ['contacts', contactFile(world)],
    ['sales', salesFile(world, startOn)],
    ['closedItems', historyFile(world, dayAfter(startOn, -1), from)],
  ] as const;
  for (const [kind, text] of files) {
    const answer = await calls.upload('ARC', { company, name: `${kind}.csv`, kind, source: 'erp', text });
    if (answer.state !== 'done' || answer.rows.rejected > 0) throw new Error(JSON.stringify(answer));
  }
};
