/**
 * The module `@azure/functions-core`, supplied in this process.
 * From: `@azure/functions`, which requires it at its first registration. Next: the registration it
 * belongs to (`registration.ts`) and the log of the running invocation (`log.ts`).
 * The real worker does the same: the module exists nowhere on disk. `Module._load` is patched because
 * the library is one CommonJS file, whether the app imports it or requires it.
 */
import Module from 'node:module';
import type {
  CoreLog,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  ProgrammingModel,
} from './core-types.ts';
import { logFromLibrary } from './log.ts';
import { currentRegistration } from './registration.ts';

const hostVersion = '4.1048.200';
const workerVersion = '3.12.0';
const coreModuleName = '@azure/functions-core';

type Loader = { _load(request: string, ...rest: unknown[]): unknown };

let programmingModel: ProgrammingModel | undefined;

class Disposable {
  readonly #dispose: () => void;
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }
  dispose(): void {
    this.#dispose();
  }
}

const coreModule = {
  version: workerVersion,
  hostVersion,
  Disposable,
  setProgrammingModel: (model: ProgrammingModel) => {
    programmingModel = model;
  },
  getProgrammingModel: () => programmingModel,
  registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
    const registration = currentRegistration(`function '${metadata.name}'`);
    registration.addFunction(metadata, callback);
    return new Disposable(() => registration.removeFunction(metadata.name));
  },
  registerHook: (name: string, callback: HookCallback) =>
    new Disposable(currentRegistration(`hook '${name}'`).addHook(name, callback)),
  log: ((level, category, message) => logFromLibrary(level, category, message)) satisfies CoreLog,
};

/** The model the library set at its first registration. @throws when nothing was ever registered */
export const libraryModel = (): ProgrammingModel => {
  if (!programmingModel) throw new Error('@azure/functions has not registered anything yet');
  return programmingModel;
};

let supplied = false;

/** Lets `require('@azure/functions-core')` succeed from now on. Call it before anything is registered. */
export const supplyCoreModule = (): void => {
  if (supplied) return;
  supplied = true;
  const loader = Module as unknown as Loader;
  const load = loader._load.bind(loader);
  loader._load = (request, ...rest) => (request === coreModuleName ? coreModule : load(request, ...rest));
};
