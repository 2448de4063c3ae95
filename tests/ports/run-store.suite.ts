/**
 * What every `RunStore` promises, run on memory and on the real adapter alike.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';

const all = scopeOver('all');
let jobs = 0;

export const runStoreSuite = (store: () => RunStore): void => {
  const runOf = (job: string, slot: string) => ({ job, slot, completedAt: slot, missedSlots: 0 });
  const freshJob = () => `job-${process.pid}-${jobs++}`;

  it('knows no run before one was completed', async () => {
    const job = freshJob();
    expect(await store().completed(all, job, '2026-11-22T10:00:00Z')).toBeUndefined();
    expect(await store().latest(all, job)).toBeUndefined();
  });

  it('gives back the run of a slot as it was completed', async () => {
    const run = { ...runOf(freshJob(), '2026-11-22T10:00:00Z'), missedSlots: 3 };
    await store().complete(all, run);
    expect(await store().completed(all, run.job, run.slot)).toEqual(run);
  });

  it('keeps the later slot as the latest, whatever order they complete in', async () => {
    const job = freshJob();
    for (const slot of ['2026-11-22T10:05:00Z', '2026-11-22T10:10:00Z', '2026-11-22T10:00:00Z'])
      await store().complete(all, runOf(job, slot));
    expect((await store().latest(all, job))?.slot).toBe('2026-11-22T10:10:00Z');
  });

  it('changes nothing when the same run completes again', async () => {
    const run = runOf(freshJob(), '2026-11-22T10:00:00Z');
    await store().complete(all, run);
    await store().complete(all, run);
    expect(await store().latest(all, run.job)).toEqual(run);
  });

  it('shows nothing to a scope of single companies', async () => {
    const run = runOf(freshJob(), '2026-11-22T10:00:00Z');
    await store().complete(all, run);
    expect(await store().completed(scopeOver(['acme']), run.job, run.slot)).toBeUndefined();
    expect(await store().latest(scopeOver(['acme']), run.job)).toBeUndefined();
  });
};
