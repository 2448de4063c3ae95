/**
 * Requests on the local Cosmos DB: the suite of the port, lost answers, what a write costs more, and when it ends.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/kit/faults.ts';
import { cosmosCallCounter } from '../../../shared/azure/cosmos-call-counter.ts';
import { cosmosReadLog } from '../../../shared/azure/cosmos-read-log.ts';
import { cosmosRequests } from '../../../shared/azure/cosmos-requests.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { callCounterSuite } from '../../ports/call-counter.suite.ts';
import { readLogSuite } from '../../ports/read-log.suite.ts';
import { requestStoreSuite } from '../../ports/request-store.suite.ts';
import { tenOClock } from '../../support/test-edge.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults, pass } = cosmosUnderTest(500);

const creates = `POST /dbs/${topology.database}/colls/requests/docs`;
const request = { hash: 'h', now: tenOClock, holdUntil: tenOClock.add({ seconds: 60 }) };
const answer = { ok: true, status: 200, json: '{}' } as const;

let charges: { operation: string; requestUnits: number }[] = [];

const store = cosmosRequests(container('requests'), (operation, requestUnits) =>
  charges.push({ operation, requestUnits }),
);

describe('requests on Cosmos DB', () => requestStoreSuite(() => store));

describe('counts on Cosmos DB', () => callCounterSuite(() => cosmosCallCounter(container('requests'))));

describe('the log of reads on Cosmos DB', () => readLogSuite(() => cosmosReadLog(container('audit'))));

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
  await pass(47 * 3_600_000);
  expect(await store.begin(key, request)).toMatchObject({ is: 'answered' });
  await pass(2 * 3_600_000);
  expect(await store.begin(key, request)).toMatchObject({ is: 'begun' });
});
