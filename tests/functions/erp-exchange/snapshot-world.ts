/**
 * A company whose ERP sends snapshots, on in-memory ports: files are put where checking leaves them, the bus is
 * worked until it is quiet, by reconciliation and the ledger alike.
 * From: tests of whole files. Next: what accounts, feeds and imports look like afterwards.
 */
import { runSnapshot } from '../../../functions/erp-exchange/run-snapshot.ts';
import { workImport } from '../../../functions/invoice-ingestion/work-import.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import { receivePayments } from '../../../functions/ledger/receive-payments.ts';
import { touchingAccounts } from '../../../functions/ledger/touch-accounts.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import {
  accountPostingsMessage,
  importMessage,
  receivedPaymentsMessage,
  snapshotMessage,
} from '../../../shared/contracts/messages.ts';
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import { instantFromText, dayFromText, type Instant } from '../../../shared/domain/calendar.ts';
import { bucketName, bucketOf } from '../../../shared/domain/buckets.ts';
import { itemIdOf } from '../../../shared/domain/document-ids.ts';
import type { DocumentRow, ReceiptRow } from '../../../shared/domain/feed-rows.ts';
import type { FeedScope, ImportDocument } from '../../../shared/domain/imports.ts';
import type { SnapshotAccount } from '../../../shared/domain/manifest.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import type { OutgoingMessage } from '../../../shared/ports/message-sender.ts';
import { gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryFeeds } from '../../support/memory/feed-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { memoryImports } from '../../support/memory/import-store.ts';
import { memoryAdvices } from '../../support/memory/advice-store.ts';
import { memoryCustomers } from '../../support/memory/customer-store.ts';
import { memoryPayers } from '../../support/memory/payer-store.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryReceipts } from '../../support/memory/receipt-store.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { everything } from '../../support/test-edge.ts';
import { weekdays } from '../../support/weekdays.ts';

export const companyId = 'harrow';

/** One open item of a test file: account, number, amount in cents. */
export type Open = [accountId: string, number: string, open: number, more?: Partial<DocumentRow>];

export const rowOf = ([accountId, number, open, more]: Open, at: number): DocumentRow => ({
  ...{ row: at + 1, accountId, kind: 'invoice', number, part: '1', currency: 'EUR' },
  ...{ documentOn: dayFromText('2026-11-01'), postedOn: dayFromText('2026-11-01') },
  ...{ dueOn: dayFromText('2026-12-01'), original: amountOf(open), open: amountOf(open) },
  ...{ discountTiers: [], parties: {}, references: {}, isInsured: false, isIntercompany: false, faults: [] },
  ...more,
});

export const idOf = (number: string, kind = 'invoice'): string =>
  itemIdOf({ type: kind, number, part: '1' }, sha256);

export type SnapshotFile = {
  asOf: string;
  open: Open[];
  /** Numbers whose rows were refused, by account. */
  refused?: Record<string, string[]>;
  unreadableKeys?: number;
  scope?: FeedScope;
  declared?: ImportDocument['declared'];
  buckets?: number;
};

export type World = ReturnType<typeof snapshotWorld>;

export const snapshotWorld = (gate: Gate = gateOf(), mode: 'erpLed' | 'dunwellLed' = 'erpLed') => {
  const stores = {
    imports: memoryImports(),
    feeds: memoryFeeds(),
    files: memoryFiles(),
    accounts: memoryAccounts(),
    settings: memorySettings(),
    receipts: memoryReceipts(),
    payers: memoryPayers(),
    customers: memoryCustomers(),
    ...{ advices: memoryAdvices(), calendarOf: weekdays },
    proposals: memoryProposals(),
    references: memoryReferences(),
    documents: memoryFiles(),
    sender: memorySender(),
  };
  const wrapped = Object.fromEntries(
    Object.entries(stores).map(([name, store]) => [name, withFaults<object>(store, gate, name)]),
  ) as typeof stores;
  const parts = { ...wrapped, hashText: sha256 };
  const worked = new Map<string, number>();
  const company = {
    companyId,
    legalName: 'Harrow',
    mode,
    zone: 'Europe/Berlin',
    country: 'DE',
    currency: 'EUR',
  };
  const setUp = async () => {
    const place = { scope: `company:${companyId}`, name: 'company' };
    const value = { value: company, by: 'test', at: '2026-11-01T00:00:00Z', reason: 'test' };
    await stores.settings.save(everything, place, 0, value);
  };
  return { ...stores, parts, gate, worked, setUp };
};

/** Puts a checked snapshot there and sends it on, as ingestion does. */
export const arrive = async (world: World, importId: string, file: SnapshotFile): Promise<void> => {
  const buckets = file.buckets ?? 2;
  const document = documentOf(importId, file, buckets);
  await world.imports.create(everything, document);
  const accounts = accountsOf(file);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const lines = accounts.filter(({ accountId }) => bucketOf(accountId, buckets) === bucket);
    const name = `${importId}/accounts/${bucketName(bucket)}.ndjson`;
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await world.files.write(everything, { companyId, name }, text);
  }
  const body = { v: 1, companyId, importId, step: 'guard', bucket: 0 };
  await world.sender.send('snapshots', [{ id: `checked:${importId}`, body }]);
};

