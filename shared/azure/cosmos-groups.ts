/**
 * `GroupStore` on Cosmos DB, container `groups`, key /groupId.
 * From: administration, cash workflows, statements. Next: per group one `group` that is current and one `group:v…` for
 * each version that never changes, written in one batch; per account under `member:<company>:<account>` its pointer.
 */
import type { Container, OperationInput } from '@azure/cosmos';
import { z } from 'zod';
import { escapeId } from '../domain/document-ids.ts';
import type { Group } from '../domain/group.ts';
import type { AccountRef } from '../domain/receipt.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { GroupStore } from '../ports/group-store.ts';
import { groupsOn, type GroupDocuments } from '../ports/groups-on-documents.ts';

const groupDocument: z.ZodType<Group> = z.object({
  groupId: z.string(),
  name: z.string(),
  members: z.array(z.object({ companyId: z.string(), accountId: z.string() })),
  version: z.int().min(1),
  ...{ by: z.string(), at: z.string(), reason: z.string() },
});
const pointerDocument = z.object({ pointsTo: z.string() });

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosGroups = (
  container: () => Container,
  accounts: Pick<AccountStore, 'load'>,
  charged: Charged = () => undefined,
): GroupStore => groupsOn(documentsIn(container, charged), accounts);

/** No group's id holds a colon. */
const partitionOf = ({ companyId, accountId }: AccountRef): string =>
  `member:${companyId}:${escapeId(accountId)}`;

const documentsIn = (container: () => Container, charged: Charged): GroupDocuments => {
  const read = async (id: string, groupId: string, operation: string) => {
    const answer = await container().item(id, groupId).read<object>();
    charged(operation, answer.requestCharge);
    return answer.resource && { resource: answer.resource, mark: answer.etag };
  };
  const write = async (groupId: string, operations: OperationInput[], operation: string) => {
    const answer = await container().items.batch(operations, groupId);
    charged(operation, Number(answer.headers['x-ms-request-charge']));
    if (answer.code === 200) return true;
    if (answer.result?.some(({ statusCode }) => [404, 409, 412].includes(statusCode)) === true) return false;
    throw new Error(`group ${groupId} was not kept: ${answer.code}`);
  };
  return {
    group: async (groupId) => {
      const found = await read('group', groupId, 'group');
      return found && { value: groupDocument.parse(found.resource), mark: found.mark };
    },
    writeGroup: (group, mark) => {
      const members = group.members.map(({ companyId, accountId }) => ({ companyId, accountId }));
      const body = { ...group, members };
      const id = `group:v${String(group.version).padStart(10, '0')}`;
      const version = { operationType: 'Create', resourceBody: { ...body, id, kind: 'version' } } as const;
      return write(
        group.groupId,
        [version, put({ ...body, id: 'group', kind: 'group' }, mark)],
        'save group',
      );
    },
    pointer: async (account) => {
      const found = await read('member', partitionOf(account), 'group of account');
      return found && { value: pointerDocument.parse(found.resource).pointsTo, mark: found.mark };
    },
    writePointer: (account, pointsTo, mark) => {
      const groupId = partitionOf(account);
      return write(groupId, [put({ id: 'member', kind: 'member', groupId, pointsTo }, mark)], 'join group');
    },
  };
};

const put = <Body extends { id: string }>(resourceBody: Body, mark: string | undefined): OperationInput =>
  mark === undefined
    ? { operationType: 'Create', resourceBody }
    : { operationType: 'Replace', id: resourceBody.id, ifMatch: mark, resourceBody };
