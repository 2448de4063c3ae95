/**
 * The demo company as it is kept on this machine: a copy of the local Azure's state, made once for this code.
 * From: a seeded state folder. Next: each start of the demo works on a copy of it. A snapshot is whole when its list of
 * files, written last, says what is there; one of other code, or damaged, is thrown away and made again.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
/** All that shapes what the demo comes to. */
const shaping = ['functions', 'shared', 'local', 'infra/topology.json', 'package-lock.json'];

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of generator and product: another one, another demo. */
export const codeHash = (): string => {
  const hash = createHash('sha256');
  for (const path of shaping.flatMap((name) => filesUnder(join(root, name))))
    hash.update(`${path.slice(root.length)}\n`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 20);
};

const listShape = z.strictObject({
  /** The business clock it was taken at, in milliseconds. */
  atMs: z.number(),
  files: z.record(z.string(), z.string()),
});
const listIn = (directory: string): string => join(directory, 'whole.json');

/** Keeps a state folder nobody writes to any more. Whoever is killed on the way leaves nothing that is used. */
export const keepSnapshot = (stateDir: string, directory: string, atMs: number): void => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  renameSync(stateDir, join(directory, 'state'));
  const state = join(directory, 'state');
  const files = Object.fromEntries(
    filesUnder(state).map((path) => [path.slice(state.length + 1), hashOf(readFileSync(path))]),
  );
  writeFileSync(`${listIn(directory)}.new`, JSON.stringify({ atMs, files }));
  renameSync(`${listIn(directory)}.new`, listIn(directory));
};

/** Copies a whole snapshot to a state folder and says which instant it is of; undefined: there is none that is whole. */
export const useSnapshot = (directory: string, stateDir: string): number | undefined => {
  if (!existsSync(listIn(directory))) return undefined;
  const list = listShape.safeParse(jsonOf(readFileSync(listIn(directory), 'utf8')));
  if (!list.success) return undefined;
  const state = join(directory, 'state');
  const there = existsSync(state) ? filesUnder(state).map((path) => path.slice(state.length + 1)) : [];
  const wanted = Object.keys(list.data.files);
  const isWhole =
    there.length === wanted.length &&
    there.every((name) => list.data.files[name] === hashOf(readFileSync(join(state, name))));
  if (!isWhole) return undefined;
  rmSync(stateDir, { recursive: true, force: true });
  cpSync(state, stateDir, { recursive: true });
  return list.data.atMs;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut short: not whole
  }
};

/** Removes what other code left. */
export const removeOthers = (directory: string, keep: string): void => {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory))
    if (name !== keep) rmSync(join(directory, name), { recursive: true, force: true });
};