const accountsOf = ({ open, refused = {} }: SnapshotFile): SnapshotAccount[] => {
  const rows = open.map(rowOf);
  const ids = [...new Set([...rows.map(({ accountId }) => accountId), ...Object.keys(refused)])];
  return ids.toSorted().map((accountId) => ({
    accountId,
    rows: rows.filter((row) => row.accountId === accountId),
    refusedKeys: (refused[accountId] ?? []).map((number) => idOf(number)),
    hasUnreadableKey: false,
  }));
};

const documentOf = (importId: string, file: SnapshotFile, buckets: number): ImportDocument => {
  const sums: Record<string, ReturnType<typeof amountOf>> = {};
  for (const row of file.open.map(rowOf)) sums[row.currency] = amountOf((sums[row.currency] ?? 0) + row.open);
  const rejected = Object.values(file.refused ?? {}).flat().length + (file.unreadableKeys ?? 0);
  return {
    ...{ companyId, importId, kind: 'snapshot', format: 'csv', source: 'books' },
    ...{ fileName: `${importId}.csv`, bytes: 1, sha256: importId, scope: file.scope ?? {}, asOf: file.asOf },
    ...{ declared: file.declared ?? {}, state: 'reconciling', buckets, sums, by: 'feed' },
    progress: { phase: 'checked', bytesRead: 1, step: 0, bucketsDone: buckets, partsSent: 0 },
    counts: { rows: file.open.length + rejected, accepted: file.open.length, rejected, repeated: 0 },
    ...{ rejectedBy: {}, unreadableKeys: file.unreadableKeys ?? 0 },
    ...{ receivedAt: file.asOf, changedAt: file.asOf },
  };
};

/** The ledger first: finishing looks again until it is done. */
export const queues = ['imports', 'account-postings', 'snapshots', 'received-payments'] as const;
type Queue = (typeof queues)[number];

/** Works every message once, and those they send, until nothing is left. A message that fails stays first. */
export const workAll = async (world: World, now = '2026-11-22T07:00:00Z'): Promise<void> => {
  const at = instantFromText(now);
  for (let turns = 0; ; turns += 1) {
    if (turns > 2_000) throw new Error('the bus is never quiet');
    const next = queues.find(
      (queue) => (world.sender.sent.get(queue)?.length ?? 0) > (world.worked.get(queue) ?? 0),
    );
    if (next === undefined) return;
    const done = world.worked.get(next) ?? 0;
    const message = world.sender.sent.get(next)![done]!;
    const isLate = 'isLate' in message.body; // an hour later; nothing here waits so long
    const outcome = isLate ? { ok: true as const } : await workOne(world, next, message, at);
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
    world.worked.set(next, done + 1);
  }
};

export const workOne = async (
  { parts }: World,
  queue: Queue,
  { body }: OutgoingMessage,
  now: Instant,
): Promise<Outcome<unknown>> => {
  const call = { scope: everything, now };
  if (queue === 'imports') return workImport(parts, importMessage.parse(body), now, everything);
  if (queue === 'snapshots') return runSnapshot(snapshotMessage.parse(body), call, parts);
  if (queue === 'account-postings') return postPart(accountPostingsMessage.parse(body), call, parts);
  const accounts = touchingAccounts(parts.accounts, parts.feeds);
  const cash = { ...parts, accounts, groups: memoryGroups(accounts) };
  return receivePayments(cash, receivedPaymentsMessage.parse(body), call);
};

/** Puts a file of changes or of money there, and its one part on the way. */
export const send = async (
  world: World,
  importId: string,
  kind: 'delta' | 'journal' | 'bankStatement',
  lines: readonly (AccountWork | ReceiptRow)[],
  receivedAt: string,
): Promise<void> => {
  const file = documentOf(importId, { asOf: receivedAt, open: [] }, 1);
  await world.imports.create(everything, { ...file, kind, state: 'posting', parts: 1 });
  const isMoney = kind === 'bankStatement';
  const name = `${importId}/${isMoney ? 'receipts' : 'parts'}/p1.ndjson`;
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await world.files.write(everything, { companyId, name }, text);
  const body = { v: 1, companyId, importId, part: 'p1' };
  await world.sender.send(isMoney ? 'received-payments' : 'account-postings', [{ id: importId, body }]);
};

/** Open amounts of accounts, by item number; closed ones are not named. */
export const bookOf = async (world: World, ...accountIds: string[]): Promise<Record<string, number>> => {
  const book: Record<string, number> = {};
  for (const accountId of accountIds) {
    const page = await world.accounts.openItems(everything, { companyId, accountId }, { limit: 1_000 });
    for (const item of page.items) book[item.number] = item.open;
  }
  return book;
};

export const stateOf = async (world: World, importId: string): Promise<ImportDocument> =>
  (await world.imports.load(everything, { companyId, importId }))!.document;

export const feedOf = async (world: World, scope: FeedScope = {}, name = 'company') =>
  (await world.feeds.load(everything, companyId, { name, scope })).feed;
