/**
 * The in-memory ports pass the suites the adapters pass.
 */
import { describe } from 'vitest';
import { memoryAccounts } from '../support/memory/account-store.ts';
import { memoryCustomers } from '../support/memory/customer-store.ts';
import { memoryDeadLetters } from '../support/memory/dead-letter-store.ts';
import { memoryAdvices } from '../support/memory/advice-store.ts';
import { memoryEntryRequests } from '../support/memory/entry-request-store.ts';
import { memoryFiles } from '../support/memory/file-store.ts';
import { memoryGroups } from '../support/memory/group-store.ts';
import { memoryImports } from '../support/memory/import-store.ts';
import { memoryParkedWork } from '../support/memory/parked-work-store.ts';
import { memoryPayers } from '../support/memory/payer-store.ts';
import { memoryProposals } from '../support/memory/proposal-store.ts';
import { memoryReadLog } from '../support/memory/read-log.ts';
import { memoryReceipts } from '../support/memory/receipt-store.ts';
import { memoryRelayProbe } from '../support/memory/relay-probe.ts';
import { memoryReferences } from '../support/memory/reference-store.ts';
import { memoryReports } from '../support/memory/report-store.ts';
import { memoryRuns } from '../support/memory/run-store.ts';
import { memorySearch } from '../support/memory/search-index.ts';
import { memorySettings } from '../support/memory/settings-store.ts';
import { memoryWorklist } from '../support/memory/worklist-store.ts';
import { accountStoreSuite } from './account-store.suite.ts';
import { customerStoreSuite } from './customer-store.suite.ts';
import { deadLetterStoreSuite } from './dead-letter-store.suite.ts';
import { adviceStoreSuite } from './advice-store.suite.ts';
import { entryRequestStoreSuite } from './entry-request-store.suite.ts';
import { fileStoreSuite } from './file-store.suite.ts';
import { groupStoreSuite } from './group-store.suite.ts';
import { importStoreSuite } from './import-store.suite.ts';
import { parkedWorkStoreSuite } from './parked-work-store.suite.ts';
import { payerStoreSuite, proposalStoreSuite } from './cash-notes.suite.ts';
import { readLogSuite } from './read-log.suite.ts';
import { receiptStoreSuite } from './receipt-store.suite.ts';
import { referenceStoreSuite } from './reference-store.suite.ts';
import { relayProbeSuite } from './relay-probe.suite.ts';
import { reportStoreSuite } from './report-store.suite.ts';
import { runStoreSuite } from './run-store.suite.ts';
import { holdersSuite } from './holders.suite.ts';
import { dueSuite } from './due.suite.ts';
import { writtenOffSuite } from './written-off.suite.ts';
import { searchIndexSuite } from './search-index.suite.ts';
import { settingsStoreSuite } from './settings-store.suite.ts';
import { worklistStoreSuite } from './worklist-store.suite.ts';

describe('runs in memory', () => {
  const store = memoryRuns();
  runStoreSuite(() => store);
});

describe('the log of reads in memory', () => {
  const log = memoryReadLog();
  readLogSuite(() => log);
});

describe('marks of the relay in memory', () => {
  const probes = memoryRelayProbe();
  relayProbeSuite(() => ({ probes, shown: async () => probes.laid }));
});

describe('parked work in memory', () => {
  const store = memoryParkedWork();
  parkedWorkStoreSuite(() => store);
});

describe('accounts in memory', () => {
  const store = memoryAccounts();
  accountStoreSuite(() => store);
  dueSuite(() => store);
});

describe('settings in memory', () => {
  const store = memorySettings();
  settingsStoreSuite(() => store);
});

describe('receipts in memory', () => {
  const store = memoryReceipts();
  receiptStoreSuite(() => store);
});

describe('advices in memory', () => {
  const store = memoryAdvices();
  adviceStoreSuite(() => store);
});

describe('entries that wait in memory', () => {
  const store = memoryEntryRequests();
  entryRequestStoreSuite(() => store);
});

describe('files in memory', () => {
  const store = memoryFiles();
  fileStoreSuite(() => store);
});

describe('imports in memory', () => {
  const store = memoryImports();
  importStoreSuite(() => store);
});

describe('reports in memory', () => {
  const store = memoryReports();
  reportStoreSuite(() => store);
});

describe('proposals and payers in memory', () => {
  const [proposals, payers] = [memoryProposals(), memoryPayers()];
  proposalStoreSuite(() => proposals);
  payerStoreSuite(() => payers);
});

describe('customers of other sources in memory', () => {
  const store = memoryCustomers();
  customerStoreSuite(() => store);
});

describe('the search index in memory', () => {
  const index = memorySearch();
  searchIndexSuite(() => index);
});

describe('references in memory', () => {
  const store = memoryReferences();
  referenceStoreSuite(() => store);
});

describe('groups in memory', () => {
  const accounts = memoryAccounts();
  const store = memoryGroups(accounts);
  groupStoreSuite(
    () => store,
    () => accounts,
  );
});

const letters = memoryDeadLetters();
deadLetterStoreSuite(() => ({
  store: letters,
  giveUp: async (source, id) =>
    letters.giveUp(source, {
      ...{ id, body: '{"companyId":"acme"}', deliveries: 5, reason: 'gave-up: why' },
      sentAt: '2026-11-22T09:00:00Z',
    }),
}));

describe('written-off items in memory', () => {
  const accounts = memoryAccounts();
  writtenOffSuite(() => accounts);
  holdersSuite(() => accounts);
});

describe('the worklist in memory', () => {
  const store = memoryWorklist();
  worklistStoreSuite(() => store);
});
