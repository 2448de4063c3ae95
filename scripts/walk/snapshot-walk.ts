/**
 * The walk over a series of nightly snapshots: each night's file goes in, each day's aging comes out.
 * From: `YYYY-MM-DD.csv`, beside it perhaps `YYYY-MM-DD.json` {rows, sums}. Next: `results.ts`.
 * The clock sleeps from night to night. A file held only because it shrank is released by the credit manager.
 */
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import { startAzure, type WalkAzure } from './azure.ts';
import type { Progress } from './progress.ts';
import { readAgingOf, readResults, type AgingRow, type WalkResults } from './results.ts';
import { setUpCompany, walkCompany, type WalkPeople } from './set-up.ts';
import { declaredBeside } from './declared.ts';
import { uploadFile, untilSettled } from './upload.ts';

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
    const counted: Nights = { files: nights.length, accepted: 0, released: {}, notTaken: {} };
    const reports: ImportAnswer[] = [];
    const aging: AgingRow[] = [];
    for (const [index, night] of nights.entries()) {
      progress.at(index, nights.length, night.day);
      reports.push(await takeNight(azure, people, night, counted));
      aging.push(...(await readAgingOf(people.executive, night.day)));
    }
    progress.at(nights.length, nights.length, 'reading back');
    const days = nights.map(({ day }) => day);
    return { ...(await readResults(azure, people, reports, days, aging)), nights: counted };
  } finally {
    progress.end();
    await azure.close();
  }
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
    report = await untilSettled(manager, path, () => undefined);
  }
  if (report.state === 'done') counted.accepted += 1;
  else add(counted.notTaken, report.because?.code ?? report.state);
  await azure.moveTo();
  return report;
};

const add = (counts: Record<string, number>, code: string): void => {
  counts[code] = (counts[code] ?? 0) + 1;
};
