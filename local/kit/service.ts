/**
 * What every stand-in gets to start with and gives back once it runs.
 * From: `local/main.ts` and the tests. Next: each `local/<service>/start.ts`.
 */
import type { Topology } from '../../shared/contracts/topology.ts';
import type { Clock } from '../clock.ts';
import type { FaultSwitch } from './faults.ts';

export type ServiceOptions = {
  /** 0 takes any free port. */
  port: number;
  /** Where its state lives; undefined keeps nothing. */
  stateDir: string | undefined;
  topology: Topology;
  clock: Clock;
  faults: FaultSwitch;
  /** One line for a person; the stand-in says only what it cannot tell its caller. */
  log: (line: string) => void;
};

export type LocalService = {
  /** Where to reach it, as a person would type it. */
  url: string;
  port: number;
  /** How far it got, for the start-up line: `15 containers, 0 documents`. */
  summary: string;
  /** Calls, request units, messages and so on since the start, by operation name. */
  counts(): Record<string, number>;
  /** Ends at once: sockets closed, files written, timers gone. */
  close(): Promise<void>;
};
