/**
 * `<entity>/$management`: the operations of the SDK that are no transfers.
 * From: `amqp/server.ts`. Next: `amqp/operations.ts`; the answer waits until what was changed is kept.
 */
import type { Receiver } from 'rhea';
import { notImplemented } from '../core/errors.ts';
import { throughFaults, type Line } from './fault-gate.ts';
import type { Fields } from './fields.ts';
import { operations } from './operations.ts';
import { demand, entityAt, type Peer } from './peer.ts';
import { serveRequests, type Answer, type Request } from './replies.ts';

export const managementSuffix = /\/\$management$/i;
const prefix = 'com.microsoft:';

/** @throws BusError when the entity is unknown. */
export const openManagement = (peer: Peer, link: Receiver, address: string): void => {
  const path = address.replace(managementSuffix, '');
  entityAt(peer, path);
  const line: Line = { tail: undefined };
  serveRequests(peer, link, address, 'management', (request) => manage(peer, line, path, request));
};

const manage = (peer: Peer, line: Line, path: string, request: Request): Promise<Answer> => {
  const named = request.application_properties?.['operation'];
  const asked = typeof named === 'string' ? named : '';
  const operation = asked.startsWith(prefix) ? operations[asked.slice(prefix.length)] : undefined;
  if (!operation) throw notImplemented(`The operation '${asked}' is not supported.`);
  const entity = entityAt(peer, path);
  demand(peer, operation.right, entity, path);
  return new Promise((resolve, reject) => {
    let body: Fields | undefined;
    throughFaults(peer, line, {
      operation: `manage ${entity.name}`,
      effect: () => {
        body = operation.run(entity, (request.body ?? {}) as Fields);
      },
      answer: () =>
        resolve(body ? { status: 200, description: 'OK', body } : { status: 204, description: 'No Content' }),
      refuse: reject,
      mayReorder: true,
    });
  });
};
