/**
 * What a month of invoices costs, all in, on the whole local Azure, from the first file that names one to the last that does
 * not: each night's file of open items, each morning's looks, reminders released and sent, the ticks of every five
 * minutes; and how much work a nightly file makes.
 * From: invented invoices, fifty to an account, over HTTP as an ERP and its people would. Next: lines with the targets of the
 * architecture. Two companies, one four times the other: what each invoice adds is told by their difference, and what goes
 * by the clock alone falls out of it.
 * The target goes with the shape the architecture gives: 3 % of the accounts change in a night, so that an account's fifty
 * invoices come together. The hardest shape stands beside it: every account has new invoices and paid ones in every night.
 */
import { peopleOf } from '../../scripts/walk/set-up.ts';
import { dayAfter, numbersFrom, openOn, type Closed } from '../support/series.ts';
import { azureOf } from '../local/kill/import-world.ts';
import { startLocalProcess } from '../support/local-process.ts';
import { stepsOf } from '../walk/killed-walk.ts';
import type { Bench } from './kit.ts';

const [few, many, days] = [1_000, 4_000, 30];
const invoicesPerAccount = 50;
const longestOpenDays = 26;
const firstOn = '2026-06-01';
const nights = Array.from({ length: days + longestOpenDays }, (_, night) => dayAfter(firstOn, night));

type Dates = Pick<Closed, 'postedOn' | 'dueOn' | 'clearedOn'>;
/** The dates of invoice `n` of `count`, which is one of account `account` of `accounts`. */
type Shape = (at: { n: number; count: number; account: number; accounts: number }) => Dates;

/** Due after two weeks at most, paid up to 25 days after they were posted. */
const paidLate = (postedOn: string, below: (most: number) => number): Dates => ({
  postedOn,
  dueOn: dayAfter(postedOn, below(15)),
  clearedOn: dayAfter(postedOn, 2 + below(longestOpenDays - 2)),
});

/** Posted evenly over the month, each with days of its own: every account changes in every night. */
const everyNight = (): Shape => {
  const below = numbersFrom(7);
  return ({ n, count }) => paidLate(dayAfter(firstOn, Math.floor((n * days) / count)), below);
};

/** An account is billed once in the month, all together, and pays all together: 3 % of the accounts are billed in a night. */
const together = (): Shape => {
  const below = numbersFrom(7);
  const of = new Map<number, Dates>();
  return ({ account, accounts }) => {
    const postedOn = dayAfter(firstOn, Math.floor((account * days) / accounts));
    const known = of.get(account) ?? paidLate(postedOn, below);
    of.set(account, known);
    return known;
  };
};

/** One account never pays, in each company the same: no file is empty, which would be held. */
const lasting: readonly Closed[] = Array.from({ length: invoicesPerAccount }, (_, n) => ({
  ...{ number: `L${n + 1}`, account: 'L', currency: 'USD', cents: 50_000n },
  ...{ postedOn: firstOn, dueOn: '2027-01-31', clearedOn: '2027-02-28' },
}));

const invented = (count: number, shape: Shape): Closed[] => {
  const below = numbersFrom(8);
  const accounts = count / invoicesPerAccount;
  const paid = Array.from({ length: count }, (_, n) => ({
    number: `N${n + 1}`,
    account: `A${n % accounts}`,
    ...shape({ n, count, account: n % accounts, accounts }),
    currency: 'USD',
    cents: BigInt(1_000 + below(400_000)),
  }));
  return [...lasting, ...paid];
};

/** A nightly file names every open item again. */
const rowsOf = (closed: readonly Closed[]): number =>
  nights.reduce((sum, day) => sum + openOn(closed, day).length, 0);

type Status = Record<string, Record<string, number | string>>;
/** `messages`: of imports, each of which is worked once. */
type Spent = { units: number; messages: number };
const ofImports = new Set(['sent imports', 'sent snapshots', 'sent account-postings']);

/** Of all services: charges stand as `ru …`, messages as `sent …`. */
const spentIn = (status: Status): Spent => {
  const all = Object.values(status).flatMap((counts) => Object.entries(counts ?? {}));
  const sumOf = (is: (name: string) => boolean): number =>
    all.filter(([name]) => is(name)).reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    units: sumOf((name) => name.startsWith('ru ')),
    messages: sumOf((name) => ofImports.has(name)),
  };
};

/** Company, policies, a contact of each account: once, and not every month. */
const stepsOfSetUp = 3;

/** What was spent after the set-up, up to the end. */
const monthOf = async (closed: readonly Closed[]): Promise<Spent> => {
  const local = startLocalProcess(['--memory', '--at', `${firstOn}T12:00:00Z`]);
  try {
    await local.ready;
    const azure = azureOf(local);
    const people = peopleOf(azure);
    const spent = async (): Promise<Spent> =>
      spentIn((await (await fetch(`${local.url('admin')}/admin/status`)).json()) as Status);
    const steps = stepsOf(closed, nights);
    for (const step of steps.slice(0, stepsOfSetUp)) await step(azure, people);
    await azure.moveTo();
    const before = await spent();
    for (const step of steps.slice(stepsOfSetUp)) await step(azure, people);
    await azure.moveTo();
    const after = await spent();
    return { units: after.units - before.units, messages: after.messages - before.messages };
  } finally {
    await local.end('SIGTERM');
  }
};

/** What 100,000 invoices add, and how many messages 100 rows of nightly files make. */
const addedBy = async (shapeOf: () => Shape): Promise<{ megaUnits: number; messages: number }> => {
  const [smaller, larger] = [invented(few, shapeOf()), invented(many, shapeOf())];
  const [small, large] = [await monthOf(smaller), await monthOf(larger)];
  const rows = rowsOf(larger) - rowsOf(smaller);
  return {
    megaUnits: ((large.units - small.units) / (many - few)) * (100_000 / 1_000_000),
    messages: ((large.messages - small.messages) / rows) * 100,
  };
};

export const monthBench: Bench = {
  name: 'month',
  run: async () => {
    const month = await addedBy(together);
    const hardest = await addedBy(everyNight);
    return [
      {
        ...{ job: '100k invoices a month, all in', figure: month.megaUnits, unit: 'M RU' },
        ...{ target: '≤ 4', met: month.megaUnits <= 4 },
      },
      {
        ...{ job: 'executions for 100 rows of nightly files', figure: month.messages, unit: 'messages' },
        ...{ target: '≤ 1', met: month.messages <= 1 },
      },
      { job: 'the same, every account changed every night', figure: hardest.megaUnits, unit: 'M RU' },
    ];
  },
};
