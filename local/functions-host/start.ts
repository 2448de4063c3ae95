/**
 * The Functions host: runs unchanged `@azure/functions` v4 registrations of several apps in one process.
 * From: `local/main.ts` and tests. Next: handlers, through the library's own conversions.
 * It supplies the module the library looks for, and does what the platform does around handlers:
 * routing, timers, messages, change feeds, hooks, retries, logs, an orderly end.
 */
import type { Clock } from '../clock.ts';
import { createFaultSwitch, type FaultSwitch } from '../kit/faults.ts';
import { createActivity, type Activity } from './core/activity.ts';
import { supplyCoreModule } from './core/core-module.ts';
import type { Execution } from './core/execution.ts';
import type { LogSink } from './core/log.ts';
import type { OnAdmin } from './http/admin.ts';
import { createRouter, type Router } from './http/router.ts';
import { startHttpFront, type HttpFront } from './http/server.ts';
import { startListeners } from './listeners.ts';
import type { Listener } from './listener.ts';
import { isOfType, planApp, refuseSharedLeases, type HostedApp, type PlannedApp } from './plan.ts';
import { readHostJson } from './settings/host-json.ts';

export type HostOptions = {
  apps: HostedApp[];
  /** `host.json`, parsed. */
  hostJson: unknown;
  clock: Clock;
  /** One line with app and function in front, and its level. */
  log: LogSink;
  /** Operations are named `invoke <app>/<function>`. */
  faults?: FaultSwitch;
  /** Where timers remember; undefined keeps nothing. */
  stateDir?: string | undefined;
  /** Answers `/admin/*` on every app; without it they are 404. */
  onAdmin?: OnAdmin;
  /** The platform's 100 MB unless told otherwise. */
  maxBodyBytes?: number;
  /** The platform's 230 seconds unless told otherwise; real milliseconds. */
  answerTimeoutMs?: number;
};

export type FunctionsHost = {
  /** Everything registered and not disabled, in the order of registration. */
  functions: { app: string; name: string; trigger: string }[];
  /** Where each app answers. */
  urls: Record<string, string>;
  /** For the start-up line: `4 apps, 31 functions`. */
  summary: string;
  /** `app/function executions` and `app/function failures` since the start. */
  counts(): Record<string, number>;
  /** Takes no more work, gives what runs two seconds, ends everything within three. */
  close(): Promise<void>;
};

const finishWithinMs = 1_700;
/** For links that were just being opened: the client lets them go late. */
const stopWithinMs = 400;
const closeWithinMs = 500;

/** @throws HostRefusal with one clear line; PortTaken; then nothing is left running. */
export const startHost = async (options: HostOptions): Promise<FunctionsHost> => {
  supplyCoreModule();
  const { clock, faults = createFaultSwitch() } = options;
  const activity = createActivity();
  const host = readHostJson(options.hostJson);
  const apps: PlannedApp[] = [];
  for (const hosted of options.apps)
    apps.push(await planApp(hosted, { host, sink: options.log, activity, faults }));
  refuseSharedLeases(apps);
  const routers = apps.map((app) => routerOf(app, host.routePrefix));

  const fronts: HttpFront[] = [];
  const listeners: Listener[] = [];
  const end = () => closeAll(apps, fronts, listeners, activity);
  try {
    for (const app of apps) await runAppHooks(app, 'appStart');
    for (const [index, app] of apps.entries())
      fronts.push(await startHttpFront(frontOptions(options, app, routers[index]!)));
    for (const app of apps)
      await startListeners(app, { host, clock, stateDir: options.stateDir, activity }, listeners);
  } catch (error) {
    await end();
    throw error;
  }

  const stopAsking = clock.addQuietCheck(() => isQuiet(activity, listeners));
  const functions = apps.flatMap((app) => app.functions);
  let closing: Promise<void> | undefined;
  return {
    functions: functions.map(({ app, name, trigger }) => ({ app, name, trigger: trigger.type })),
    urls: Object.fromEntries(apps.map(({ hosted }, index) => [hosted.name, fronts[index]!.url])),
    summary: summaryOf(apps),
    counts: () => activity.counts(),
    close: () => {
      stopAsking();
      return (closing ??= end());
    },
  };
};

const routerOf = ({ hosted, functions }: PlannedApp, routePrefix: string): Router<Execution> =>
  createRouter(
    hosted.name,
    routePrefix,
    functions.filter(isOfType('httpTrigger')).map(({ name, trigger, execution }) => ({
      name,
      methods: trigger.methods,
      route: trigger.route,
      target: execution,
    })),
  );

const frontOptions = (options: HostOptions, { hosted, log }: PlannedApp, router: Router<Execution>) => ({
  app: hosted.name,
  port: hosted.port,
  router,
  onAdmin: options.onAdmin,
  maxBodyBytes: options.maxBodyBytes ?? 104_857_600,
  answerTimeoutMs: options.answerTimeoutMs ?? 230_000,
  warn: (message: string) => log('warning', 'system', message),
});

const runAppHooks = async (app: PlannedApp, name: 'appStart' | 'appTerminate'): Promise<void> => {
  const context = { hookData: {}, appHookData: app.appHookData, functionAppDirectory: process.cwd() };
  for (const hook of app.hooks[name]) await hook(context);
};

const isQuiet = async (activity: Activity, listeners: Listener[]): Promise<boolean> => {
  if (activity.running() > 0) return false;
  for (const listener of listeners) if (listener.isQuiet && !(await listener.isQuiet())) return false;
  return activity.running() === 0;
};

const closeAll = async (
  apps: PlannedApp[],
  fronts: HttpFront[],
  listeners: Listener[],
  activity: Activity,
): Promise<void> => {
  for (const front of fronts) front.stopTaking();
  const stopped = listeners.map(async (listener) => listener.stop());
  await within(finishWithinMs, [activity.settled(finishWithinMs)]);
  await within(stopWithinMs, stopped);
  const hooks = apps.map(async (app) => {
    await runAppHooks(app, 'appTerminate').catch((error: unknown) =>
      app.log('error', 'system', `appTerminate hook failed: ${String(error)}`),
    );
  });
  await within(closeWithinMs, [...hooks, ...listeners.map(async (listener) => listener.close())]);
  await Promise.all(fronts.map((front) => front.close()));
};

/** Waits for all, but not longer: what hangs then is a socket, and those end with the process. */
const within = async (atMostMs: number, work: Promise<unknown>[]): Promise<void> => {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, atMostMs);
  await Promise.race([Promise.allSettled(work), late.promise]);
  clearTimeout(timer);
};

const summaryOf = (apps: PlannedApp[]): string => {
  const functions = apps.reduce((sum, app) => sum + app.functions.length, 0);
  const disabled = apps.reduce((sum, app) => sum + app.disabled.length, 0);
  const counted = `${many(apps.length, 'app')}, ${many(functions, 'function')}`;
  return disabled === 0 ? counted : `${counted}, ${disabled} disabled`;
};

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
