/**
 * Settings on the local Cosmos DB: the suite of the port, a lost answer, and what a read costs.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultKind } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosSettings } from '../../../shared/azure/cosmos-settings.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import type { SettingsStore } from '../../../shared/ports/settings-store.ts';
import { settingsStoreSuite } from '../../ports/settings-store.suite.ts';

const all = scopeOver('all');
const faults = createFaultSwitch();
const batches = `POST /dbs/${topology.database}/colls/settings/docs`;

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let store: SettingsStore;
let charges: { operation: string; requestUnits: number }[] = [];

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 500, enableBackgroundEndpointRefreshing: false },
  });
  store = cosmosSettings(
    () => client.database(topology.database).container('settings'),
    (operation, requestUnits) => charges.push({ operation, requestUnits }),
  );
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('settings on Cosmos DB', () => settingsStoreSuite(() => store));

const value = { value: { units: ['acme'] }, by: 'a:b', at: '2026-11-22T10:00:00Z', reason: 'asked for' };

describe('whatever the wire does, a version is there once', () => {
  it.each<FaultKind>(['reset-after', 'lost-answer', '429', 'duplicate'])('%s', async (kind) => {
    const place = { scope: `company:${kind}`, name: 'company' };
    faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
    const saved = await store.save(all, place, 0, value).catch(() => 'unknown');
    if (saved === 'unknown') expect(await store.save(all, place, 0, value)).toBe('saved');
    else expect(saved).toBe('saved');
    expect(faults.counts()).toEqual({ [kind]: 1 });
    expect(await store.read(all, place)).toEqual({ version: 1, ...value });
    expect(await store.version(all, place, 2)).toBeUndefined();
  });
});

it('what somebody may reach costs one request unit to read, whether they have any or not', async () => {
  const place = { scope: 'user:t:o', name: 'reach' };
  charges = [];
  await store.read(all, place);
  await store.save(all, place, 0, value);
  charges = charges.slice(0, 1);
  await store.read(all, place);
  expect(charges.map(({ requestUnits }) => requestUnits)).toEqual([1, 1]);
});
