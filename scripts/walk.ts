/**
 * `npm run walk`: a file or a series of snapshots through the whole product on a fresh local Azure.
 * From: the command line. Next: a summary for a person, or JSON; with `--out` rows to check by other means.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadOrder, readOrder, type WalkOrder } from './walk/arguments.ts';
import { walkFile } from './walk/file-walk.ts';
import { progressOn } from './walk/progress.ts';
import { messageColumns } from './walk/letters.ts';
import { itemColumns, type WalkResults } from './walk/results.ts';
import { walkSnapshots } from './walk/snapshot-walk.ts';
import { summaryOf } from './walk/summary.ts';

const main = async (): Promise<void> => {
  const order = readOrder(process.argv.slice(2));
  const results = await walked(order);
  if (order.out !== undefined) writeRows(order.out, results);
  const { items: _items, aging: _aging, sent: _sent, ...told } = results;
  process.stdout.write(order.json ? `${JSON.stringify(told, null, 2)}\n` : summaryOf(results));
};

const walked = ({ file, snapshots, days, start }: WalkOrder): Promise<WalkResults> => {
  const progress = progressOn(process.stderr);
  if (snapshots !== undefined) return walkSnapshots(snapshots, progress);
  return walkFile({ file: file ?? '', days, ...(start === undefined ? {} : { start }) }, progress);
};

const writeRows = (directory: string, { items, aging, sent }: WalkResults): void => {
  mkdirSync(directory, { recursive: true });
  writeCsv(join(directory, 'items.csv'), itemColumns, items);
  writeCsv(join(directory, 'aging.csv'), ['day', 'currency', 'bucket', 'amountMinor'], aging);
  writeCsv(join(directory, 'messages.csv'), messageColumns, sent);
};

const writeCsv = <Name extends string>(
  path: string,
  columns: readonly Name[],
  rows: readonly Readonly<Record<Name, string | number>>[],
): void => {
  const lines = rows.map((row) => columns.map((name) => quoted(String(row[name] ?? ''))).join(','));
  writeFileSync(path, `${[columns.join(','), ...lines].join('\n')}\n`);
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`the walk ended: ${message}\n`);
    process.exit(error instanceof BadOrder ? 2 : 1);
  },
);
