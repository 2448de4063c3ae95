/**
 * The kept demo is used whole or not at all: cut short, changed, or of an interrupted making, it is made again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeHash, keepSnapshot, removeOthers, useSnapshot } from '../../local/demo-snapshot.ts';

let root: string;
let snapshot: string;
let work: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dunwell-demo-'));
  [snapshot, work] = [join(root, 'kept'), join(root, 'state')];
  const seeded = join(root, 'seeding');
  mkdirSync(join(seeded, 'cosmos'), { recursive: true });
  writeFileSync(join(seeded, 'clock.json'), '{}');
  writeFileSync(join(seeded, 'cosmos', 'journal'), 'one\ntwo\n');
  keepSnapshot(seeded, snapshot, 1_234);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('a whole one is copied, and what is done to the copy does not change it', () => {
  expect(useSnapshot(snapshot, work)).toBe(1_234);
  writeFileSync(join(work, 'cosmos', 'journal'), 'changed');
  expect(useSnapshot(snapshot, work)).toBe(1_234);
  expect(readFileSync(join(work, 'cosmos', 'journal'), 'utf8')).toBe('one\ntwo\n');
});

it.each([
  ['with a journal cut short', () => writeFileSync(join(snapshot, 'state', 'cosmos', 'journal'), 'one\n')],
  ['with a file too few', () => rmSync(join(snapshot, 'state', 'clock.json'))],
  ['with a file too many', () => writeFileSync(join(snapshot, 'state', 'cosmos', 'more'), '')],
  ['without its list, as after a kill', () => rmSync(join(snapshot, 'whole.json'))],
  ['with a list cut short', () => writeFileSync(join(snapshot, 'whole.json'), '{"atMs":12')],
  ['without its state', () => rmSync(join(snapshot, 'state'), { recursive: true })],
])('one %s is not used', (_what, damage) => {
  damage();
  expect(useSnapshot(snapshot, work)).toBeUndefined();
});

it('one whose making is killed half-way is not there, and what is left of it goes with the next start', async () => {
  const main = resolve(import.meta.dirname, '../../local/main.ts');
  const args = [main, '--demo', '--seed', '--state', root];
  const making = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  for await (const chunk of making.stdout) {
    told += String(chunk);
    if (told.includes('customers')) break;
  }
  making.kill('SIGKILL');
  await once(making, 'close');
  const snapshots = join(root, 'snapshots');
  const [left = '', ...more] = readdirSync(snapshots);
  expect([left, more]).toEqual([expect.stringMatching(/\.seeding$/), []]);
  const name = left.replace('.seeding', '');
  expect(useSnapshot(join(snapshots, name), work)).toBeUndefined();
  removeOthers(snapshots, name);
  expect(readdirSync(snapshots)).toEqual([]);
});

it('what other code left is removed, and the same code has the same name', () => {
  removeOthers(root, 'kept');
  expect(useSnapshot(snapshot, work)).toBe(1_234);
  mkdirSync(join(root, 'older'));
  removeOthers(root, 'kept');
  expect(() => readFileSync(join(root, 'older'))).toThrow(/ENOENT/);
  expect(codeHash()).toBe(codeHash());
});
