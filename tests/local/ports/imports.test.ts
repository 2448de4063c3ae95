/**
 * Files and imports on the local Azure: the suites of their ports, with the keys of the app that uses them.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { startBlob } from '../../../local/blob/start.ts';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { ServiceOptions } from '../../../local/kit/service.ts';
import { settingsFor } from '../../../local/settings.ts';
import { blobFiles } from '../../../shared/azure/blob-files.ts';
import { createClients, type AzureClients } from '../../../shared/azure/clients.ts';
import { cosmosImports } from '../../../shared/azure/cosmos-imports.ts';
import { cosmosReferences } from '../../../shared/azure/cosmos-references.ts';
import { parseSettings } from '../../../shared/contracts/settings.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { fileStoreSuite } from '../../ports/file-store.suite.ts';
import { importStoreSuite } from '../../ports/import-store.suite.ts';
import { referenceStoreSuite } from '../../ports/reference-store.suite.ts';

let clock: Clock;
let clients: AzureClients;
let close: () => Promise<void>;

beforeAll(async () => {
  clock = createClock();
  const options = (): ServiceOptions => ({
    port: 0,
    stateDir: undefined,
    topology,
    clock,
    faults: createFaultSwitch(),
    log: () => undefined,
  });
  const [cosmos, blob] = await Promise.all([startCosmos(options()), startBlob(options())]);
  const unused = 'http://127.0.0.1:1/unused';
  const settings = settingsFor('work', {
    processId: 1,
    admin: unused,
    cosmos: cosmos.url,
    serviceBus: 'sb://127.0.0.1:1',
    blob: blob.url,
    email: unused,
    identity: { issuer: unused, audience: 'api://dunwell', keysUrl: unused },
    payments: unused,
  });
  clients = createClients(parseSettings(settings));
  close = async () => {
    await clients.close();
    await Promise.all([cosmos.close(), blob.close()]);
    clock.close();
  };
});
afterAll(() => close());

describe('files on Blob Storage', () => fileStoreSuite(() => blobFiles(() => clients.blobs('uploads'))));

describe('imports on Cosmos DB', () =>
  importStoreSuite(() => cosmosImports(() => clients.container('imports'))));

describe('references on Cosmos DB', () =>
  referenceStoreSuite(() => cosmosReferences(() => clients.container('imports'))));
