/**
 * `RunStore` on Cosmos DB, container `runs`, key /job.
 * From: operations. Next: documents `slot:<slot>` and one `latest` per job, written in one batch so that
 * the latest never names a run that is not there.
 */
import type { Container, OperationInput } from '@azure/cosmos';
import { z } from 'zod';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { Run, RunStore } from '../ports/run-store.ts';
import { platformCompany } from '../domain/parked-work.ts';

const runDocument = z.object({
  job: z.string(),
  slot: z.string(),
  completedAt: z.string(),
  missedSlots: z.int(),
  note: z.record(z.string(), z.string()).optional(),
});

export const cosmosRuns = (container: () => Container): RunStore => {
  const read = async (scope: Scope, job: string, id: string) => {
    if (!isInScope(scope, platformCompany)) return undefined;
    const { resource, etag } = await container().item(id, job).read<object>();
    return resource === undefined ? undefined : { run: runDocument.parse(resource), etag };
  };
  return {
    completed: async (scope, job, slot) => (await read(scope, job, `slot:${slot}`))?.run,
    latest: async (scope, job) => (await read(scope, job, 'latest'))?.run,
    complete: async (scope, run) => {
      const latest = await read(scope, run.job, 'latest');
      const answer = await container().items.batch(batchOf(run, latest), run.job);
      if (answer.code === undefined || answer.code >= 300)
        throw new Error(`run ${run.job} ${run.slot} was not kept: ${answer.code}`);
    },
  };
};

/** The slot's document, and the latest under its etag where this run is later: a lost race throws. */
const batchOf = (
  { note, ...plain }: Run,
  latest: { run: Run; etag: string } | undefined,
): OperationInput[] => {
  const run = note === undefined ? plain : { ...plain, note: { ...note } };
  const slot = { operationType: 'Upsert', resourceBody: { id: `slot:${run.slot}`, ...run } } as const;
  const asLatest = { id: 'latest', ttl: -1, ...run };
  if (latest === undefined) return [slot, { operationType: 'Create', resourceBody: asLatest }];
  if (latest.run.slot >= run.slot) return [slot];
  return [slot, { operationType: 'Replace', id: 'latest', ifMatch: latest.etag, resourceBody: asLatest }];
};
