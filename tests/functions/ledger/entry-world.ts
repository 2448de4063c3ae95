/**
 * A company with customers and the routes by which documents are typed in, on in-memory ports.
 * From: nothing. Next: tests of entries, plain and with every effect crashed.
 */
import { registerEntries, registerEntryRequests } from '../../../functions/ledger/entry-routes.ts';
import type { EntryParts } from '../../../functions/ledger/enter-items.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { withFaults, type Gate } from '../../support/faults.ts';
import { day } from '../../support/account-examples.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryEntryRequests } from '../../support/memory/entry-request-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memorySearch } from '../../support/memory/search-index.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

const at = '2026-01-01T00:00:00Z';

export const entryWorld = async (mode: LedgerMode = 'dunwellLed', gate?: Gate) => {
  const accounts = memoryAccounts();
  const settings = memorySettings();
  const search = memorySearch();
  const entryRequests = memoryEntryRequests();
  const files = memoryFiles();
  const parts: EntryParts = {
    accounts: gate ? withFaults(accounts, gate, 'accounts') : accounts,
    entryRequests: gate ? withFaults(entryRequests, gate, 'requests') : entryRequests,
    files: gate ? withFaults(files, gate, 'files') : files,
    ...{ settings, numbers: search, hashText: sha256 },
  };
  const set = (name: string, value: object) =>
    settings.save(everything, { scope: 'company:acme', name }, 0, { value, by: 'x', at, reason: 'new' });
  const legal = { companyId: 'acme', legalName: 'Acme', mode, zone: 'Europe/Berlin' };
  await set('company', { ...legal, country: 'DE', currency: 'EUR' });
  const customer = async (accountId: string, master: MasterData = {}) => {
    const loaded = await accounts.load(everything, { companyId: 'acme', accountId });
    const id = 'contact:master:0000000001' as const;
    const facts = [{ kind: 'masterDataNoted', masterData: id, on: day('2026-01-01') }] as const;
    const actor = { kind: 'job', id: 'test' } as const;
    const change = { at: tenOClock, actor, cause: { kind: 'row', id: '1' }, facts };
    await accounts.append(everything, loaded, change, undefined, [{ id, content: master }]);
  };
  await customer('north');
  const routes = httpRoutes((edge) => {
    registerEntries({ edge, entry: parts });
    registerEntryRequests({ edge, entry: parts });
  });
  return {
    ...{ parts, files, search, set, customer, ...routes },
    enter: (items: object[], more: object = {}, how: { as?: string; key?: string } = {}) =>
      routes.call('enter-items', { body: { company: 'acme', items, ...more }, ...how }),
    undo: (item: string, how: { as?: string; key?: string } = {}) =>
      routes.call('undo-entry', {
        ...{ params: { company: 'acme', account: 'north', item }, body: { reason: 'wrong amount' }, ...how },
      }),
    account: async (items: string[] = [], accountId = 'north') =>
      (await accounts.load(everything, { companyId: 'acme', accountId }, items)).account,
    entries: (accountId = 'north') =>
      accounts.entries(everything, { companyId: 'acme', accountId }, { afterVersion: 0, limit: 100 }),
  };
};

/** An invoice of 119.00 EUR of 20 November 2026, due in December. */
export const typed = (more: object = {}): Record<string, unknown> => ({
  ...{ account: 'north', kind: 'invoice', number: 'M-1', currency: 'EUR', amount: 11_900 },
  ...{ documentOn: '2026-11-20', dueOn: '2026-12-20' },
  ...more,
});
