/**
 * What the apps registered, checked: the list of functions to be started.
 * From: `start.ts`. Next: router and listeners. Everything that makes a start impossible shows here,
 * before a port is taken or a message received.
 */
import type { Activity } from './core/activity.ts';
import { createExecution, type Execution } from './core/execution.ts';
import { createAppLog, type AppLog, type LogSink } from './core/log.ts';
import { register, type Hooks, type Registered } from './core/registration.ts';
import type { FaultSwitch } from '../kit/faults.ts';
import { HostRefusal } from './refusal.ts';
import { isDisabled, type Settings } from './settings/expressions.ts';
import type { HostSettings } from './settings/host-json.ts';
import { requireLoopbackKeys } from './settings/loopback.ts';
import { readTrigger, type Trigger } from './settings/triggers.ts';

export type HostedApp = {
  name: string;
  /** 0 takes any free port. */
  port: number;
  /** The app's settings; bindings see these and nothing of the process environment. */
  settings: Settings;
  /** Calls `app.http`, `app.timer` and so on of `@azure/functions`. */
  register: () => void | Promise<void>;
};

export type PlannedFunction<T extends Trigger = Trigger> = {
  app: string;
  name: string;
  trigger: T;
  registered: Registered;
  execution: Execution;
  settings: Settings;
};

export type PlannedApp = {
  hosted: HostedApp;
  hooks: Hooks;
  log: AppLog;
  appHookData: Record<string, unknown>;
  functions: PlannedFunction[];
  disabled: string[];
};

export type PlanOptions = { host: HostSettings; sink: LogSink; activity: Activity; faults: FaultSwitch };

/** @throws HostRefusal */
export const planApp = async (hosted: HostedApp, options: PlanOptions): Promise<PlannedApp> => {
  const { name: app, settings } = hosted;
  requireLoopbackKeys(app, settings);
  const { functions, hooks } = await register(app, hosted.register);
  const log = createAppLog({ app, hooks, sink: options.sink, leastLevel: options.host.leastLevel });
  const owner = { hooks, log, appHookData: {} };
  const isOff = ({ metadata }: Registered) => isDisabled(metadata.name, settings);
  const all = [...functions.values()];
  return {
    hosted,
    hooks,
    log,
    appHookData: owner.appHookData,
    disabled: all.filter(isOff).map(({ metadata }) => metadata.name),
    functions: all
      .filter((one) => !isOff(one))
      .map((registered) => {
        const trigger = readTrigger(app, registered, settings);
        const { activity, faults } = options;
        const execution = createExecution({
          app,
          registered,
          triggerName: trigger.name,
          owner,
          activity,
          faults,
        });
        return { app, name: registered.metadata.name, trigger, registered, execution, settings };
      }),
  };
};

export const isOfType =
  <Type extends Trigger['type']>(type: Type) =>
  (one: PlannedFunction): one is PlannedFunction<Extract<Trigger, { type: Type }>> =>
    one.trigger.type === type;

/** Two feeds with the same leases would share the changes instead of each seeing all. @throws HostRefusal */
export const refuseSharedLeases = (apps: PlannedApp[]): void => {
  const seen = new Map<string, string>();
  for (const { app, name, trigger } of apps
    .flatMap(({ functions }) => functions)
    .filter(isOfType('cosmosDBTrigger'))) {
    const { databaseName, containerName, leaseContainerName, leaseContainerPrefix } = trigger;
    const key = JSON.stringify([databaseName, containerName, leaseContainerName, leaseContainerPrefix]);
    const other = seen.get(key);
    if (other !== undefined)
      throw new HostRefusal(
        `${app}/${name}: needs a leaseContainerPrefix of its own; ${other} uses '${leaseContainerPrefix}'`,
      );
    seen.set(key, `${app}/${name}`);
  }
};
