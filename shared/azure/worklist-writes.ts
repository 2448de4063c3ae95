/**
 * Writes one row of the worklist, each over just what was read: whoever comes second looks again.
 * From: `cosmos-worklist.ts`. Next: the store.
 */
import type { Container, Item, RequestOptions } from '@azure/cosmos';
import type { WorklistRow } from '../domain/worklist-row.ts';
import { isNewer } from '../ports/worklist-store.ts';
import { documentOf, idOf, rowOf } from './worklist-shapes.ts';

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

/** Undefined when somebody wrote it at the same time. */
export const tryPut = async (
  container: Container,
  charged: Charged,
  row: WorklistRow,
): Promise<'kept' | 'newer-there' | undefined> => {
  const item = container.item(idOf(row.accountId), [row.companyId, row.collectorId]);
  const { resource, etag, requestCharge } = await item.read<object>();
  charged('read worklist row', requestCharge);
  if (resource !== undefined) {
    if (isNewer(rowOf(resource), row)) return 'newer-there';
    return (await tryReplace(item, charged, row, etag)) ? 'kept' : undefined;
  }
  return unlessChanged([409], async () => {
    const written = await container.items.create(jsonOf(row));
    charged('put worklist row', written.requestCharge);
    return 'kept' as const;
  });
};

/** False when it is another by now, or none. */
export const tryReplace = async (
  item: Item,
  charged: Charged,
  row: WorklistRow,
  etag: string,
): Promise<boolean> => {
  const done = await unlessChanged([404, 412], async () => {
    const written = await item.replace(jsonOf(row), onlyIf(etag));
    charged('put worklist row', written.requestCharge);
    return true;
  });
  return done ?? false;
};

/** False when somebody wrote it at the same time: what they wrote may be older, too. */
export const tryRemove = async (item: Item, charged: Charged, version: number): Promise<boolean> => {
  const { resource, etag } = await item.read<object>();
  if (resource === undefined || rowOf(resource).version > version) return true;
  const done = await unlessChanged([404, 412], async () => {
    const gone = await item.delete(onlyIf(etag));
    charged('remove worklist row', gone.requestCharge);
    return true;
  });
  return done ?? false;
};

const onlyIf = (etag: string): RequestOptions => ({
  accessCondition: { type: 'IfMatch', condition: etag },
});

const jsonOf = (row: WorklistRow): Record<string, unknown> =>
  JSON.parse(JSON.stringify(documentOf(row))) as Record<string, unknown>;

/** Undefined when the store refuses with one of these codes. */
const unlessChanged = async <T>(codes: readonly number[], work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (fault) {
    if (!codes.includes((fault as { code?: number }).code ?? 0)) throw fault;
    return undefined;
  }
};
