/**
 * What the HTTP parts share: the open containers of the one database and how the service is set up.
 * From: `start.ts`. Next: every handler.
 */
import type { Topology } from '../../../shared/contracts/topology.ts';
import type { Journal } from '../../kit/journal.ts';
import type { Meter } from '../meter.ts';
import { parentNotFound } from '../refusal.ts';
import type { Container } from '../store/container.ts';
import type { KeyRange } from '../store/ranges.ts';

export type OpenContainer = { container: Container; journal: Journal };

export type OpenDatabase = {
  topology: Topology;
  containers: Map<string, OpenContainer>;
  ranges: readonly KeyRange[];
  /** Whether cross-partition sorting and aggregates are left to the SDK's plan pipeline. */
  planPipeline: boolean;
  meter: Meter;
};

/** What a handler answers; headers every answer has are added by `answers.ts`. */
export type Reply = {
  status: number;
  /** JSON text. */
  body?: string;
  headers?: Record<string, string>;
  charge: number;
  /** Name in the counts: `read`, `batch`, `query`… */
  operation: string;
};

/** @throws Refusal 404 substatus 1003 */
export const openContainer = (database: OpenDatabase, name: string): OpenContainer => {
  const found = database.containers.get(name);
  if (!found) throw parentNotFound(`container ${name} is not listed in topology.json`);
  return found;
};
