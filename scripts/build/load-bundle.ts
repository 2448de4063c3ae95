/**
 * Loads a bundle the way the platform's worker does and tells what it registers. A process of its own,
 * since a bundle registers once per process.
 * From: `registered-functions.ts`, which gives the file and how long to stay as arguments, the app's settings as environment.
 * Next: one line of JSON: functions, milliseconds, files read; with a call, how it was answered.
 */
import Module, { createRequire } from 'node:module';
import { basename } from 'node:path';
import type { FirstCall } from './registered-functions.ts';

type Handler = (request: object, context: object) => Promise<{ status?: number }>;
type Metadata = { name: string; bindings: Record<string, Record<string, unknown>> };
type Loader = { _load(request: string, ...rest: unknown[]): unknown; _cache: Record<string, unknown> };

const functions: { name: string; bindings: Record<string, unknown>[] }[] = [];
const handlers = new Map<string, Handler>();
const disposable = { dispose: () => undefined };

const core = {
  version: '0.0.0',
  hostVersion: '0.0.0',
  Disposable: class {},
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  registerFunction: ({ name, bindings }: Metadata, handler: Handler) => {
    functions.push({ name, bindings: Object.values(bindings) });
    handlers.set(name, handler);
    return disposable;
  },
  registerHook: () => disposable,
  log: () => undefined,
};

const loader = Module as unknown as Loader;
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));
const filesRead = (): string[] => Object.keys(loader._cache).map((path) => basename(path));

const [file = '', stay = '', call = ''] = process.argv.slice(2);
const startedAtMs = performance.now();
createRequire(import.meta.dirname)(file);
const loadMs = performance.now() - startedAtMs;
const filesAtStart = filesRead();

const tell = (more: object = {}): void =>
  void process.stdout.write(
    JSON.stringify({ functions, loadMs, filesAtStart, files: filesRead(), ...more }),
    () => process.exit(0),
  );

/** A call nobody signed in for, as soon as it can come. */
const callOnce = async (): Promise<void> => {
  const { name, path, params } = JSON.parse(call) as FirstCall;
  const url = new URL(path, 'http://platform');
  const request = { method: 'GET', url: url.href, headers: new Headers(), query: url.searchParams, params };
  const quiet = () => undefined;
  const context = { functionName: name, log: quiet, info: quiet, warn: quiet, error: quiet };
  const answer = await handlers.get(name)?.(request, context);
  tell({ answer: { ...answer, afterMs: performance.now() - startedAtMs } });
};

// One turn later, so that what the bundle loads late has failed by then if it cannot be loaded.
if (stay === 'call') setImmediate(() => void callOnce());
else if (stay === 'all') process.once('beforeExit', () => tell());
else setImmediate(() => tell());
