/**
 * Who runs the timers of an app when several processes host it: a lease with an owner and an end.
 * From: `start.ts`, once per app. Next: `timer.ts` runs only while the lease is held.
 * Kept as files `<app>.lease.<n>` in the state directory; the highest number is the lease. Taking over
 * means to create the next number, which `link` lets only one process do; a process that had looked at
 * an old state finds after creating that it does not hold the highest number and steps back.
 * An owner whose process is gone does not have to be waited for: all of them live on this machine.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProcessAlive } from '../../kit/process-alive.ts';

const leaseMs = 10_000;
const renewEveryMs = 2_000;

type Record = { owner: string; pid: number; expiresAtMs: number };

export type Lease = { close(): void };

/** Calls `onHeld` and `onLost` as the lease comes and goes; without a directory it is held for good. */
export const holdLease = (
  stateDir: string | undefined,
  app: string,
  { onHeld, onLost }: { onHeld: () => void; onLost: () => void },
): Lease => {
  if (stateDir === undefined) {
    onHeld();
    return { close: onLost };
  }
  const files = leaseFiles(stateDir, app);
  let held: number | undefined;
  const look = () => {
    const before = held;
    held = held === undefined ? files.take() : files.renew(held);
    if (before === undefined && held !== undefined) onHeld();
    if (before !== undefined && held === undefined) onLost();
  };
  look();
  const looking = setInterval(look, renewEveryMs);
  looking.unref();
  return {
    close: () => {
      clearInterval(looking);
      if (held === undefined) return;
      onLost();
      files.release(held);
      held = undefined;
    },
  };
};

const leaseFiles = (stateDir: string, app: string) => {
  mkdirSync(stateDir, { recursive: true });
  const owner = randomUUID();
  const prefix = `${app}.lease.`;
  const fileOf = (number: number) => join(stateDir, `${prefix}${number}`);
  const scratch = join(stateDir, `${app}.${owner}.new`);
  const write = (expiresAtMs: number) =>
    writeFileSync(scratch, JSON.stringify({ owner, pid: process.pid, expiresAtMs } satisfies Record));
  const numbers = () =>
    readdirSync(stateDir)
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number(name.slice(prefix.length)));
  const highest = () => Math.max(0, ...numbers());

  const take = (): number | undefined => {
    const last = highest();
    if (last > 0 && !isFree(fileOf(last))) return undefined;
    const mine = last + 1;
    write(Date.now() + leaseMs);
    const created = createOnce(scratch, fileOf(mine));
    rmSync(scratch, { force: true });
    if (!created) return undefined;
    if (highest() !== mine) {
      rmSync(fileOf(mine), { force: true });
      return undefined;
    }
    for (const number of numbers()) if (number < mine) rmSync(fileOf(number), { force: true });
    return mine;
  };

  /** Held too long without renewing (the machine slept): someone else may have taken over. */
  const renew = (mine: number): number | undefined => {
    if (highest() !== mine || isExpired(fileOf(mine))) return undefined;
    write(Date.now() + leaseMs);
    renameSync(scratch, fileOf(mine));
    return mine;
  };

  const release = (mine: number): void => {
    if (highest() !== mine) return;
    write(0);
    renameSync(scratch, fileOf(mine));
  };
  return { take, renew, release };
};

const createOnce = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const read = (file: string): Record | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record;
  } catch {
    return undefined; // it was replaced by a higher number a moment ago
  }
};

const isExpired = (file: string): boolean => (read(file)?.expiresAtMs ?? 0) <= Date.now();

const isFree = (file: string): boolean => {
  const lease = read(file);
  if (!lease) return false;
  return lease.expiresAtMs <= Date.now() || !isProcessAlive(lease.pid);
};
