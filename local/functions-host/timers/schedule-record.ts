/**
 * What is remembered of a timer: when it last ran and when it is due next.
 * From: `timer.ts` after each run. Next: the next start, which finds out whether a run was missed.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostRefusal } from '../refusal.ts';

/** ISO instants of the business clock, in the platform's spelling. */
export type ScheduleRecord = { Last: string; Next: string; LastUpdated: string };

export type ScheduleRecords = { read(): ScheduleRecord | undefined; write(record: ScheduleRecord): void };

/** The platform's spelling of "never". */
export const neverRun = '0001-01-01T00:00:00+00:00';

/** One small file per timer, replaced at once; in memory when there is no directory. */
export const scheduleRecords = (stateDir: string | undefined, app: string, name: string): ScheduleRecords => {
  if (stateDir === undefined) {
    let kept: ScheduleRecord | undefined;
    return { read: () => kept, write: (record) => (kept = record) };
  }
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, `${app}.${name}.json`);
  return {
    read: () => readRecord(file),
    write: (record) => {
      writeFileSync(`${file}.new`, JSON.stringify(record));
      renameSync(`${file}.new`, file);
    },
  };
};

const readRecord = (file: string): ScheduleRecord | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const record = parse(text);
  if (record && [record.Next, record.LastUpdated].every((instant) => !Number.isNaN(Date.parse(instant))))
    return record;
  throw new HostRefusal(`${file}: is not what was written; delete the state directory to start afresh`);
};

const parse = (text: string): ScheduleRecord | undefined => {
  try {
    return JSON.parse(text) as ScheduleRecord;
  } catch {
    return undefined;
  }
};
