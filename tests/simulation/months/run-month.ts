/**
 * One month from a seed: 20 accounts, 30 days, everything that can go wrong; after each step all that must hold is looked
 * at. Then nothing fails for some days and all must settle (O1).
 * From: a seed. Next: `months*.test.ts`, `scripts/simulate.ts`. The same seed is the same month.
 */
import { createHash } from 'node:crypto';
import { renewRows } from '../../../functions/collections/renew-rows.ts';
import { wakeCases } from '../../../functions/disputes/wake-cases.ts';
import { beginFinding } from '../../../functions/dunning/find-due.ts';
import { reconcileEvents } from '../../../functions/portal/reconcile-events.ts';
import { textOfInstant } from '../../../shared/domain/calendar.ts';
import { checksOf } from './checks.ts';
import { contactChecksOf } from './contact-checks.ts';
import { customersOf } from './customers.ts';
import { accountIds, erpOf, type Erp } from './erp.ts';
import { listFaults } from './lists.ts';
import { mailboxOf } from './mailbox-checks.ts';
import { morningsOf } from './mornings.ts';
import { replayMonth, type Replayed } from './replayed.ts';
import { reportFaults } from './reports.ts';
import { staffOf } from './staff.ts';
import { textChecksOf } from './text-checks.ts';
import { monthOf, type Month, type MonthOptions } from './world.ts';

export const days = 30;
const calmDays = 3;
const mostSteps = 200_000;

export type Lived = {
  seed: number;
  steps: number;
  mails: number;
  agreed: number;
  replayed: Replayed;
  trace: string;
};

/** What is wrong, where and when, and how to see it again. */
export class Broken extends Error {
  constructor({ seed, agenda }: Month, step: number, what: string, found: readonly string[]) {
    const at = `seed ${seed}, step ${step} (${what}) at ${textOfInstant(agenda.now())}`;
    super(`${at}: ${found.join('; ')}\nAgain: npm run simulate -- --seeds 1 --from ${seed}`);
    this.name = 'Broken';
  }
}

/** @throws Broken at the first step after which something does not hold. */
export const liveMonth = async (options: MonthOptions): Promise<Lived> => {
  const underWay = await setOut(options);
  while (underWay.month.agenda.nextMs() < Infinity) await underWay.step();
  return underWay.end();
};

export type UnderWay = Awaited<ReturnType<typeof setOut>>;

/** A month at its beginning, to be lived step by step. */
export const setOut = async (options: MonthOptions) => {
  const month = await monthOf(options);
  const { agenda, journal } = month;
  const mailbox = mailboxOf(journal);
  const erp = await erpOf(month);
  const customers = customersOf({ month, erp, answered: mailbox.answered });
  const mornings = morningsOf(month);
  const contacts = contactChecksOf(month, erp.countryOf);
  const texts = textChecksOf(month.parts.mail.links, erp.languageOf);
  month.hearTaken(mailbox.taken);
  month.hearTaken(contacts.taken);
  month.hearTaken(texts.taken);
  month.hearTaken(customers.read);
  const check = checksOf(month, journal);
  const feeds: string[] = [];
  plan(month, erp, customers, mornings, feeds);
  let steps = 0;
  const step = async (): Promise<void> => {
    const next = agenda.next()!;
    steps += 1;
    if (steps > mostSteps) throw new Broken(month, steps, next.what, ['O1 it never ends']);
    await next.run().catch((fault: unknown) => {
      throw new Broken(month, steps, next.what, [
        fault instanceof Error ? (fault.stack ?? fault.message) : String(fault),
      ]);
    });
    const told = [...mailbox.faults(), ...contacts.faults(), ...texts.faults(), ...feeds.splice(0)];
    const found = [...(await check.step()), ...told, ...(await mornings.faults())];
    if (found.length > 0) throw new Broken(month, steps, next.what, found);
  };
  /** @param isOneLife false: what was decided in hours the book forgot cannot be told by a replay. */
  const end = async (isOneLife = true): Promise<Lived> => {
    const left = [...(await check.end()), ...(await reportFaults(month)), ...unsettled(month)];
    const replayed = await replayMonth(month, days);
    const found = [...left, ...(isOneLife ? replayed.faults : [])];
    if (found.length > 0) throw new Broken(month, steps, 'end', found);
    const mails = month.mails.taken.length;
    const trace = traceOf(month);
    return { seed: month.seed, steps, mails, agreed: mornings.agreed(), replayed, trace };
  };
  return { month, erp, mailbox, contacts, feeds, step, end };
};

