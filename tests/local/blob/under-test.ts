/**
 * The blob service the suites run against: a real account when the environment names one, else the stand-in.
 * From: `CONFORMANCE_BLOB` (a connection string). Next: the tests beside this file.
 */
import { BlobServiceClient } from '@azure/storage-blob';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { randomUUID } from 'node:crypto';
import { startBlob } from '../../../local/blob/start.ts';
import type { BlobService } from '../../../local/blob/start.ts';
import { createClock } from '../../../local/clock.ts';
import type { Clock } from '../../../local/clock.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { FaultSwitch } from '../../../local/kit/faults.ts';
import { topology } from '../../../shared/contracts/topology.ts';

const realAccount = process.env['CONFORMANCE_BLOB'];
export const isLocal = realAccount === undefined;

export type Local = { service: BlobService; clock: Clock; faults: FaultSwitch; log: string[] };

/** A stand-in of one's own. */
export const startLocal = async (stateDir?: string, port = 0): Promise<Local> => {
  const clock = createClock();
  const faults = createFaultSwitch();
  const log: string[] = [];
  const service = await startBlob({ port, stateDir, topology, clock, faults, log: (line) => log.push(line) });
  return { service, clock, faults, log };
};

/** A client; without retries unless told, so that a test sees each answer. */
export const clientOf = (connectionString: string, maxTries = 1): BlobServiceClient =>
  BlobServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries, retryDelayInMs: 10, maxRetryDelayInMs: 50 },
  });

export type Account = { client: BlobServiceClient; container: ContainerClient; close(): Promise<void> };

/** An account with a fresh container, which goes away again. */
export const openAccount = async (): Promise<Account> => {
  const local = realAccount === undefined ? await startLocal() : undefined;
  const client = clientOf(realAccount ?? local!.service.connectionString());
  const container = client.getContainerClient(`conformance-${randomUUID()}`);
  await container.create();
  return {
    client,
    container,
    close: async () => {
      await container.delete();
      await local?.service.close();
    },
  };
};

/** Writes text as a whole blob. */
export const put = (blob: BlockBlobClient, text: string, options = {}) =>
  blob.upload(text, Buffer.byteLength(text), options);

/** Reads a whole blob, or a part, as text. */
export const read = async (blob: BlockBlobClient, offset = 0, count?: number): Promise<string> =>
  (await blob.downloadToBuffer(offset, count)).toString('utf8');

/** The service's code of what an operation was refused with; `accepted` when it was not. */
export const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    const { code, statusCode, details } = error as {
      code?: string;
      statusCode?: number;
      details?: { errorCode?: string };
    };
    return `${statusCode} ${details?.errorCode ?? code}`;
  }
};
