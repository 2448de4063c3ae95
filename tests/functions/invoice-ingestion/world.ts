/**
 * Ingestion on in-memory ports: a client that tries again, a bus that delivers again, a process that may die.
 */
import { createHash } from 'node:crypto';
import { receiveFile } from '../../../functions/invoice-ingestion/receive-file.ts';
import type { IngestionStores } from '../../../functions/invoice-ingestion/stores.ts';
import { workImport } from '../../../functions/invoice-ingestion/work-import.ts';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { importMessage } from '../../../shared/contracts/messages.ts';
import type { ImportDocument } from '../../../shared/domain/imports.ts';
import { Crash, gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryImports } from '../../support/memory/import-store.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { memorySearch } from '../../support/memory/search-index.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

export const acme = 'acme';

export const bodyFor = (content: string | Uint8Array, more: Partial<ImportBody> = {}): ImportBody => ({
  company: acme,
  name: 'invoices.csv',
  kind: 'invoices',
  source: 'erp',
  locale: 'plain',
  size: Buffer.byteLength(content),
  sha256: createHash('sha256').update(content).digest('hex'),
  scope: {},
  ...more,
});

export const createWorld = (gate: Gate = gateOf()) => {
  const accounts = memoryAccounts();
  const files = memoryFiles();
  const documents = memoryFiles();
  const search = memorySearch();
  const imports = memoryImports();
  const settings = memorySettings();
  const references = memoryReferences();
  const feeds = memoryFeeds();
  const sender = memorySender();
  const stores: IngestionStores = {
    accounts: withFaults(accounts, gate, 'accounts'),
    files: withFaults(files, gate, 'files'),
    documents: withFaults(documents, gate, 'documents'),
    numbers: search,
    imports: withFaults(imports, gate, 'imports'),
    feeds: withFaults(feeds, gate, 'feeds'),
    references: withFaults(references, gate, 'references'),
    settings,
    sender: withFaults(sender, gate, 'sender'),
  };
  const again = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    for (;;) {
      try {
        return await work();
      } catch (fault) {
        if (!(fault instanceof Crash)) throw fault;
        gate.restart();
      }
    }
  };
  let worked = 0;
  const deliver = async (body: object) => {
    const message = importMessage.parse(body);
    return again(() => workImport(stores, message, tenOClock, everything));
  };
  const drain = async (times = 1): Promise<void> => {
    for (;;) {
      const message = sender.sent.get('imports')?.[worked];
      if (message === undefined) return;
      worked += 1;
      if (message.dueAt !== undefined) continue; // an hour later; nothing here waits so long
      await Promise.all(Array.from({ length: times }, () => deliver(message.body)));
    }
  };
  const setUp = async (): Promise<void> => {
    const value = { companyId: acme, legalName: 'Acme', mode: 'dunwellLed', zone: 'UTC', country: 'DE' };
    const place = { scope: `company:${acme}`, name: 'company' };
    if ((await settings.read(everything, place)) !== undefined) return;
    const kept = { value: { ...value, currency: 'EUR' }, by: 'tenant:admin', at: '2026-01-01T00:00:00Z' };
    await settings.save(everything, place, 0, { ...kept, reason: 'new' });
  };
  const upload = async (
    content: string | Uint8Array,
    more: Partial<ImportBody> = {},
    times = 1,
  ): Promise<ImportDocument> => {
    await setUp();
    const bytes = Buffer.from(content as Uint8Array);
    const person = { by: 'tenant:person', isFeed: false };
    const sent = await again(() =>
      receiveFile(stores, everything, bodyFor(bytes, more), bytes, person, tenOClock),
    );
    if (!sent.ok) throw new Error(`${sent.code}: ${sent.detail}`);
    await drain(times);
    return (await imports.load(everything, sent.value.document))!.document;
  };
  return {
    ...{ documents, search },
    ...{ accounts, files, imports, settings, references, feeds, sender, stores, upload, drain, deliver },
    /** Lines of the files whose name has this in it, in order. */
    lines: (part: string): unknown[] =>
      [...files.files]
        .filter(([name]) => name.includes(part))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, bytes]) => Buffer.from(bytes).toString('utf8').split('\n'))
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown),
    rejected: async (document: ImportDocument) =>
      (await imports.rejected(everything, document, { limit: 10_000 })).rows,
    sent: (queue: string) => sender.sent.get(queue) ?? [],
    /** All that lasts, for comparing one end with another. */
    state: (document: ImportDocument) => ({
      import: imports.snapshot(document),
      files: Object.fromEntries(
        [...files.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
      ),
      posted: [...sender.sent]
        .filter(([queue]) => queue !== 'imports')
        .map(([queue, messages]) => [queue, messages.toSorted((a, b) => (a.id < b.id ? -1 : 1))]),
    }),
  };
};

/** `count` invoices of 20 accounts in Dunwell's template, every 25th one bad in its own way. */
export const invoicesCsv = (count: number, isBad = (n: number) => n % 25 === 7): string =>
  [
    'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
    ...Array.from({ length: count }, (_, n) => {
      const amount = isBad(n) ? '12.3.4' : `${n + 1}.50`;
      return `F-${n},C-${n % 20},Customer ${n % 20},2026-10-0${(n % 9) + 1},2026-11-0${(n % 9) + 1},EUR,${amount}`;
    }),
    '',
  ].join('\n');
