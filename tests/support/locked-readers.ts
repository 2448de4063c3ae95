/**
 * Uploads what comes in by standard input in a process that may read nothing but the code, and tells what it tried.
 * From: the test of closed files, `node --permission --allow-fs-read=REPOSITORY locked-readers.ts FORBIDDEN`, a line of
 * JSON for each upload. Next: one line of JSON.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
// the reader loads it late: it is code, and here before files are watched
import 'read-excel-file/universal';
import type { ImportBody } from '../../shared/contracts/imports.ts';
import { createBooks } from '../functions/whole-path/world.ts';

export type LockedUpload = { body: Partial<ImportBody>; base64: string };
/** What a locked process found. */
export type Locked = { states: Record<string, number>; tried: string[]; forbidden: string };

const code = join(import.meta.dirname, '../..');
const tried: string[] = [];

/** Notes every file that is asked for beyond the code, even where the asker swallows the answer. */
const watch = (module: object, names: readonly string[]): void => {
  for (const name of names) {
    const original = Reflect.get(module, name) as (...args: unknown[]) => unknown;
    Reflect.set(module, name, (...args: unknown[]) => {
      if (!String(args[0]).startsWith(code)) tried.push(`${name} ${String(args[0])}`);
      return original.apply(module, args);
    });
  }
};

/** What the lock answers to somebody who looks at a file that is there. */
const lockSays = (path: string): string => {
  try {
    fs.readFileSync(path);
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};

const forbidden = lockSays(process.argv[2] ?? '');
const asked = ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream', 'stat', 'statSync'];
watch(fs, [...asked, 'existsSync', 'readdir', 'readdirSync', 'opendir', 'opendirSync', 'access']);
watch(fs.promises, ['open', 'readFile', 'stat', 'readdir', 'opendir', 'access']);
syncBuiltinESMExports();
Reflect.set(Socket.prototype, 'connect', (...args: unknown[]) => {
  tried.push(`connect ${JSON.stringify(args[0])}`);
  throw new Error('nothing is asked for here');
});

const states: Record<string, number> = {};
for await (const line of createInterface({ input: process.stdin })) {
  const { body, base64 } = JSON.parse(line) as LockedUpload;
  const books = await createBooks();
  const { state } = await books.report(await books.send(Buffer.from(base64, 'base64'), body));
  states[state] = (states[state] ?? 0) + 1;
}
process.stdout.write(`${JSON.stringify({ states, tried, forbidden } satisfies Locked)}\n`);
