/**
 * The local blob service: Azurite behind a proxy that adds what Azurite has not.
 * From: `local/main.ts` and tests. Next: `azurite.ts` (the service), `proxy.ts` (the front).
 */
import { BlobServiceClient } from '@azure/storage-blob';
import { join } from 'node:path';
import { localKey, ownerName } from '../kit/keys.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import { accountName, startAzurite } from './azurite.ts';
import { startProxy } from './proxy.ts';

export type BlobService = LocalService & {
  /** For the official SDK, with the key of an app, or of the owner who may do everything. */
  connectionString(holder?: string): string;
};

/** @throws PortTaken, or an Error that says what is damaged */
export const startBlob = async (options: ServiceOptions): Promise<BlobService> => {
  const directory = options.stateDir === undefined ? undefined : join(options.stateDir, 'blob');
  const azurite = await startAzurite(directory, options.clock, options.log);
  try {
    const containers = Object.keys(options.topology.blobContainers);
    await createContainers(azurite.port, containers);
    await azurite.saved();
    const proxy = await startProxy(options, azurite);
    return {
      url: `http://127.0.0.1:${proxy.port}/${accountName}`,
      port: proxy.port,
      summary: `${containers.length} containers, ${azurite.blobs} blobs`,
      counts: () => proxy.counts(),
      connectionString: (holder = ownerName) => connectionStringTo(proxy.port, holder),
      close: async () => {
        await proxy.close();
        await azurite.close();
      },
    };
  } catch (error) {
    await azurite.close();
    throw error;
  }
};

const connectionStringTo = (port: number, holder: string): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${accountName}`,
    `AccountKey=${localKey('blob', holder)}`,
    `BlobEndpoint=http://127.0.0.1:${port}/${accountName}`,
  ].join(';');

const createContainers = async (azuritePort: number, names: string[]): Promise<void> => {
  const service = BlobServiceClient.fromConnectionString(connectionStringTo(azuritePort, ownerName));
  await Promise.all(names.map((name) => service.getContainerClient(name).createIfNotExists()));
};
