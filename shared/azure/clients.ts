/**
 * The SDK clients of one app, made from its settings when first needed.
 * From: `parseSettings`. Next: the stores and senders beside this file.
 * A key is used on loopback, else the app's managed identity; SDK types stay in this folder.
 */
import type { EmailClient } from '@azure/communication-email';
import { CosmosClient, type Container } from '@azure/cosmos';
import type { ServiceBusClient } from '@azure/service-bus';
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';
import type { AppSettings } from '../contracts/settings.ts';
import { topology } from '../contracts/topology.ts';
import { managedIdentity } from './managed-identity.ts';

export type AzureClients = {
  container(name: string): Container;
  /** Its library, as that of blobs and of mail, is loaded when first asked for. */
  serviceBus(): Promise<ServiceBusClient>;
  blobs(name: string): Promise<ContainerClient>;
  /** Its own retries are off: what may have been taken is asked for, never sent again by itself. */
  email: () => Promise<EmailClient>;
  emailEndpoint: () => string;
  close(): Promise<void>;
};

export const createClients = (settings: AppSettings): AzureClients => {
  let cosmos: CosmosClient | undefined;
  let bus: Promise<ServiceBusClient> | undefined;
  let email: Promise<EmailClient> | undefined;
  let blobs: Promise<BlobServiceClient> | undefined;
  return {
    container: (name) => (cosmos ??= cosmosClient(settings)).database(topology.database).container(name),
    serviceBus: () => (bus ??= serviceBusClient(settings)),
    blobs: async (name) => (await (blobs ??= blobClient(settings))).getContainerClient(name),
    email: () => (email ??= emailClient(settings)),
    emailEndpoint: () => emailEndpointOf(settings),
    close: async () => {
      cosmos?.dispose();
      await (await bus)?.close();
    },
  };
};

const requestTimeoutMs = 10_000;

/** The defaults wait 30 s between tries: longer than a message is locked. */
const retryOptions = {
  maxRetries: 2,
  retryDelayInMs: 500,
  maxRetryDelayInMs: 5_000,
  timeoutInMs: requestTimeoutMs,
};

const cosmosClient = ({ cosmos, clientId }: AppSettings): CosmosClient => {
  const connectionPolicy = { requestTimeout: requestTimeoutMs };
  if (cosmos.by === 'identity')
    return new CosmosClient({
      endpoint: cosmos.endpoint,
      aadCredentials: managedIdentity(clientId),
      connectionPolicy,
    });
  const [endpoint, key] = ['AccountEndpoint', 'AccountKey'].map((part) =>
    partOf(cosmos.connectionString, part),
  );
  return new CosmosClient({ endpoint: endpoint ?? '', key: key ?? '', connectionPolicy });
};

const serviceBusClient = async ({ serviceBus, clientId }: AppSettings): Promise<ServiceBusClient> => {
  const { ServiceBusClient } = await import('@azure/service-bus');
  return serviceBus.by === 'identity'
    ? new ServiceBusClient(serviceBus.endpoint, managedIdentity(clientId), { retryOptions })
    : new ServiceBusClient(serviceBus.connectionString, { retryOptions });
};

const blobClient = async ({ blob, clientId }: AppSettings): Promise<BlobServiceClient> => {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const options = { retryOptions: { maxTries: 4, retryDelayInMs: 250, maxRetryDelayInMs: 5_000 } };
  return blob.by === 'identity'
    ? new BlobServiceClient(blob.endpoint, managedIdentity(clientId), options)
    : BlobServiceClient.fromConnectionString(blob.connectionString, options);
};

const emailClient = async ({ email, clientId }: AppSettings): Promise<EmailClient> => {
  const { EmailClient } = await import('@azure/communication-email');
  const retryOptions = { maxRetries: 0 };
  // keys are for loopback hosts alone, see the settings
  return email.by === 'identity'
    ? new EmailClient(email.endpoint, managedIdentity(clientId), { retryOptions })
    : new EmailClient(email.connectionString, { retryOptions, allowInsecureConnection: true });
};

const emailEndpointOf = ({ email }: AppSettings): string =>
  (email.by === 'identity' ? email.endpoint : (partOf(email.connectionString, 'endpoint') ?? '')).replace(
    /\/$/,
    '',
  );

const partOf = (connectionString: string, part: string): string | undefined =>
  connectionString
    .split(';')
    .find((one) => one.startsWith(`${part}=`))
    ?.slice(part.length + 1);
