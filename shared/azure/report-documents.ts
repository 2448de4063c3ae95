/**
 * Reads and writes documents of `reports` in one shard's partition.
 * From: `cosmos-reports.ts`. Next: container `reports`; what changes together is one batch under the etags it was read with.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import type { ShardPlace } from '../domain/report-shard.ts';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

/** Created without a mark, else replaced under it. */
export const written = (
  { id, ...more }: ShardPlace & { id: string; kind: string; [name: string]: unknown },
  mark: string | undefined,
): OperationInput => {
  const resourceBody = { id, ...more } as JSONObject & { id: string };
  return mark === undefined
    ? { operationType: 'Create', resourceBody }
    : { operationType: 'Replace', id, ifMatch: mark, resourceBody };
};

type Found = { document: object; mark: string };

/** What is there under an id; undefined outside the scope, too. */
export const readIn =
  (container: () => Container, charged: Charged) =>
  async (scope: Scope, { companyId, shard }: ShardPlace, id: string): Promise<Found | undefined> => {
    if (!isInScope(scope, companyId) && reachInto(scope, companyId) === 'none') return undefined;
    const answer = await container().item(id, [companyId, shard]).read<object>();
    charged(`report ${id.split(':')[0]}`, answer.requestCharge);
    return answer.resource === undefined ? undefined : { document: answer.resource, mark: answer.etag };
  };

const conflicts = [404, 409, 412];

/** @throws when the service refuses for no reason of ours, or it stays unknown whether it was written. */
export const saveIn =
  (container: () => Container, charged: Charged) =>
  async (
    { companyId, shard }: ShardPlace,
    operations: OperationInput[],
    operation: string,
  ): Promise<'saved' | 'version-conflict'> => {
    const answer = await container().items.batch(operations, [companyId, shard]);
    charged(operation, Number(answer.headers['x-ms-request-charge']));
    if (answer.code === 200) return 'saved';
    const statuses = (answer.result ?? []).map(({ statusCode }) => statusCode);
    if (statuses.some((status) => conflicts.includes(status))) return 'version-conflict';
    throw new Error(`${operation} was refused: ${answer.code}, ${statuses.join(' ')}`);
  };
