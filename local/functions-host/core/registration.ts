/**
 * Who is registering: the library's `app` object is one per process, this host runs several apps in it.
 * From: the core module, while an app's `register()` runs. Next: `start.ts` reads what the app registered.
 * The app is carried by the asynchronous context, so that registrations that wait for something, and
 * hosts that start at the same time, are attributed rightly. Afterwards registration is locked.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogLevel } from '@azure/functions';
import { HostRefusal } from '../refusal.ts';
import {
  hookNames,
  type FunctionCallback,
  type FunctionMetadata,
  type HookCallback,
  type HookName,
} from './core-types.ts';

export type Registered = { metadata: FunctionMetadata; callback: FunctionCallback };
export type Hooks = Record<HookName, HookCallback[]>;

export type Registration = {
  app: string;
  functions: Map<string, Registered>;
  hooks: Hooks;
  locked: boolean;
  addFunction(metadata: FunctionMetadata, callback: FunctionCallback): void;
  removeFunction(name: string): void;
  /** Answers what removes it again. */
  addHook(name: string, callback: HookCallback): () => void;
  /** What the library logs while the app registers; `setup()` tells of itself in no other way. */
  log(level: LogLevel, message: string): void;
};

const registering = new AsyncLocalStorage<Registration>();

export const currentRegistration = (what: string): Registration => {
  const registration = registering.getStore();
  if (!registration)
    throw new HostRefusal(
      `${what} was registered outside of the register() of an app; the local host cannot tell whose it is`,
    );
  if (registration.locked)
    throw new HostRefusal(`${registration.app}: ${what} was registered after start-up`);
  return registration;
};

export const registrationUnderWay = (): Registration | undefined => registering.getStore();

/** Runs `register` and gives back what it registered. @throws HostRefusal, and whatever `register` throws */
export const register = async (app: string, run: () => void | Promise<void>): Promise<Registration> => {
  const registration = newRegistration(app);
  await registering.run(registration, async () => run());
  registration.locked = true;
  return registration;
};

/** What `setup({ enableHttpStream: true })` logs; from then on the library waits for a proxy that is not here. */
const httpStreamNotice = 'HTTP streaming enabled.';

const functionName = /^[a-z][a-z0-9_-]{0,127}$/i;

const newRegistration = (app: string): Registration => {
  const functions = new Map<string, Registered>();
  const hooks: Hooks = { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [], log: [] };
  return {
    app,
    functions,
    hooks,
    locked: false,
    addFunction: (metadata, callback) => {
      const { name } = metadata;
      if (!functionName.test(name)) throw new HostRefusal(`${app}: '${name}' is not a valid function name`);
      const twice = [...functions.keys()].some((known) => known.toLowerCase() === name.toLowerCase());
      if (twice) throw new HostRefusal(`${app}/${name}: a function of this name is already registered`);
      functions.set(name, { metadata, callback });
    },
    removeFunction: (name) => void functions.delete(name),
    addHook: (name, callback) => {
      if (!isHookName(name)) throw unknownHook(name);
      hooks[name].push(callback);
      return () => {
        hooks[name] = hooks[name].filter((one) => one !== callback);
      };
    },
    log: (_level, message) => {
      if (message === httpStreamNotice)
        throw new HostRefusal(`${app}: enableHttpStream is not supported by the local host`);
    },
  };
};

const isHookName = (name: string): name is HookName => (hookNames as readonly string[]).includes(name);

/** The library looks at these two marks to tell an old host from a wrong name. */
const unknownHook = (name: string): Error =>
  Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
