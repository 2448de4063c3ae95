/**
 * Starts what was asked for: the stand-ins (or those another process already runs) and the apps.
 * From: `local/main.ts`, `local/demo`, tests. Next: lines for a person, a handle that ends everything.
 */
import { startApps } from './apps.ts';
import { createClock, type Clock } from './clock.ts';
import { followClock } from './clock-link.ts';
import { keepOffset, savedOffsetMs } from './clock-state.ts';
import { removeEndpoints, runningEndpoints, saveEndpoints, type Endpoints } from './endpoints.ts';
import { BadStart, type LocalEnvironment } from './environment.ts';
import { createFaultSwitch } from './kit/faults.ts';
import { startStandIns, type StandIns } from './stand-ins.ts';

export type Running = {
  endpoints: Endpoints;
  /** By app. */
  urls: Record<string, string>;
  clock: Clock;
  close(): Promise<void>;
};

type Print = (line: string) => void;

/** @throws BadStart, PortTaken, DamagedState, BadSetting: one line for a person each. */
export const runLocal = async (environment: LocalEnvironment, print: Print): Promise<Running> => {
  const startedAtMs = performance.now();
  const shared = await sharedEndpoints(environment);
  const clock = createClock({ offsetMs: shared ? 0 : startOffsetMs(environment) });
  const ends: (() => Promise<void> | void)[] = [() => clock.close()];
  const close = async () => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const standIns = shared ? undefined : await startStandIns(environment, clock, print, line(print));
    if (standIns) ends.push(() => standIns.close(), ...keepState(environment, clock, standIns));
    if (shared) ends.push(await follow(clock, shared, print));
    const endpoints = shared ?? standIns!.endpoints;
    const urls = await hostApps(environment, endpoints, clock, standIns, print, ends);
    const running = { endpoints, urls, clock, close };
    print(`ready in ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s; Ctrl-C ends everything`);
    return running;
  } catch (error) {
    await close();
    throw error;
  }
};

const startOffsetMs = ({ stateDir, clockStartMs }: LocalEnvironment): number =>
  clockStartMs === undefined ? savedOffsetMs(stateDir) : clockStartMs - Date.now();

/** The endpoints of a process that already runs on this state, when one app is to share them. */
const sharedEndpoints = async ({ stateDir, apps }: LocalEnvironment): Promise<Endpoints | undefined> => {
  const running = stateDir === undefined ? undefined : await runningEndpoints(stateDir);
  if (running && apps.length !== 1)
    throw new BadStart(
      `process ${running.processId} already runs on ${stateDir}; end it, or add one app to it with --app NAME`,
    );
  return running;
};

const keepState = ({ stateDir }: LocalEnvironment, clock: Clock, standIns: StandIns) => {
  if (stateDir === undefined) return [];
  saveEndpoints(stateDir, standIns.endpoints);
  keepOffset(stateDir, clock);
  return [() => removeEndpoints(stateDir)];
};

/** Resolves when the clock has the time of the process with the services. */
const follow = async (clock: Clock, { admin, processId }: Endpoints, print: Print): Promise<() => void> => {
  const ending = new AbortController();
  print(`shares the services of process ${processId} (${admin})`);
  await followClock(clock, admin, `process-${process.pid}`, ending.signal, () => {
    print('the process with the services has ended; this one ends, too');
    process.exit(0); // there is nobody left to hand work back to: closing would wait for answers of the dead
  });
  return () => ending.abort();
};

const hostApps = async (
  environment: LocalEnvironment,
  endpoints: Endpoints,
  clock: Clock,
  standIns: StandIns | undefined,
  print: Print,
  ends: (() => Promise<void> | void)[],
): Promise<Record<string, string>> => {
  if (environment.apps.length === 0) return {};
  const faults =
    standIns?.faults['functions-host'] ?? createFaultSwitch(environment.faults['functions-host']);
  const apps = await startApps(environment, endpoints, clock, faults, standIns?.admin, print);
  ends.push(() => apps.close());
  const { portal = `http://127.0.0.1:${environment.ports['portal']}` } = apps.host.urls;
  await standIns?.tellPortal(portal);
  for (const [name, url] of Object.entries(apps.host.urls)) {
    const count = apps.host.functions.filter((one) => one.app === name).length;
    line(print)(name, url, count === 1 ? '1 function' : `${count} functions`);
  }
  return apps.host.urls;
};

const line =
  (print: Print) =>
  (name: string, url: string, summary: string): void =>
    print(`${name.padEnd(12)} ${url.padEnd(36)} ${summary}`);
