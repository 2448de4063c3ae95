/**
 * What a person asks of the local Azure: arguments and a few environment variables, checked.
 * From: the command line of `npm start`. Next: `local/main.ts`.
 * Anything unreadable ends the start with one line that names it.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { topology } from '../shared/contracts/topology.ts';
import { faultPlan, type FaultPlan } from './kit/faults.ts';

export const serviceNames = ['cosmos', 'service-bus', 'blob', 'email', 'identity', 'payments'] as const;
export type ServiceName = (typeof serviceNames)[number];

export type LocalEnvironment = {
  /** Apps this process hosts. */
  apps: string[];
  /** Where state lives; undefined keeps nothing. */
  stateDir: string | undefined;
  /** Where the business clock begins when nothing is kept; undefined: with real time. */
  clockStartMs?: number;
  /** By service, `admin` and app; 0 takes any free port. */
  ports: Record<string, number>;
  faults: Partial<Record<ServiceName | 'functions-host', FaultPlan>>;
};

/** What cannot be read; its message is the one line a person sees. */
export class BadStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadStart';
  }
}

const usualPorts: Record<string, number> = {
  admin: 7070,
  ...Object.fromEntries(Object.entries(topology.apps).map(([name, { localPort }]) => [name, localPort])),
  cosmos: 8081,
  'service-bus': 5672,
  blob: 10000,
  email: 8085,
  identity: 8086,
  payments: 8087,
};

export const usage = `npm start                       everything on one machine
npm start -- --memory           keeps nothing
npm start -- --memory --at TIME keeps nothing, and its day is that of an ISO instant, past or future
npm start -- --app work         one app; shares the services that already run, else starts them
npm start -- --services         the services alone
npm start -- --state DIRECTORY  keeps state there instead of .local/state
npm run demo                    a company at work, always as on its first morning; kept in .local/demo`;

/** @throws BadStart */
export const readEnvironment = (
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): LocalEnvironment & { help: boolean; demo: boolean; seed: boolean } => {
  const { memory, app, services, state, help, at, demo, seed } = readArguments(args);
  if (app !== undefined && !Object.hasOwn(topology.apps, app))
    throw new BadStart(`--app ${app}: is none of ${Object.keys(topology.apps).join(', ')}`);
  if (app !== undefined && services) throw new BadStart('--app and --services exclude each other');
  if (memory && state !== undefined) throw new BadStart('--memory and --state exclude each other');
  if (demo && (app !== undefined || services || memory)) throw new BadStart('--demo goes with --state alone');
  if (at !== undefined && !memory) throw new BadStart('--at needs --memory: kept state has its own clock');
  return {
    ...{ help, demo, seed },
    ...(at === undefined ? {} : { clockStartMs: readInstant(at) }),
    apps: services ? [] : app === undefined ? Object.keys(topology.apps) : [app],
    stateDir: memory ? undefined : resolve(state ?? (demo ? '.local/demo' : '.local/state')),
    ports: readPorts(seed ? 'any' : env['DUNWELL_LOCAL_PORTS']),
    faults: readFaults(env['DUNWELL_LOCAL_FAULTS']),
  };
};

const readArguments = (args: string[]) => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        memory: { type: 'boolean', default: false },
        services: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        // what the demo starts beside itself the first time
        seed: { type: 'boolean', default: false },
        app: { type: 'string' },
        state: { type: 'string' },
        at: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new BadStart(`${(error as Error).message.split('\n')[0]}\n${usage}`);
  }
};

const readInstant = (text: string): number => {
  if (!z.iso.datetime({ offset: true }).safeParse(text).success)
    throw new BadStart(`--at ${text}: is not an ISO instant such as 2026-12-01T09:00:00Z`);
  return Date.parse(text);
};

const portsShape = z.union([
  z.literal('any'),
  z.partialRecord(z.enum(Object.keys(usualPorts) as [string]), z.int().min(0).max(65_535)),
]);

const readPorts = (text: string | undefined): Record<string, number> => {
  if (text === undefined) return usualPorts;
  const ports = readJson('DUNWELL_LOCAL_PORTS', text === 'any' ? '"any"' : text, portsShape);
  if (ports === 'any') return Object.fromEntries(Object.keys(usualPorts).map((name) => [name, 0]));
  return { ...usualPorts, ...(ports as Record<string, number>) };
};

const faultsShape = z.partialRecord(z.enum([...serviceNames, 'functions-host']), faultPlan);

const readFaults = (text: string | undefined): LocalEnvironment['faults'] =>
  text === undefined ? {} : readJson('DUNWELL_LOCAL_FAULTS', text, faultsShape);

const readJson = <Value>(name: string, text: string, shape: z.ZodType<Value>): Value => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadStart(`${name} is not JSON: ${text.slice(0, 60)}`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadStart(`${name}: ${[...(issue?.path ?? []), issue?.message].join(' ')}`);
};
