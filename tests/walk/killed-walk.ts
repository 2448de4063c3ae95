/**
 * A walk of some nights on a local Azure that is killed with `kill -9` wherever it is, and goes on where it was.
 * From: `startLocalProcess`, the walk's own steps. Next: `kills.test.ts` compares one end with another.
 */
import { accountAnswer } from '../../shared/contracts/accounts.ts';
import { messagesAnswer } from '../../shared/contracts/mail-desk.ts';
import { rowsByAddress, wrongIn } from '../../scripts/walk/asked-check.ts';
import { mailsAfter, type ArrivedMail } from '../../scripts/walk/mailbox.ts';
import { itemColumns, readResults } from '../../scripts/walk/results.ts';
import { peopleOf, setUpCompany, walkCompany, type WalkPeople } from '../../scripts/walk/set-up.ts';
import { addressOf, sendContacts, setUpDunning } from '../../scripts/walk/set-up-dunning.ts';
import type { WalkAzure } from '../../scripts/walk/azure.ts';
import { untilSettled, uploadFile } from '../../scripts/walk/upload.ts';
import { workDay } from '../../scripts/walk/work-day.ts';
import { azureOf } from '../local/kill/import-world.ts';
import { startLocalProcess, type LocalProcess } from '../support/local-process.ts';
import { dayAfter, openOn, snapshotText, type Closed } from '../support/series.ts';

type Step = (azure: WalkAzure, people: WalkPeople) => Promise<unknown>;

/** The clock only goes forward: where a killed walk was there already, it stays. */
const forgiving = (azure: WalkAzure): WalkAzure => ({
  ...azure,
  moveTo: async (instant) => {
    if (instant === undefined || Date.parse(instant) > Date.parse(await azure.now()))
      await azure.moveTo(instant);
  },
});

const accountsOf = (closed: readonly Closed[]): string[] =>
  [...new Set(closed.map(({ account }) => account))].toSorted();

/** Each step may be begun again after a kill in the middle of it. */
export const stepsOf = (closed: readonly Closed[], nights: readonly string[]): Step[] => [
  (azure) => setUpCompany(azure), // a step of its own: two days later the same calls are new ones
  (azure, people) => setUpDunning(azure, people, dayAfter(nights[0]!, -60)),
  (azure, people) => sendContacts(azure, people, accountsOf(closed)),
  ...nights.flatMap((day): Step[] => [
    (azure) => azure.moveTo(`${dayAfter(day, 1)}T00:30:00Z`),
    (_azure, people) => takeFile(people, day, snapshotText(openOn(closed, day))),
    (azure) => azure.moveTo(),
    (azure, people) => workDay(azure, people, dayAfter(day, 1), '0'),
  ]),
];

const takeFile = async ({ manager }: WalkPeople, day: string, text: string): Promise<void> => {
  const file = { name: `${day}.csv`, bytes: Buffer.from(text), kind: 'snapshot' as const };
  const report = await uploadFile(manager, { ...file, asOf: `${day}T23:59:59Z` }, () => undefined);
  if (report.state === 'done') return;
  const path = `/api/imports/${walkCompany}/${report.importId}`;
  await manager.write('POST', `${path}/release`, { reason: 'the series is known to be whole' });
  const after = await untilSettled(manager, path, () => undefined, true);
  if (after.state !== 'done') throw new Error(`the file of ${day} is ${after.state}`);
};

/**
 * Three minutes go by after a start, as they would: a mail claimed in the life before is asked for after one, and nobody
 * is to know of it only after four.
 */
