/**
 * How fast a file of 100,000 invoices goes through phases 1 and 2, beside one bare pass over the same file in the
 * same run, and how much memory ten times the rows take.
 * From: an invented file on disk. Next: the bench table.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Parser } from 'csv-parse';
import {
  announce,
  largeStores,
  piecesOf,
  sourcePath,
  workPhases,
  writeLargeFile,
} from '../support/large-import.ts';
import { peakMemoryMb } from '../support/large-import-peak.ts';
import { percentile, type Bench, type BenchLine } from './kit.ts';

const rows = 100_000;
const rounds = 5;
const pieceBytes = 64 * 1024;

/** The least that any import does: pieces of the file, its cells, of each row one document with its amount. */
const barePass = (path: string): number => {
  let open = 0;
  let isHeader = true;
  const parser = new Parser({
    encoding: 'utf8',
    on_record: (cells: string[]) => {
      if (!isHeader) open += bareDocument(cells).open;
      isHeader = false;
      return null;
    },
  });
  for (const piece of piecesOf(path, pieceBytes)) parser.write(piece);
  parser.end();
  return open;
};

const bareDocument = ([
  number,
  accountId,
  accountName,
  documentOn,
  dueOn,
  currency,
  amount = '',
]: string[]) => {
  const [whole = '', cents = ''] = amount.split('.');
  const open = Number(`${whole}${cents.padEnd(2, '0')}`);
  return { id: `item:invoice:${number}`, number, accountId, accountName, documentOn, dueOn, currency, open };
};

/** Milliseconds of processor time, collecting garbage included: what others do on the machine is not counted. */
const workedMs = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Phases 1 and 2 of a fresh import of the file. */
const importOnce = async (directory: string): Promise<{ bare: number; phases: number }> => {
  const file = writeLargeFile(join(directory, 'large.csv'), rows);
  const bare = await workedMs(() => barePass(file.path));
  const stores = largeStores(directory);
  const document = await announce(stores, file);
  const place = sourcePath(directory, document.importId);
  mkdirSync(dirname(place), { recursive: true });
  renameSync(file.path, place);
  const phases = await workedMs(async () => {
    const { counts } = await workPhases(stores, document);
    if (counts.accepted !== rows) throw new Error(`${counts.accepted} of ${rows} rows were taken`);
  });
  return { bare, phases };
};

const speed = async (): Promise<BenchLine> => {
  const times: { bare: number; phases: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const directory = mkdtempSync(join(tmpdir(), 'dunwell-import-'));
    try {
      times.push(await importOnce(directory));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
  const middle = (name: 'bare' | 'phases'): number =>
    percentile(
      times.map((one) => one[name]),
      0.5,
    );
  const [figure, limit] = [middle('phases'), middle('bare')];
  return {
    ...{ job: 'import 100k rows, phases 1 and 2', figure, unit: 'ms CPU', limit },
    ...{ target: '≤ 5 × the bare pass', met: figure <= 5 * limit },
  };
};

/** Resident memory at its highest; the limit is what a tenth of the rows takes. */
const memory = async (): Promise<BenchLine> => {
  const limit = await peakMemoryMb(rows);
  const figure = await peakMemoryMb(10 * rows);
  return {
    ...{ job: 'import 1M rows, phases 1 and 2, beside 100k', figure, unit: 'MB peak', limit },
    ...{ target: '≤ 1.2 × (flat)', met: figure <= 1.2 * limit },
  };
};

const run = async (): Promise<BenchLine[]> => [await speed(), await memory()];

export const importsBench: Bench = { name: 'imports', run };
