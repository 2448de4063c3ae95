/**
 * `kill -9` of the host in the middle of an import: after the restart it ends in the state of one that nobody
 * disturbed. Six kills in `npm test`, one at each stage; 40 at random moments besides in `npm run test:long`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../local/kit/faults.ts';
import type { Upload } from '../../../scripts/walk/upload.ts';
import { finish, killAfter, killAt, type End, type Moment } from './import-world.ts';

const isLong = process.env['DUNWELL_LONG'] !== undefined;
const randomKills = isLong ? 40 : 0;
const seed = Number(process.env['DUNWELL_SEED'] ?? 20_261_122);
const day = new Date().toISOString().slice(0, 10);

/** Rows so wide that few of them make several blocks, steps and buckets; every 50th can not be read. */
const fileOf = (rows: number, wide: number, cents: number): Upload => {
  const header = 'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount,comment';
  const line = (n: number): string => {
    const amount = n % 50 === 49 ? 'a lot' : `${n + 1}.${String(cents).padStart(2, '0')}`;
    const due = `2026-11-${String((n % 28) + 1).padStart(2, '0')}`;
    return `K-${n},C-${n % 23},Customer ${n % 23},2026-10-01,${due},EUR,${amount},${'x'.repeat(wide)}`;
  };
  const text = [header, ...Array.from({ length: rows }, (_, n) => line(n)), ''].join('\n');
  return { name: `file-${cents}.csv`, bytes: Buffer.from(text), kind: 'invoices', locale: 'plain' };
};

const uploads = [fileOf(100, 10, 11), fileOf(300, 30_000, 22)];
const [first, second] = [uploads[0]!, uploads[1]!];

const moments: Moment[] = [
  { name: 'one of two blocks is there', isNow: 'blocks' },
  { name: 'rows are read', isNow: ({ progress }) => progress.phase === 'read' },
  { name: 'accounts of a document are compared', isNow: ({ progress }) => progress.phase === 'cross' },
  { name: 'buckets are checked', isNow: ({ progress }) => progress.phase === 'check' },
  {
    name: 'parts are posted',
    isNow: ({ state, progress }) => state === 'posting' && progress.parts !== undefined,
  },
  { name: 'the last entries are on their way to the aging', isNow: ({ state }) => state === 'done' },
];

let stateDir: string;
let undisturbed: End;

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'dunwell-import-kill-'));
  undisturbed = await finish(['--memory'], uploads, day);
}, 240_000);
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

it('undisturbed, everything but the unreadable rows is in the ledger', () => {
  const [, report] = undisturbed.reports;
  expect(report).toMatchObject({ state: 'done', rows: { read: 300, accepted: 294, rejected: 6 } });
  expect(report?.progress.buckets).toBeGreaterThan(1);
  expect(report?.progress.parts).toBeGreaterThan(1);
  expect(undisturbed.items).toHaveLength(294);
});

it('killed once at each stage of it, an import ends as if nobody had', { timeout: 480_000 }, async () => {
  await finish(['--state', stateDir], [first], day);
  for (const moment of moments)
    expect([moment.name, await killAt(stateDir, second, moment)]).toEqual([moment.name, true]);
  expect(await finish(['--state', stateDir], uploads, day)).toEqual(undisturbed);
});

it.runIf(isLong)(
  `${randomKills} kills at random moments change nothing either (seed ${seed})`,
  { timeout: randomKills * 60_000 },
  async () => {
    const random = seededRandom(seed);
    const others = mkdtempSync(join(tmpdir(), 'dunwell-import-kills-'));
    for (let kill = 0; kill < randomKills; kill += 1)
      await killAfter(others, kill < randomKills / 2 ? first : second, random() * 2_000);
    expect(await finish(['--state', others], uploads, day)).toEqual(undisturbed);
    rmSync(others, { recursive: true, force: true });
  },
);
