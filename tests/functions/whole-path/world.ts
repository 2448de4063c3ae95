/**
 * A company from the uploaded file to the account, on in-memory ports: ingestion, posting and receipts together.
 * From: nothing. Next: tests of what a file comes to in the ledger.
 */
import type { CashParts } from '../../../functions/ledger/cash-parts.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import type { PostingParts } from '../../../functions/ledger/post-parts.ts';
import { receivePayments } from '../../../functions/ledger/receive-payments.ts';
import { showImport } from '../../../functions/invoice-ingestion/show-import.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { accountPostingsMessage, receivedPaymentsMessage } from '../../../shared/contracts/messages.ts';
import { dayFromText, instantFromText } from '../../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import type { ImportDocument } from '../../../shared/domain/imports.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { memoryAdvices } from '../../support/memory/advice-store.ts';
import { memoryCustomers } from '../../support/memory/customer-store.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { memoryPayers } from '../../support/memory/payer-store.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryReceipts } from '../../support/memory/receipt-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';
import { acme, createWorld } from '../invoice-ingestion/world.ts';

const mostMessages = 1_000;
const call = { now: tenOClock, scope: everything };

export const createBooks = async (mode: LedgerMode = 'dunwellLed') => {
  const world = createWorld();
  const { accounts, files, imports, settings, sender, feeds } = world;
  const customers = memoryCustomers();
  const parts: CashParts & PostingParts = {
    ...{ accounts, files, imports, feeds, settings, sender, hashText: sha256 },
    ...{
      receipts: memoryReceipts(),
      payers: memoryPayers(),
      proposals: memoryProposals(),
      ...{ advices: memoryAdvices(), calendarOf: weekdays },
      groups: memoryGroups(accounts),
      customers,
    },
  };
  const company = { companyId: acme, legalName: 'Acme', mode, zone: 'UTC', country: 'DE', currency: 'EUR' };
  const setting = { value: company, by: 'tenant:admin', at: '2026-01-01T00:00:00Z', reason: 'new' };
  await settings.save(everything, { scope: `company:${acme}`, name: 'company' }, 0, setting);
  /** As the bus holds them: an id it has seen is dropped. */
  const done = new Set<string>();
  const next = (queue: string) => world.sent(queue).find(({ id }) => !done.has(id));
  const work = async (): Promise<void> => {
    for (;;) {
      await world.drain();
      const posting = next('account-postings');
      const message = posting ?? next('received-payments');
      if (message === undefined) return;
      const outcome = posting
        ? await postPart(accountPostingsMessage.parse(message.body), call, parts)
        : await receivePayments(parts, receivedPaymentsMessage.parse(message.body), call);
      if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
      done.add(message.id);
      if (done.size > mostMessages) throw new Error('the queues never become empty');
    }
  };
  const send = async (content: string | Uint8Array, more: Partial<ImportBody> = {}) => {
    const document = await world.upload(content, more);
    await work();
    return document;
  };
  const load = async (accountId: string) => {
    const key = { companyId: acme, accountId };
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await accounts.items(everything, key, {
        state: 'all',
        limit: 100,
        ...(after && { after }),
      });
      found.push(...page.items.map(({ id }) => id));
      after = page.after;
    } while (after !== undefined);
    return (await accounts.load(everything, key, found)).account;
  };
  return {
    ...world,
    parts,
    customers,
    send,
    work,
    load,
    report: async (document: ImportDocument) => {
      const shown = await showImport(imports, everything, document);
      if (!shown.ok) throw new Error(shown.detail);
      return shown.value;
    },
    advices: async () =>
      (await parts.advices.list(everything, acme, 'matched', { limit: 10 })).advices.concat(
        (await parts.advices.list(everything, acme, 'waiting', { limit: 10 })).advices,
      ),
    master: async (accountId: string): Promise<MasterData> => {
      const { masterData } = (await load(accountId)).head;
      if (masterData === undefined) return {};
      const key = { companyId: acme, accountId };
      const paper = (await accounts.paper(everything, key, masterData)) as MasterData;
      const { sources: _sources, leadingSource: _leading, ...merged } = paper;
      return merged;
    },
    /** What somebody said of a customer by hand. */
    treat: async (accountId: string, treatment: NonNullable<MasterData['treatment']>): Promise<void> => {
      const key = { companyId: acme, accountId };
      const loaded = await accounts.load(everything, key);
      const { masterData } = loaded.account.head;
      const known = masterData === undefined ? {} : await accounts.paper(everything, key, masterData);
      const id = 'contact:master:9999999999' as const;
      const fact = { kind: 'masterDataNoted', masterData: id, on: dayFromText('2026-09-01') } as const;
      const change = {
        ...{ at: instantFromText('2026-09-01T08:00:00Z'), actor: { kind: 'staff', id: 'u:crm' } as const },
        ...{ cause: { kind: 'request', id: 'treat' }, facts: [fact] },
      };
      await accounts.append(everything, loaded, change, undefined, [
        { id, content: { ...known, treatment } },
      ]);
    },
    entries: (accountId: string) =>
      accounts.entries(everything, { companyId: acme, accountId }, { afterVersion: 0, limit: 100 }),
    item: async (accountId: string, number: string) =>
      [...(await load(accountId)).items.values()].find((one) => one.number === number),
  };
};

export const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;
