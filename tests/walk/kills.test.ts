/**
 * `kill -9` of the real host in mid-walk: files, reminders, releases and mails go on where they were, and the end is that
 * of a walk nobody disturbed, mailbox included. 10 kills in `npm test`, 100 in `npm run test:long`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../local/kit/faults.ts';
import { dayAfter, inventClosed } from '../support/series.ts';
import { finish, runUntilKilled, stepsOf, wrongBy, type End } from './killed-walk.ts';

const kills = process.env['DUNWELL_LONG'] ? 100 : 10;
const seed = Number(process.env['DUNWELL_SEED'] ?? 20_261_122);

/** Four nights, the first the coming Monday: kept state has the clock of today. */
const today = new Date().toISOString().slice(0, 10);
const monday = dayAfter(today, 8 - (new Date(today).getUTCDay() || 7));
const nights = Array.from({ length: kills / 10 + 3 }, (_, night) => dayAfter(monday, night));
const closed = inventClosed(seed, dayAfter(monday, -12), 16, 80).filter(({ account }) =>
  /^A[0-4]$/.test(account),
);
const steps = stepsOf(closed, nights);
const wrong = wrongBy(closed, nights);

let stateDir: string;
let undisturbed: End;
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'dunwell-walk-kill-'));
  undisturbed = await finish(['--memory'], steps, 0, wrong);
}, 600_000);
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

it('undisturbed, reminders are in the mailbox, each once; each asks what the file holds, of whom it goes to', () => {
  const { mails } = undisturbed;
  expect(undisturbed.wrong).toEqual([]);
  expect(mails.length).toBeGreaterThan(0);
  expect(new Set(mails.map((mail) => JSON.stringify(mail))).size).toBe(mails.length);
});

it(
  `${kills} kills change nothing of the end (seed ${seed})`,
  { timeout: 120_000 + kills * 60_000 },
  async () => {
    const random = seededRandom(seed);
    const killedAt: number[] = [];
    for (let at = 0; killedAt.length < kills; killedAt.push(at)) {
      const stepsPerLife = (steps.length - at) / (kills - killedAt.length); // so that all kills are in the walk
      const afterSteps = Math.floor(random() * 2 * stepsPerLife);
      at = await runUntilKilled(stateDir, steps, at, { afterSteps, afterMs: random() * 400 });
    }
    expect(new Set(killedAt).size).toBeGreaterThan(kills / 3);
    expect(await finish(['--state', stateDir], steps, killedAt.at(-1)!, wrong)).toEqual(undisturbed);
  },
);
