/**
 * What the walk is asked to do, from its command line.
 * From: `npm run walk -- …`. Next: `main.ts`. What cannot be read ends with one line that says how to ask.
 */
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';

export type WalkOrder = {
  /** A file to upload, or a directory of daily snapshots. */
  file?: string;
  snapshots?: string;
  days: number;
  json: boolean;
  /** Where `items.csv`, `aging.csv` and `messages.csv` go. */
  out?: string;
  /** The company's day on which the walk begins; undefined: the latest day the file tells of. */
  start?: string;
};

export const walkUsage = `npm run walk -- --file FILE [--days N] [--start DAY] [--out DIRECTORY] [--json]
npm run walk -- --snapshots DIRECTORY [--out DIRECTORY] [--json]`;

export class BadOrder extends Error {
  constructor(message: string) {
    super(`${message}\n${walkUsage}`);
    this.name = 'BadOrder';
  }
}

/** @throws BadOrder */
export const readOrder = (args: string[]): WalkOrder => {
  const { file, snapshots, days, json, out, start } = readValues(args);
  if ((file === undefined) === (snapshots === undefined))
    throw new BadOrder('say either --file or --snapshots');
  if (file !== undefined && !isThere(file, 'file')) throw new BadOrder(`${file} is no file`);
  if (snapshots !== undefined && !isThere(snapshots, 'directory'))
    throw new BadOrder(`${snapshots} is no directory`);
  if (!/^\d{1,4}$/.test(days)) throw new BadOrder(`--days ${days} is no number of days`);
  if (start !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(start))
    throw new BadOrder(`--start ${start} is no day such as 2026-03-01`);
  return {
    ...{ days: Number(days), json },
    ...(file === undefined ? {} : { file }),
    ...(snapshots === undefined ? {} : { snapshots }),
    ...(out === undefined ? {} : { out }),
    ...(start === undefined ? {} : { start }),
  };
};

const isThere = (path: string, what: 'file' | 'directory'): boolean =>
  existsSync(path) && (what === 'file') === statSync(path).isFile();

const readValues = (args: string[]) => {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args,
      options: {
        ...{ file: text, snapshots: text, out: text, start: text },
        days: { ...text, default: '0' },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new BadOrder((error as Error).message.split('\n')[0] ?? '');
  }
};
