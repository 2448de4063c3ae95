/**
 * Keeps how far the business clock is ahead, so that time does not go back at the next start.
 * From: moves of the clock. Next: `run.ts` at the next start.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { DamagedState } from './kit/journal.ts';

const saved = z.strictObject({ offsetMs: z.number() });

const fileIn = (stateDir: string): string => `${stateDir}/clock.json`;

/** 0 when the clock was never moved. @throws DamagedState when the file holds something else. */
export const savedOffsetMs = (stateDir: string | undefined): number => {
  if (stateDir === undefined) return 0;
  let text: string;
  try {
    text = readFileSync(fileIn(stateDir), 'utf8');
  } catch {
    return 0;
  }
  try {
    return saved.parse(JSON.parse(text)).offsetMs;
  } catch {
    throw new DamagedState(fileIn(stateDir), 1, 'this is not a clock offset');
  }
};

/** Writes the offset at each move, whole or not at all. */
export const keepOffset = (stateDir: string, clock: Clock): void => {
  clock.onMove((offsetMs) => {
    mkdirSync(stateDir, { recursive: true });
    writeFileSync(`${fileIn(stateDir)}.new`, JSON.stringify({ offsetMs }));
    renameSync(`${fileIn(stateDir)}.new`, fileIn(stateDir));
  });
};
