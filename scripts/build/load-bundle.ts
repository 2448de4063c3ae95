/**
 * Loads a bundle the way the platform's worker does and tells what it registers. A process of its own,
 * since a bundle registers once per process.
 * From: `registered-functions.ts`, which gives the file as the argument and the app's settings as environment.
 * Next: one line of JSON with the functions and the milliseconds it took to load.
 */
import Module, { createRequire } from 'node:module';

type Metadata = { name: string; bindings: Record<string, Record<string, unknown>> };
type Loader = { _load(request: string, ...rest: unknown[]): unknown };

const functions: { name: string; bindings: Record<string, unknown>[] }[] = [];
const disposable = { dispose: () => undefined };

const core = {
  version: '0.0.0',
  hostVersion: '0.0.0',
  Disposable: class {},
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  registerFunction: ({ name, bindings }: Metadata) => {
    functions.push({ name, bindings: Object.values(bindings) });
    return disposable;
  },
  registerHook: () => disposable,
  log: () => undefined,
};

const loader = Module as unknown as Loader;
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest));

const startedAtMs = performance.now();
createRequire(import.meta.dirname)(process.argv[2] ?? '');
const loadMs = performance.now() - startedAtMs;
// One turn later, so that what the bundle loads late has failed by then if it cannot be loaded.
setImmediate(() => process.stdout.write(JSON.stringify({ functions, loadMs }), () => process.exit(0)));
