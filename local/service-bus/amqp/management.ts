/**
 * `<entity>/$management`: the operations of the SDK that are no transfers.
 * From: `amqp/server.ts`. Next: `amqp/operations.ts`; the answer waits until what was changed is kept.
 */
import type { Receiver } from 'rhea';
import { notImplemented } from '../core/errors.ts';
import { operations } from './operations.ts';
import { demand, entityAt, type Peer } from './peer.ts';
import { serveRequests, type Answer, type Request } from './replies.ts';

export const managementSuffix = /\/\$management$/i;
const prefix = 'com.microsoft:';

/** @throws BusError when the entity is unknown. */
export const openManagement = (peer: Peer, link: Receiver, address: string): void => {
  const path = address.replace(managementSuffix, '');
  entityAt(peer, path);
  serveRequests(peer, link, address, 'management', (request) => manage(peer, path, request));
};

const manage = async (peer: Peer, path: string, request: Request): Promise<Answer> => {
  const named = request.application_properties?.['operation'];
  const asked = typeof named === 'string' ? named : '';
  const operation = asked.startsWith(prefix) ? operations[asked.slice(prefix.length)] : undefined;
  if (!operation) throw notImplemented(`The operation '${asked}' is not supported.`);
  const entity = entityAt(peer, path);
  demand(peer, operation.right, entity, path);
  const body = operation.run(entity, (request.body ?? {}) as Record<string, unknown>);
  await peer.server.bus.store.flush();
  return body ? { status: 200, description: 'OK', body } : { status: 204, description: 'No Content' };
};
