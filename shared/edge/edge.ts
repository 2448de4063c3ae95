/**
 * What every trigger wrapper of one app needs, and the list of what was registered.
 * From: `functions/parts.ts`, once per app. Next: `onHttp`, `onQueue`, `onTimer`, `onChanges` beside this file.
 */
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import type { Schema } from '../contracts/schema.ts';
import type { Instant } from '../domain/calendar.ts';
import type { AlertStore } from '../ports/alert-store.ts';
import type { CallCounter } from '../ports/call-counter.ts';
import type { MessageSender } from '../ports/message-sender.ts';
import type { ParkedWorkStore } from '../ports/parked-work-store.ts';
import type { ReadLog } from '../ports/read-log.ts';
import type { RequestStore } from '../ports/request-store.ts';
import type { Access } from './access.ts';
import type { FieldPaths } from './fields.ts';
import type { Pace } from './pace.ts';
import type { TakeFunction } from './platform.ts';

export type Edge = {
  app: string;
  /** Who is given the functions: the platform. */
  take: TakeFunction;
  /** The business clock. */
  now: () => Instant;
  access: Access;
  /** Brings failed work back after a rest. */
  sender: MessageSender;
  /** Keeps what cannot be done. */
  parked: ParkedWorkStore;
  /** Tells a repeated request from a new one. */
  requests: RequestStore;
  /** How fast one person may call. */
  pace: Pace;
  /** How much of something one person has had. */
  counter: CallCounter;
  /** Where it is told that somebody of another firm reads too much. */
  alerts?: Pick<AlertStore, 'raise'>;
  /** Keeps who looked at what is sensitive. */
  readLog: ReadLog;
};

/** One HTTP route as it was registered. */
export type RegisteredRoute = {
  app: string;
  name: string;
  methods: readonly string[];
  route: string;
  action: ActionName;
  /** Which places of the answer, and of the body, hold fields of `access-fields.csv`. */
  fields?: FieldPaths | undefined;
  bodyFields?: FieldPaths | undefined;
  /** What its JSON body holds. */
  body?: Schema<unknown> | undefined;
  /** Declared when the action has cells that say `r`. */
  reduced?: readonly string[] | undefined;
  /** Noted like a read, though it is none by its action. */
  isLook?: true | undefined;
  handler: (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;
};

const routes: RegisteredRoute[] = [];

/** Called by the HTTP wrappers alone, after `noteFunction`. */
export const noteRoute = (route: RegisteredRoute): void => void routes.push(route);

/** Every route of every app of this process, for whoever checks that each is guarded as the matrix says. */
export const registeredRoutes = (): readonly RegisteredRoute[] => routes;

/** One function as it was registered; `source` is a route, queue, `topic/subscription`, container or schedule. */
export type RegisteredFunction = {
  name: string;
  kind: 'http' | 'queue' | 'topic' | 'timer' | 'changes';
  source: string;
  action: ActionName;
  /** Of a feed alone: works one document again, as the feed would show it. */
  again?: (document: Record<string, unknown>) => Promise<void>;
};

const registered = new Map<string, RegisteredFunction[]>();

/** Called by the wrappers alone. @throws when the app already has a function of that name. */
export const noteFunction = (app: string, noted: RegisteredFunction): void => {
  const before = registered.get(app) ?? [];
  if (before.some(({ name }) => name === noted.name))
    throw new Error(`app ${app} registers function ${noted.name} twice`);
  registered.set(app, [...before, noted]);
};

/** Every function of an app of this process, with the action it names. */
export const registeredHandlers = (app: string): readonly RegisteredFunction[] => registered.get(app) ?? [];

/** Function names by app: one app in the cloud, all that this process hosts locally. */
export const registeredFunctions = (): Record<string, string[]> =>
  Object.fromEntries([...registered].map(([app, functions]) => [app, functions.map(({ name }) => name)]));

/** Forgets an app's functions, so that one process can start it again. */
export const forgetFunctions = (app: string): void => {
  registered.delete(app);
  routes.splice(0, routes.length, ...routes.filter((route) => route.app !== app));
};
