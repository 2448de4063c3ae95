/**
 * The walk over a series of nightly snapshots: each night's file goes in, each morning's mails go out, each day's aging
 * is read.
 * From: `YYYY-MM-DD.csv`, beside it perhaps `YYYY-MM-DD.json` {rows, sums}. Next: `results.ts`.
 * The clock sleeps from night to night. A file held only because it shrank, and every mail that waits for somebody, is
 * released by the credit manager. No mail may ask for what the newest accepted file does not hold.
 */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import { accountsIn, rowsByAddress, wrongIn, type FileRows } from './asked-check.ts';
import { startAzure, type WalkAzure } from './azure.ts';
import { rowOfMail, type MessageRow } from './letters.ts';
import type { ArrivedMail } from './mailbox.ts';
import type { Progress } from './progress.ts';
import { readAgingOf, readResults, type AgingRow, type WalkResults } from './results.ts';
import { homeCurrency, setUpCompany, walkCompany, type WalkPeople } from './set-up.ts';
import { addressOf, sendContacts, setUpDunning } from './set-up-dunning.ts';
import { declaredBeside } from './declared.ts';
import { uploadFile, untilSettled } from './upload.ts';
import { workDay } from './work-day.ts';

export type Nights = {
  files: number;
  accepted: number;
  /** Released after they were held, by what held them. */
  released: Record<string, number>;
  /** Held still, or refused, by what held or refused them. */
  notTaken: Record<string, number>;
};

type Night = { day: Day; file: string };

export const walkSnapshots = async (directory: string, progress: Progress): Promise<WalkResults> => {
  const nights = nightsIn(directory);
  const azure = await startAzure(`${nights[0]!.day}T12:00:00Z`);
  try {
    const people = await setUpCompany(azure);
    const mornings = await morningsOf(azure, people, nights);
    const counted: Nights = { files: nights.length, accepted: 0, released: {}, notTaken: {} };
    const reports: ImportAnswer[] = [];
    const aging: AgingRow[] = [];
    for (const [index, night] of nights.entries()) {
      progress.at(index, nights.length, night.day);
      const report = await takeNight(azure, people, night, counted);
      reports.push(report);
      aging.push(...(await readAgingOf(people.executive, night.day)));
      await mornings.work(night, report.state === 'done');
    }
    progress.at(nights.length, nights.length, 'reading back');
    const days = nights.map(({ day }) => day);
    const results = await readResults(azure, people, reports, days, aging, mornings);
    return { ...results, nights: counted };
  } finally {
    progress.end();
    await azure.close();
  }
};

/** Everybody gets a contact before the first night; each morning's mails are compared as they arrive. */
const morningsOf = async (azure: WalkAzure, people: WalkPeople, nights: readonly Night[]) => {
  await setUpDunning(azure, people, nights[0]!.day);
  const accounts = [...new Set(nights.flatMap(({ file }) => accountsIn(readFileSync(file))))];
  if (accounts.length > 0) await sendContacts(azure, people, accounts);
  const accountAt = new Map(accounts.map((account) => [addressOf(account), account]));
  const sent: MessageRow[] = [];
  let accepted: FileRows = new Map();
  let last = '0';
  const work = async ({ day, file }: Night, isAccepted: boolean): Promise<void> => {
    if (isAccepted) accepted = rowsByAddress(readFileSync(file), homeCurrency, accepted);
    const mails = await workDay(azure, people, addDays(day, 1), last);
    last = mails.at(-1)?.id ?? last;
    for (const mail of mails) {
      checkMail(mail, accepted);
      sent.push(await rowOfMail(people, accountAt.get(mail.to) ?? '', mail));
    }
  };
  return { sent, isCompared: accounts.length > 0, work };
};

/** @throws at the first mail that asks for what the file does not hold. */
const checkMail = (mail: ArrivedMail, accepted: FileRows): void => {
  const wrong = wrongIn(mail, accepted);
  if (wrong.length > 0) throw new Error(`mail ${mail.id} of ${mail.at}: ${wrong.join('; ')}`);
};

/** @throws when there is no snapshot in the directory. */
const nightsIn = (directory: string): Night[] => {
  const names = readdirSync(directory)
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.csv$/.test(name))
    .toSorted();
  if (names.length === 0) throw new Error(`${directory} holds no file such as 2026-03-01.csv`);
  return names.map((name) => ({ day: dayFromText(name.slice(0, 10)), file: join(directory, name) }));
};

/** The file of a day comes in the night after it. */
const takeNight = async (
  azure: WalkAzure,
  { manager }: WalkPeople,
  { day, file }: Night,
  counted: Nights,
): Promise<ImportAnswer> => {
  await azure.moveTo(`${addDays(day, 1)}T00:30:00Z`);
  const beside = file.replace(/\.csv$/, '.json');
  const bytes = readFileSync(file);
  const upload = {
    ...{ name: `${day}.csv`, bytes, kind: 'snapshot' as const, asOf: `${day}T23:59:59Z` },
    ...(existsSync(beside) ? { declared: declaredBeside(readFileSync(beside, 'utf8')) } : {}),
  };
  let report = await uploadFile(manager, upload, () => undefined);
  if (report.state === 'held' && report.because?.code === 'snapshot-shrank') {
    add(counted.released, report.because.code);
    const path = `/api/imports/${walkCompany}/${report.importId}`;
    await manager.write('POST', `${path}/release`, { reason: 'the series is known to be whole' });
    await azure.moveTo(); // it goes on by a message
    report = await untilSettled(manager, path, () => undefined, true);
  }
  if (report.state === 'done') counted.accepted += 1;
  else add(counted.notTaken, report.because?.code ?? report.state);
  await azure.moveTo();
  return report;
};

const add = (counts: Record<string, number>, code: string): void => {
  counts[code] = (counts[code] ?? 0) + 1;
};