const plan = (
  month: Month,
  erp: Erp,
  customers: ReturnType<typeof customersOf>,
  mornings: ReturnType<typeof morningsOf>,
  feeds: string[],
): void => {
  const { agenda, atMs, draw } = month;
  const staff = staffOf(month);
  const at = (day: number, hour: number, what: string, run: () => Promise<unknown>): void =>
    agenda.at(atMs(day, hour), what, run);
  at(0, 3, 'found', async () => {
    await erp.found();
    month.begin();
  });
  for (let day = 0; day < days + calmDays; day += 1) {
    at(day, 4, 'night', () => (day < days ? erp.night(day) : Promise.resolve()));
    at(day, 8.5, 'morning', mornings.look);
    at(day, 12, 'morning over', mornings.over);
    if (month.hasLists) at(day, 18, 'lists', async () => void feeds.push(...(await listFaults(month))));
    for (const hour of [8.5, 9, 11, 14, 16]) ticks(month, day, hour);
    at(day, 10, 'desk', () => staff.desk(accountIds));
    if (day < days) people(month, day, customers, staff);
    at(day, 23, 'book', async () => void feeds.push(...(await erp.isBookAsFed())));
    if (draw.chance(month.profile.people.stopAll) && day < days) {
      at(day, 6 + draw.below(10), 'stop', () => staff.stop(true));
      at(day + 1, 5, 'go on', () => staff.stop(false));
    }
  }
  at(days, 3, 'calm', async () => month.calmDown());
};

const ticks = (month: Month, day: number, hour: number): void => {
  const { agenda, atMs, bus, draw, parts, call, profile } = month;
  const { tickLost, tickTwice, tickLateMs } =
    day < days ? profile.host : { tickLost: 0, tickTwice: 0, tickLateMs: 0 };
  if (draw.chance(tickLost)) return;
  for (let time = draw.chance(tickTwice) ? 2 : 1; time > 0; time -= 1) {
    const late = draw.chance(0.5) ? 0 : draw.rate(tickLateMs);
    const slot = new Date(atMs(day, hour)).toISOString();
    agenda.at(atMs(day, hour) + late, 'tick', async () => {
      bus.again(agenda.nowMs(), 'dunning tick', () => beginFinding(parts.dunning, slot, call()));
      bus.again(agenda.nowMs(), 'cases tick', () => wakeCases(slot, call(), parts.disputes));
      if (month.hasLists) renewLists(month, slot);
      bus.again(agenda.nowMs(), 'events tick', () =>
        reconcileEvents(parts.portal, { v: 1, job: 'events', slot }, call()),
      );
    });
  }
};

/** Hourly in the cloud, and at once where a host starts whose timer is past due. */
export const renewLists = ({ agenda, bus, parts, call }: Month, slot: string): void => {
  const lists = { ...parts.lists, settings: parts.dunning.settings };
  const tick = { v: 1, job: 'renew-worklist', slot } as const;
  bus.again(agenda.nowMs(), 'lists tick', () => renewRows(tick, call(), lists));
};

const people = (
  { agenda, atMs, draw }: Month,
  day: number,
  customers: ReturnType<typeof customersOf>,
  staff: ReturnType<typeof staffOf>,
): void => {
  for (const accountId of accountIds) {
    if (draw.chance(0.15))
      agenda.at(atMs(day, 7 + draw.rate(12)), 'customer', () => customers.act(accountId));
    if (draw.chance(0.06)) agenda.at(atMs(day, 8 + draw.rate(9)), 'staff', () => staff.act(accountId));
  }
};

/** O1: nothing is on its way any more but what waits for a person; nothing was given up that nobody may give up. */
const unsettled = ({ journal, bus }: Month): string[] => [
  ...[...journal.books.values()].flatMap(({ account: { head } }) => {
    const { message, notices = [] } = head.dunning;
    const states = [...(message === undefined ? [] : [message]), ...notices].map(({ id, state }) => ({
      id,
      state,
    }));
    return states
      .filter(({ state }) => state === 'claimed' || state === 'carrying')
      .map(({ id, state }) => `O1 ${id} of ${head.accountId} is still ${state}`);
  }),
  ...bus.parked
    .filter(({ why }) => !mayBeParked.test(why))
    .map(({ queue, why }) => `O1 ${queue} gave up: ${why}`),
];

const mayBeParked = /^(mail-refused|payment-differs)/;

/** One word for all that happened. */
const traceOf = ({ journal, mails }: Month): string => {
  const hash = createHash('sha256');
  for (const [id, { account }] of journal.books)
    hash.update(`${id} ${account.head.version} ${account.head.lastHash}\n`);
  for (const { operationId, atMs } of mails.taken) hash.update(`${operationId} ${atMs}\n`);
  return hash.digest('hex').slice(0, 16);
};
