/**
 * Requests on the local Cosmos DB: the suite of the port, lost answers, what a write costs more, and when it ends.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultKind } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosCallCounter } from '../../../shared/azure/cosmos-call-counter.ts';
import { cosmosReadLog } from '../../../shared/azure/cosmos-read-log.ts';
import { cosmosRequests } from '../../../shared/azure/cosmos-requests.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import type { RequestStore } from '../../../shared/ports/request-store.ts';
import { callCounterSuite } from '../../ports/call-counter.suite.ts';
import { readLogSuite } from '../../ports/read-log.suite.ts';
import { requestStoreSuite } from '../../ports/request-store.suite.ts';
import { tenOClock } from '../../support/test-edge.ts';

const faults = createFaultSwitch();
const creates = `POST /dbs/${topology.database}/colls/requests/docs`;
const request = { hash: 'h', now: tenOClock, holdUntil: tenOClock.add({ seconds: 60 }) };
const answer = { ok: true, status: 200, json: '{}' } as const;

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let store: RequestStore;
let charges: { operation: string; requestUnits: number }[] = [];

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 500, enableBackgroundEndpointRefreshing: false },
  });
  store = cosmosRequests(
    () => client.database(topology.database).container('requests'),
    (operation, requestUnits) => charges.push({ operation, requestUnits }),
  );
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('requests on Cosmos DB', () => requestStoreSuite(() => store));

describe('counts on Cosmos DB', () =>
  callCounterSuite(() => cosmosCallCounter(() => client.database(topology.database).container('requests'))));

describe('the log of reads on Cosmos DB', () =>
  readLogSuite(() => cosmosReadLog(() => client.database(topology.database).container('audit'))));

it.each<FaultKind>(['reset-after', 'lost-answer', '429', 'duplicate'])(
  'whoever began it knows so, even under %s',
  async (kind) => {
    const key = { callerId: 'tenant:person', key: kind };
    faults.set({ rules: [{ kind, operation: creates, times: 1, delayMs: 20 }] });
    const begun = await store.begin(key, request).catch((fault: unknown) => fault);
    expect(faults.counts()).toEqual({ [kind]: 1 });
    if (begun instanceof Error) expect(await store.begin(key, request)).toMatchObject({ is: 'running' });
    else expect(begun).toMatchObject({ is: 'begun' });
  },
);

it('a write costs at most 20 request units more', async () => {
  const key = { callerId: 'tenant:person', key: 'cost' };
  charges = [];
  const begun = await store.begin(key, request);
  await store.end(key, { hash: 'h', mark: begun.is === 'begun' ? begun.mark : '' }, answer);
  const units = charges.map(({ requestUnits }) => requestUnits).reduce((sum, one) => sum + one, 0);
  expect(charges).toHaveLength(2);
  expect(units).toBeLessThanOrEqual(20);
});

it('a key is free again after 48 hours, not before', async () => {
  const key = { callerId: 'tenant:person', key: 'old' };
  const begun = await store.begin(key, request);
  await store.end(key, { hash: 'h', mark: begun.is === 'begun' ? begun.mark : '' }, answer);
  await clock.moveTo(clock.now() + 47 * 3_600_000);
  expect(await store.begin(key, request)).toMatchObject({ is: 'answered' });
  await clock.moveTo(clock.now() + 2 * 3_600_000);
  expect(await store.begin(key, request)).toMatchObject({ is: 'begun' });
});
