/**
 * One connection: its tokens, and what must be released when it ends.
 * From: `amqp/server.ts`. Next: every kind of link looks here.
 */
import type { Connection, Session } from 'rhea';
import type { Topology } from '../../../shared/contracts/topology.ts';
import type { FaultSwitch } from '../../kit/faults.ts';
import { BusError, entityNotFound } from '../core/errors.ts';
import type { Bus, Queue, Topic } from '../core/state.ts';
import { demandRight, holderOf, type Token } from './rights.ts';

export type Server = {
  bus: Bus;
  topology: Topology;
  faults: FaultSwitch;
  log: (line: string) => void;
  /** Operations begun and not yet answered. */
  running: { count: number };
  /** Those kept back by `reorder`, by how to let them go. */
  held: Set<() => void>;
};

export type Peer = {
  server: Server;
  connection: Connection;
  /** By audience. */
  tokens: Map<string, Token>;
  /** What to do when a session of this connection, or all of it, ends without closing its links. */
  releases: Map<() => void, Session>;
  /** Cuts the connection. */
  reset(): void;
};

/** The entity of an address. @throws BusError `amqp:not-found` */
export const entityAt = ({ server }: Peer, address: string): Queue | Topic => {
  const entity = server.bus.entities.get(address.toLowerCase());
  if (!entity) throw entityNotFound(address);
  return entity;
};

/** @throws BusError 401 */
export const demand = (
  peer: Peer,
  right: 'sends' | 'listens',
  entity: Queue | Topic,
  address: string,
): void => demandRight(holderOf(peer.tokens.values(), address), right, entity, peer.server.topology);

/** What goes on the wire for an error, whatever it was. */
export const toAmqpError = (error: unknown): { condition: string; description: string } =>
  error instanceof BusError
    ? { condition: error.condition, description: error.message }
    : {
        condition: 'amqp:internal-error',
        description: `The service was unable to process the request: ${String(error)}`,
      };
