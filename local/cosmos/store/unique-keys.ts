/**
 * Unique keys: within a logical partition no two items share the values of a unique key.
 * From: the container's definition. Next: `transaction.ts` asks before a write, `container.ts` keeps the map.
 * A missing property counts as null, as in the service.
 */
import type { ContainerTopology } from '../../../shared/contracts/topology.ts';
import type { JsonObject } from '../sql/types.ts';
import { valueAt } from './partition-key.ts';
import type { Row } from './row.ts';

/** One text per unique key of the container. */
export const uniqueTexts = (body: JsonObject, definition: ContainerTopology): string[] =>
  definition.uniqueKeys.map((paths, index) =>
    JSON.stringify([index, ...paths.map((path) => valueAt(body, path) ?? null)]),
  );

export const rememberUnique = (row: Row, definition: ContainerTopology): void => {
  const { unique } = row.partition;
  if (unique) for (const text of uniqueTexts(row.body, definition)) unique.set(text, row);
};

export const forgetUnique = (row: Row, definition: ContainerTopology): void => {
  const { unique } = row.partition;
  if (!unique) return;
  for (const text of uniqueTexts(row.body, definition)) unique.delete(text);
};
