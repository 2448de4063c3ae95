/**
 * What a month costs, all in, on the whole local Azure: each night's file of open items, each morning's looks, reminders
 * released and sent, the ticks of every five minutes; and how much work a nightly file makes.
 * From: invented invoices, fifty to an account, over HTTP as an ERP and its people would. Next: lines with the targets of the
 * architecture. Two companies, one four times the other: what each invoice adds is told by their difference, and what goes
 * by the clock alone falls out of it.
 */
import { peopleOf } from '../../scripts/walk/set-up.ts';
import { dayAfter, numbersFrom, openOn, type Closed } from '../support/series.ts';
import { azureOf } from '../local/kill/import-world.ts';
import { startLocalProcess } from '../support/local-process.ts';
import { stepsOf } from '../walk/killed-walk.ts';
import type { Bench } from './kit.ts';

const [few, many, days] = [1_000, 4_000, 30];
const invoicesPerAccount = 50;
const firstOn = '2026-06-01';
const nights = Array.from({ length: days }, (_, night) => dayAfter(firstOn, night));

/** Posted evenly over the month, due after two weeks at most, paid up to 25 days after they were posted. */
const invented = (count: number): Closed[] => {
  const below = numbersFrom(7);
  return Array.from({ length: count }, (_, n) => {
    const postedOn = dayAfter(firstOn, Math.floor((n * days) / count));
    return {
      number: `N${n + 1}`,
      account: `A${n % (count / invoicesPerAccount)}`,
      postedOn,
      dueOn: dayAfter(postedOn, below(15)),
      clearedOn: dayAfter(postedOn, 2 + below(24)),
      currency: 'USD',
      cents: BigInt(1_000 + below(400_000)),
    };
  });
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

/** What was spent after the set-up, up to the end. */
const monthOf = async (closed: readonly Closed[]): Promise<Spent> => {
  const local = startLocalProcess(['--memory', '--at', `${firstOn}T12:00:00Z`]);
  try {
    await local.ready;
    const azure = azureOf(local);
    const people = peopleOf(azure);
    const spent = async (): Promise<Spent> =>
      spentIn((await (await fetch(`${local.url('admin')}/admin/status`)).json()) as Status);
    const [setUp, ...rest] = stepsOf(closed, nights);
    await setUp!(azure, people);
    const before = await spent();
    for (const step of rest) await step(azure, people);
    await azure.moveTo();
    const after = await spent();
    return { units: after.units - before.units, messages: after.messages - before.messages };
  } finally {
    await local.end('SIGTERM');
  }
};

export const monthBench: Bench = {
  name: 'month',
  run: async () => {
    const [small, large] = [await monthOf(invented(few)), await monthOf(invented(many))];
    const added = (name: keyof Spent): number => (large[name] - small[name]) / (many - few);
    const units = added('units') * 100_000;
    const rows = rowsOf(invented(many)) - rowsOf(invented(few));
    const messages = ((large.messages - small.messages) / rows) * 100;
    return [
      {
        ...{ job: '100k invoices a month, all in', figure: units / 1_000_000, unit: 'M RU' },
        ...{ target: '≤ 4', met: units <= 4_000_000 },
      },
      {
        ...{ job: 'executions for 100 rows of nightly files', figure: messages, unit: 'messages' },
        ...{ target: '≤ 1', met: messages <= 1 },
      },
    ];
  },
};
