/**
 * Receipts on the local Cosmos DB, through the SDK: the suite, and that an append is there once whatever the wire does.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultKind } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAdvices } from '../../../shared/azure/cosmos-advices.ts';
import { cosmosEntryRequests } from '../../../shared/azure/cosmos-entry-requests.ts';
import { cosmosPayers } from '../../../shared/azure/cosmos-payers.ts';
import { cosmosProposals } from '../../../shared/azure/cosmos-proposals.ts';
import { cosmosReceipts } from '../../../shared/azure/cosmos-receipts.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import type { ReceiptStore } from '../../../shared/ports/receipt-store.ts';
import { adviceStoreSuite } from '../../ports/advice-store.suite.ts';
import { cosmosCustomers } from '../../../shared/azure/cosmos-customers.ts';
import { customerStoreSuite } from '../../ports/customer-store.suite.ts';
import { payerStoreSuite, proposalStoreSuite } from '../../ports/cash-notes.suite.ts';
import { entryRequestStoreSuite } from '../../ports/entry-request-store.suite.ts';
import {
  changeOfReceipt,
  headOf,
  identified,
  keep,
  receiptStoreSuite,
} from '../../ports/receipt-store.suite.ts';

const faults = createFaultSwitch();
const batches = `POST /dbs/${topology.database}/colls/receipts/docs`;

let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;
let store: ReceiptStore;

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 500, enableBackgroundEndpointRefreshing: false },
  });
  store = cosmosReceipts(() => client.database(topology.database).container('receipts'));
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

describe('receipts on Cosmos DB', () => receiptStoreSuite(() => store));

describe('proposals and payers on Cosmos DB', () => {
  const container = () => client.database(topology.database).container('receipts');
  proposalStoreSuite(() => cosmosProposals(container));
  customerStoreSuite(() => cosmosCustomers(container));
  entryRequestStoreSuite(() => cosmosEntryRequests(container));
  payerStoreSuite(() => cosmosPayers(container));
});

describe('advices on Cosmos DB', () =>
  adviceStoreSuite(() => cosmosAdvices(() => client.database(topology.database).container('receipts'))));

describe('whatever the wire does, a change of a receipt is there once', () => {
  it.each<FaultKind>(['reset-before', 'reset-after', 'lost-answer', '429', '503', 'duplicate'])(
    '%s',
    async (kind) => {
      const kept = await keep(store, headOf());
      faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
      const next = await store.append(scopeOver('all'), kept, changeOfReceipt(identified(kept)));
      expect([next.outcome, faults.counts()]).toEqual(['appended', { [kind]: 1 }]);
      const now = await store.load(scopeOver('all'), kept);
      expect([now.version, now.receipt?.payer]).toEqual([2, { companyId: 'north', accountId: 'branch-1' }]);
    },
  );
});
