/**
 * Resource ids as the service writes them: 4 bytes for a database, 8 for a container, 16 for an item,
 * base64 with `-` for `/`.
 * From: names (stable over restarts without being stored) and item numbers. Next: `_rid` and `_self`.
 */
import { createHash } from 'node:crypto';

export type ContainerIds = { bytes: Buffer; rid: string; self: string; databaseRid: string };

const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('/', '-');

const hashed = (name: string): Buffer => createHash('sha256').update(name).digest().subarray(0, 4);

export const databaseRid = (database: string): string => text(hashed(`database ${database}`));

/** The SDK tracks sessions only for containers whose rid is 8 bytes with the fifth one's high bit set. */
export const containerIds = (database: string, container: string): ContainerIds => {
  const own = Buffer.from(hashed(`container ${database}/${container}`));
  own[0] = own[0]! | 0x80;
  const bytes = Buffer.concat([hashed(`database ${database}`), own]);
  const parent = databaseRid(database);
  return { bytes, rid: text(bytes), self: `dbs/${parent}/colls/${text(bytes)}/`, databaseRid: parent };
};

export const itemRid = (ids: ContainerIds, itemNumber: number): string => {
  const bytes = Buffer.alloc(16);
  ids.bytes.copy(bytes);
  bytes.writeBigUInt64LE(BigInt(itemNumber), 8);
  return text(bytes);
};
