/**
 * Azurite's blob service in a thread of its own, so that it ends with the process however that ends.
 * From: `azurite.ts` starts it. Next: `azurite.ts` hears where it listens, what is saved, why it failed.
 * The telemetry library is left out (telemetry is off): it would cost a second and 65 MB.
 * SAS times are checked by the business clock, leases by the real one.
 */
import { mkdirSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { keepInJournal } from './azurite-journal.ts';
import type { MetadataStore } from './azurite-journal.ts';
import type { FromWorker, ToWorker, WorkerInput } from './azurite.ts';

type Collection = { count(query: object): number };
type BlobStore = MetadataStore & { db: { getCollection(name: string): Collection } };
type BlobServer = {
  start(): Promise<void>;
  close(): Promise<void>;
  httpServer: Server;
  metadataStore: BlobStore;
  extentMetadataStore: MetadataStore;
};
type Authenticator = { prototype: { validateTime(expiry?: string, start?: string): boolean } };
type Constructor<Made> = { default: new (...parts: unknown[]) => Made };

const input = workerData as WorkerInput;
const offsetMs = new Float64Array(input.offsetMs);
const tell = (message: FromWorker) => parentPort?.postMessage(message);

const requireHere = createRequire(join(import.meta.dirname, 'azurite-worker.ts'));
const azuriteFile = (name: string) => requireHere.resolve(`azurite/dist/src/blob/${name}.js`);

const leaveOutTelemetry = (): void => {
  const path = createRequire(azuriteFile('BlobServer')).resolve('applicationinsights');
  const empty = new Module(path);
  empty.loaded = true;
  requireHere.cache[path] = empty;
};

const useBusinessClockForSas = (): void => {
  for (const name of ['BlobSASAuthenticator', 'AccountSASAuthenticator']) {
    const { default: authenticator } = requireHere(azuriteFile(`authentication/${name}`)) as {
      default: Authenticator;
    };
    authenticator.prototype.validateTime = (expiry, start) => {
      const nowMs = Date.now() + offsetMs[0]!;
      return !(expiry && nowMs > Date.parse(expiry)) && !(start && nowMs < Date.parse(start));
    };
  }
};

const createServer = (): BlobServer => {
  const { default: Configuration } = requireHere(azuriteFile('BlobConfiguration')) as Constructor<object>;
  const { default: Server } = requireHere(azuriteFile('BlobServer')) as Constructor<BlobServer>;
  const { directory } = input;
  const inDirectory = (name: string) => join(directory ?? '', name);
  const extents = [{ locationId: 'Default', locationPath: inDirectory('extents'), maxConcurrency: 50 }];
  const keepAliveSeconds = 3_600;
  const none = undefined;
  return new Server(
    new Configuration(
      ...['127.0.0.1', 0, keepAliveSeconds, inDirectory('unused'), inDirectory('unused'), extents],
      ...[false, none, false, none, false], // access log, its stream, debug log, its file, loose
      ...[true, none, none, none, none, true], // skipApiVersionCheck, cert, key, pwd, oauth, disableProductStyleUrl
      directory === undefined,
    ),
  );
};

const serve = (server: BlobServer, save: () => Promise<void>): void => {
  parentPort?.on('message', (message: ToWorker) => {
    const done = message.ask === 'save' ? save() : server.close();
    done.then(
      () => tell({ say: 'done', number: message.number }),
      (error: unknown) => tell({ say: 'done', number: message.number, error: String(error) }),
    );
  });
  const { port } = server.httpServer.address() as AddressInfo;
  const blobs = server.metadataStore.db.getCollection('$BLOBS_COLLECTION$').count({ isCommitted: true });
  tell({ say: 'ready', port, blobs });
};

const start = async (): Promise<void> => {
  const { directory } = input;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  leaveOutTelemetry();
  useBusinessClockForSas();
  const server = createServer();
  const stores = [server.extentMetadataStore, server.metadataStore];
  const save =
    directory === undefined
      ? async () => undefined
      : await keepInJournal(join(directory, 'blobs.journal'), stores);
  await server.start();
  serve(server, save);
};

process.noDeprecation = true;
await start().catch((error: unknown) => {
  tell({ say: 'failed', reason: error instanceof Error ? error.message : String(error) });
  parentPort?.close();
});
