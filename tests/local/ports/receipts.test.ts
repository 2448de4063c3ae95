/**
 * Receipts on the local Cosmos DB, through the SDK: the suite, and that an append is there once whatever the wire does.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/kit/faults.ts';
import { cosmosAdvices } from '../../../shared/azure/cosmos-advices.ts';
import { cosmosEntryRequests } from '../../../shared/azure/cosmos-entry-requests.ts';
import { cosmosPayers } from '../../../shared/azure/cosmos-payers.ts';
import { cosmosProposals } from '../../../shared/azure/cosmos-proposals.ts';
import { cosmosReceipts } from '../../../shared/azure/cosmos-receipts.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
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
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(500);

const batches = `POST /dbs/${topology.database}/colls/receipts/docs`;

const store = cosmosReceipts(container('receipts'));

describe('receipts on Cosmos DB', () => receiptStoreSuite(() => store));

describe('proposals and payers on Cosmos DB', () => {
  const receipts = container('receipts');
  proposalStoreSuite(() => cosmosProposals(receipts));
  customerStoreSuite(() => cosmosCustomers(receipts));
  entryRequestStoreSuite(() => cosmosEntryRequests(receipts));
  payerStoreSuite(() => cosmosPayers(receipts));
});

describe('advices on Cosmos DB', () => adviceStoreSuite(() => cosmosAdvices(container('receipts'))));

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
