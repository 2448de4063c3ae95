/**
 * Files and imports on the local Azure: the suites of their ports, with the keys of the app that uses them.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { startBlob } from '../../../local/blob/start.ts';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { ServiceOptions } from '../../../local/kit/service.ts';
import { blobFiles } from '../../../shared/azure/blob-files.ts';
import type { AzureClients } from '../../../shared/azure/clients.ts';
import { cosmosImports } from '../../../shared/azure/cosmos-imports.ts';
import { cosmosReferences } from '../../../shared/azure/cosmos-references.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { appClients } from '../../support/app-settings.ts';
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
  clients = appClients('work', { cosmos: cosmos.url, blob: blob.url });
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
