/**
 * A company with accounts, items and receipts on in-memory ports, and the queue worked until it is empty.
 * From: nothing. Next: tests of the cash workflows, plain and with every effect crashed.
 */
import { receivePayments } from '../../functions/ledger/receive-payments.ts';
import type { CashParts } from '../../functions/ledger/cash-parts.ts';
import type { ReceivedPaymentsMessage } from '../../shared/contracts/messages.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../shared/domain/company.ts';
import type { AllocationRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { FileKind, ImportDocument } from '../../shared/domain/imports.ts';
import type { Item } from '../../shared/domain/item.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import { unaccountedFor, type AccountRef, type Receipt } from '../../shared/domain/receipt.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import { day, factsOf, itemWith, money } from './account-examples.ts';
import { withFaults, type Gate } from './faults.ts';
import { memoryAccounts } from './memory/account-store.ts';
import { memoryAdvices } from './memory/advice-store.ts';
import { memoryFiles } from './memory/file-store.ts';
import { memoryGroups } from './memory/group-store.ts';
import { memoryImports } from './memory/import-store.ts';
import { memoryPayers } from './memory/payer-store.ts';
import { memoryProposals } from './memory/proposal-store.ts';
import { memoryReceipts } from './memory/receipt-store.ts';
import { memorySettings } from './memory/settings-store.ts';
import { weekdays } from './weekdays.ts';

export const all = scopeOver('all');
export const now = instantFromText('2026-03-10T10:00:00Z');
const company = 'c1';

export type CashWorld = Awaited<ReturnType<typeof cashWorld>>;

/** Messages wait here as the bus holds them: an id it has seen is dropped. */
const memoryBus = (): {
  sender: MessageSender;
  next(): ReceivedPaymentsMessage | undefined;
  done(): void;
} => {
  const waiting: ReceivedPaymentsMessage[] = [];
  const seen = new Set<string>();
  return {
    sender: {
      send: async (_queue, messages) => {
        for (const { id, body } of messages)
          if (!seen.has(id) && seen.add(id)) waiting.push(body as ReceivedPaymentsMessage);
      },
    },
    next: () => waiting[0],
    done: () => void waiting.shift(),
  };
};

export const cashWorld = async (mode: LedgerMode = 'dunwellLed') => {
  const bus = memoryBus();
  const accounts = memoryAccounts();
  const groups = memoryGroups(accounts);
  const parts: CashParts = {
    ...{ accounts, groups, receipts: memoryReceipts(), payers: memoryPayers() },
    proposals: memoryProposals(),
    ...{ imports: memoryImports(), files: memoryFiles(), settings: memorySettings() },
    ...{ sender: bus.sender, hashText: sha256, advices: memoryAdvices(), calendarOf: weekdays },
  };
  const legal = { companyId: company, legalName: 'Test', mode, zone: 'UTC', country: 'DE', currency: 'EUR' };
  await set(parts, 'company', legal);

  const receipt = async (id: string): Promise<Receipt> => {
    const receiptId = receiptIdOf('bank', id, sha256);
    const kept = (await parts.receipts.load(all, { companyId: company, receiptId })).receipt;
    if (kept === undefined) throw new Error(`no receipt ${id}`);
    return kept;
  };
  return {
    parts,
    receipt,
    /** Accounts of one customer. */
    group: async (members: readonly AccountRef[]) => {
      const by = { by: 'test', at: now.toString(), reason: 'test' };
      await groups.save(all, 0, { groupId: 'g1', name: 'Group', members, ...by });
    },
    set: (name: string, value: object) => set(parts, name, value),
    post: (accountId: string, ...items: Item[]) => post(parts, { companyId: company, accountId }, items),
    /** Into an account of another company, which is then there, too. */
    postIn: async (account: AccountRef, ...items: Item[]) => {
      const { companyId } = account;
      await set(parts, 'company', { ...legal, companyId }, companyId);
      await post(parts, account, items);
    },
    /** Uploads a part and works the queue until it is empty; a crashed gate is restarted and the message redelivered. */
    receive: async (rows: readonly (ReceiptRow | AllocationRow)[], gate?: Gate, more: Upload = {}) => {
      const importId = more.importId ?? 'import-1';
      await upload(parts, importId, rows, more.kind ?? 'bankStatement', more.source ?? 'bank');
      await deliver(parts, bus, { v: 1, companyId: company, importId, part: 'p1' }, gate);
      return (await parts.imports.results(all, { companyId: company, importId }))[0]!;
    },
    deliver: (message: ReceivedPaymentsMessage, gate?: Gate) => deliver(parts, bus, message, gate),
    open: async (accountId: string, id: string) =>
      (await parts.accounts.load(all, { companyId: company, accountId }, [id])).account.items.get(id),
    account: async (accountId: string) =>
      (await parts.accounts.load(all, { companyId: company, accountId })).account,
  };
};

type Upload = { importId?: string; kind?: FileKind; source?: string };

const set = async (parts: CashParts, name: string, value: object, companyId = company): Promise<void> => {
  const place = { scope: `company:${companyId}`, name };
  await parts.settings.save(all, place, 0, { value, by: 'test', at: now.toString(), reason: 'test' });
};

const post = async (parts: CashParts, account: AccountRef, items: readonly Item[]): Promise<void> => {
  const loaded = await parts.accounts.load(all, account);
  const facts = items.flatMap((item) => factsOf(postItem(loaded.account, item)));
  const change = {
    at: now,
    facts,
    actor: { kind: 'job', id: 't' } as const,
    cause: { kind: 'row', id: '1' },
  };
  const { outcome } = await parts.accounts.append(all, loaded, change);
  if (outcome !== 'appended') throw new Error(outcome);
};

const upload = async (
  parts: CashParts,
  importId: string,
  rows: readonly object[],
  kind: FileKind,
  source: string,
): Promise<void> => {
  const document: ImportDocument = {
    ...{ companyId: company, importId, kind, format: 'csv', source, fileName: 'x', bytes: 1 },
    ...{ sha256: importId, scope: {}, declared: {}, state: 'posting', buckets: 1, rejectedBy: {}, sums: {} },
    progress: { phase: 'post', bytesRead: 1, step: 1, bucketsDone: 1, partsSent: 1 },
    counts: { rows: rows.length, accepted: rows.length, rejected: 0, repeated: 0 },
    ...{ unreadableKeys: 0, by: 'test', receivedAt: now.toString(), changedAt: now.toString() },
  };
  await parts.imports.create(all, document);
  const name = `${importId}/receipts/p1.ndjson`;
  await parts.files.write(
    all,
    { companyId: company, name },
    rows.map((row) => JSON.stringify(row)).join('\n'),
  );
};

const deliver = async (
  parts: CashParts,
  bus: ReturnType<typeof memoryBus>,
  first: ReceivedPaymentsMessage,
  gate?: Gate,
): Promise<void> => {
  const run = async (message: ReceivedPaymentsMessage): Promise<void> => {
    const outcome = await receivePayments(gate ? faulty(parts, gate) : parts, message, { now, scope: all });
    if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  };
  await again(() => run(first), gate, parts);
  for (let message = bus.next(); message !== undefined; message = bus.next()) {
    const waiting = message;
    await again(() => run(waiting), gate, parts);
    bus.done();
  }
};

/** Redelivers after a crash, once everything was found to sum up where it stopped (B5). */
const again = async (work: () => Promise<void>, gate: Gate | undefined, parts: CashParts): Promise<void> => {
  try {
    await work();
  } catch (fault) {
    if (gate?.isDead !== true) throw fault;
    gate.restart();
    await expectSums(parts);
    await work();
  }
};

const states = ['unidentified', 'unassigned', 'posting', 'onAccount', 'settled'] as const;

export const allReceipts = async ({ receipts }: CashParts): Promise<Receipt[]> => {
  const pages = await Promise.all(
    states.map((state) => receipts.list(all, company, { state }, { limit: 1_000 })),
  );
  return pages.flatMap((page) => page.receipts);
};

const expectSums = async (parts: CashParts): Promise<void> => {
  for (const receipt of await allReceipts(parts))
    if (unaccountedFor(receipt) !== 0) throw new Error(`B5: ${receipt.id}`);
};

const faulty = (parts: CashParts, gate: Gate): CashParts => ({
  ...parts,
  accounts: withFaults(parts.accounts, gate, 'accounts'),
  receipts: withFaults(parts.receipts, gate, 'receipts'),
  advices: withFaults(parts.advices, gate, 'advices'),
  proposals: withFaults(parts.proposals, gate, 'proposals'),
  imports: withFaults(parts.imports, gate, 'imports'),
  sender: withFaults(parts.sender, gate, 'sender'),
});

/** A bank line of 10 March from account a1 unless said. */
export const wire = (id: string, amount: number, more: Partial<ReceiptRow> = {}): ReceiptRow => ({
  ...{ row: 1, receiptId: id, accountId: 'a1', valueOn: day('2026-03-10'), postedOn: day('2026-03-10') },
  ...{ currency: 'EUR', amount: money(amount), method: 'transfer', bankReference: `ref-${id}`, text: '' },
  ...more,
});

/** Says that a receipt pays an invoice. */
export const told = (
  fromId: string,
  number: string,
  amount: number,
  more: Partial<AllocationRow> = {},
): AllocationRow => ({
  ...{ row: 9, fromId, kind: 'invoice', number, part: '1', currency: 'EUR', amount: money(amount) },
  ...{ discount: money(0), difference: money(0), postedOn: day('2026-03-10'), isReversal: false },
  ...more,
});

export const idOf = (number: string): string => `item:invoice:${number}`;

/** An invoice posted 1 March, due 31 March. */
export const invoice = (number: string, original: number, more: Partial<Item> = {}): Item =>
  itemWith({ id: idOf(number), number, original: money(original), open: money(original), ...more });

export const credit = (number: string, original: number): Item =>
  itemWith({
    ...{ id: `item:creditNote:${number}`, kind: 'creditNote', number },
    ...{ original: money(-original), open: money(-original) },
  });
