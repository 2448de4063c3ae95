/**
 * Runs phases 1 and 2 of an import of so many rows in a process of its own and prints its highest memory in kilobytes.
 * From: the test of flat memory, `node large-import-run.ts DIRECTORY ROWS`. Next: one number.
 */
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { announce, largeStores, sourcePath, workPhases, writeLargeFile } from './large-import.ts';

const [directory = '', rows = ''] = process.argv.slice(2);
const file = writeLargeFile(join(directory, 'large.csv'), Number(rows));
const stores = largeStores(directory);
const document = await announce(stores, file);
const place = sourcePath(directory, document.importId);
mkdirSync(dirname(place), { recursive: true });
renameSync(file.path, place);
const { counts } = await workPhases(stores, document);
if (counts.accepted !== file.rows) throw new Error(`${counts.accepted} of ${file.rows} rows were taken`);
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