const letPass = async (local: LocalProcess): Promise<void> => {
  const body = JSON.stringify({ to: 'PT3M' });
  const answer = await fetch(`${local.url('admin')}/admin/clock`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
};

/** Where a life ends: so many steps on, and so many milliseconds into the next one. */
export type Death = { afterSteps: number; afterMs: number };

/** Runs steps from the given one on until it is killed. @returns the step it was at. */
export const runUntilKilled = async (
  stateDir: string,
  steps: readonly Step[],
  from: number,
  { afterSteps, afterMs }: Death,
): Promise<number> => {
  const local = startLocalProcess(['--state', stateDir]);
  const die = () => local.child.kill('SIGKILL');
  let at = from;
  let killing: NodeJS.Timeout | undefined;
  try {
    await local.ready;
    await letPass(local);
    const azure = forgiving(azureOf(local));
    const people = peopleOf(azure);
    for (; at < steps.length; at += 1) {
      if (at === from + afterSteps) killing = setTimeout(die, afterMs);
      await steps[at]!(azure, people);
    }
  } catch (fault) {
    if (!local.child.killed) throw saying(local, fault);
  } finally {
    clearTimeout(killing);
    await local.end('SIGKILL');
  }
  return at;
};

const saying = (local: LocalProcess, cause: unknown): Error =>
  new Error(`it did not end; the host said:\n${local.output().slice(-4_000)}`, { cause });

/** Runs the rest of the steps and reads all that came of them. @param wrong says what is wrong in a mail. */
export const finish = async (
  where: readonly string[],
  steps: readonly Step[],
  from: number,
  wrong: (mail: ArrivedMail) => string[],
) => {
  const local = startLocalProcess([...where]);
  try {
    await local.ready;
    await letPass(local);
    const azure = forgiving(azureOf(local));
    const people = peopleOf(azure);
    for (const step of steps.slice(from)) await step(azure, people);
    await azure.moveTo();
    return await endOf(azure, people, wrong);
  } catch (fault) {
    throw saying(local, fault);
  } finally {
    await local.end('SIGTERM');
  }
};

/** What no mail may be: one that asks for what the newest file does not hold, or that names an item of somebody else. */
export const wrongBy = (closed: readonly Closed[], nights: readonly string[]) => {
  const files = nights.map((day) => rowsByAddress(Buffer.from(snapshotText(openOn(closed, day))), 'USD'));
  const holders = new Map(closed.map(({ number, account }) => [number, addressOf(account)]));
  return (mail: ArrivedMail): string[] => {
    const file = files[nights.findLastIndex((day) => day < mail.at.slice(0, 10))];
    const named = [...`${mail.subject} ${mail.plain}`.matchAll(/\bN\d+\b/g)].map(([number]) => number);
    const foreign = named.filter((number) => holders.get(number) !== mail.to);
    return [
      ...(file === undefined ? [`${mail.to} hears before the first file`] : wrongIn(mail, file)),
      ...foreign.map((number) => `${mail.to} is told of ${number}`),
    ];
  };
};

const endOf = async (azure: WalkAzure, people: WalkPeople, wrong: (mail: ArrivedMail) => string[]) => {
  const { items: rows, ...read } = await readResults(azure, people, [], [], []);
  const { openByCurrency, withheld, worklist } = read;
  // an export says besides at which instant it was made
  const items = rows.map((row) => Object.fromEntries(itemColumns.map((name) => [name, row[name]])));
  const accounts: Record<string, unknown> = {};
  for (const account of [...new Set(rows.map((item) => item.account))].toSorted())
    accounts[account] = await accountOf(people, account);
  const arrived = await mailsAfter(azure, '0');
  const mails = arrived.map(({ to, subject, plain }) => ({
    ...{ to, subject },
    plain: plain.replaceAll(/ at \d{2}:\d{2} UTC/g, ' at hh:mm UTC'), // the one thing that tells how long it took
  }));
  return {
    ...{ items, openByCurrency, withheld, worklist, accounts, wrong: arrived.flatMap(wrong) },
    mails: mails.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
};

const accountOf = async ({ manager }: WalkPeople, account: string) => {
  const path = `/api/accounts/${walkCompany}/${account}`;
  const { balances, stage } = accountAnswer.parse(await manager.get(path));
  const { messages } = messagesAnswer.parse(await manager.get(`${path}/messages?limit=50`));
  return { balances, stage, messages: messages.map(({ at: _at, ...message }) => message) };
};

export type End = Awaited<ReturnType<typeof finish>>;
