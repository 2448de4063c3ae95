/**
 * Starts Azurite's thread and speaks with it.
 * From: `start.ts`. Next: `azurite-worker.ts`; the proxy asks `saved` before it acknowledges a change.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { localKey, ownerName } from '../kit/keys.ts';

export const accountName = 'dunwelllocal';

export type WorkerInput = {
  /** Undefined keeps everything in memory. */
  directory: string | undefined;
  /** How far the business clock is ahead: one float that both threads see. */
  offsetMs: SharedArrayBuffer;
};
export type ToWorker = { ask: 'save' | 'close'; number: number };
export type FromWorker =
  | { say: 'ready'; port: number; blobs: number }
  | { say: 'failed'; reason: string }
  | { say: 'done'; number: number; error?: string };

export type Azurite = {
  /** Where it listens, on loopback. */
  port: number;
  /** Blobs found at the start. */
  blobs: number;
  /** Resolves when every change answered so far is on disk. @throws Error when it cannot be written */
  saved(): Promise<void>;
  /** Writes what is left and ends the thread. */
  close(): Promise<void>;
};

/** Longer than this nobody waits for the thread to end. */
const closeMs = 2_000;

/** @throws Error whose message is the one line a person sees, such as that of `DamagedState` */
export const startAzurite = async (
  directory: string | undefined,
  clock: Clock,
  log: (line: string) => void,
): Promise<Azurite> => {
  const shared = shareOffset(clock);
  const workerInput: WorkerInput = { directory, offsetMs: shared.offsetMs };
  const worker = new Worker(join(import.meta.dirname, 'azurite-worker.ts'), {
    workerData: workerInput,
    env: { AZURITE_ACCOUNTS: `${accountName}:${localKey('blob', ownerName)}` },
    stdout: true,
    stderr: true,
  });
  worker.stderr.on('data', (text: Buffer) => log(`blob: ${text.toString('utf8').trim()}`));
  const asked = answersFrom(worker, log);
  try {
    const { port, blobs } = await untilReady(worker);
    return {
      port,
      blobs,
      saved: () => (directory === undefined ? Promise.resolve() : asked('save')),
      close: async () => {
        shared.stop();
        await Promise.race([asked('close'), waitUnreffed(closeMs)]);
        await worker.terminate();
      },
    };
  } catch (error) {
    shared.stop();
    await worker.terminate();
    throw error;
  }
};

const shareOffset = (clock: Clock) => {
  const offsetMs = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const view = new Float64Array(offsetMs);
  view[0] = clock.offsetMs();
  return { offsetMs, stop: clock.onMove((moved) => (view[0] = moved)) };
};

const untilReady = (worker: Worker): Promise<{ port: number; blobs: number }> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.say === 'ready') resolve(message);
      if (message.say === 'failed') reject(new Error(`blob: ${message.reason}`));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('blob: Azurite ended before it was ready')));
  });

/** Sends a question to the thread and resolves with its answer; rejects when the thread is gone. */
const answersFrom = (worker: Worker, log: (line: string) => void) => {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let numbers = 0;
  let ended = false;
  worker.on('message', (message: FromWorker) => {
    if (message.say !== 'done') return;
    const one = waiting.get(message.number);
    waiting.delete(message.number);
    if (message.error === undefined) one?.resolve();
    else one?.reject(new Error(message.error));
  });
  worker.on('error', (error) => log(`blob: Azurite failed: ${String(error)}`));
  worker.on('exit', () => {
    ended = true;
    for (const { reject } of waiting.values()) reject(new Error('blob: Azurite has ended'));
    waiting.clear();
  });
  return (ask: ToWorker['ask']): Promise<void> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new Error('blob: Azurite has ended'));
      numbers += 1;
      waiting.set(numbers, { resolve, reject });
      const message: ToWorker = { ask, number: numbers };
      worker.postMessage(message);
    });
};

const waitUnreffed = (waitMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, waitMs).unref();
  });
