/**
 * Cuts a checked bucket into parts: work for accounts, money that arrived, and what payers say of it.
 * From: `check-bucket.ts`. Next: `parts/<part>.ndjson` of `AccountWork` lines for queue `account-postings`,
 * `receipts/<part>.ndjson` for queue `received-payments`; at most 500 rows in each. Their names say in which wave
 * they go (`import-files.ts`): what rows say of documents and money of the same file finds them posted.
 */
import { topology } from '../../shared/contracts/topology.ts';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { AllocationRow, DeltaRow, DocumentRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { AccountRows, ImportDocument } from '../../shared/domain/imports.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SpreadRow } from '../../shared/domain/spread-rows.ts';
import { linesOf, partName, partOf, type Wave } from './import-files.ts';
import type { IngestionStores } from './stores.ts';

const mostRows = topology.limits['postingRowsPerMessage'] ?? 500;

export type PartsOf = { document: ImportDocument; bucket: number; isGross: boolean; isErpLed: boolean };

/** @returns how many parts there are, each with a result to come. */
export const writeParts = async (
  { files }: IngestionStores,
  scope: Scope,
  { document, bucket, isGross, isErpLed }: PartsOf,
  accounts: readonly AccountRows<DocumentRow | DeltaRow>[],
  spread: readonly SpreadRow[],
): Promise<number> => {
  const { came, back, allocations } = cashOf(spread, isErpLed);
  const [undone, said] = twoOf(allocations, ({ isReversal }) => isReversal);
  const isReversal = (row: DocumentRow): boolean =>
    document.kind === 'journal' && row.reversesNumber !== undefined;
  const workWhere = (isWanted: (row: DocumentRow) => boolean): Sized[] =>
    accounts.flatMap((one) => workOf(document, { ...one, rows: one.rows.filter(isWanted) }, isGross));
  const written = await Promise.all([
    writeWork('', [...workWhere((row) => !isReversal(row)), ...masterWork(document, spread)]),
    writeWork('gone-', workWhere(isReversal)),
    writeWork('said-', explained(document, said)),
    writeWork('unsaid-', explained(document, undone)),
    writeMoney('cash-', came),
    writeMoney('back-', back),
    writeMoney('advice-', advicesIn(document, spread)),
  ]);
  return written.reduce((all, count) => all + count, 0);

  async function writeWork(wave: Wave, work: readonly Sized[]): Promise<number> {
    const parts = partsBy(work, ({ size }) => size);
    for (const [n, lines] of parts.entries())
      await write('parts', wave, n, linesOf(lines.map(({ line }) => line)));
    return parts.length;
  }
  async function writeMoney(wave: Wave, money: readonly Group[]): Promise<number> {
    const parts = partsBy(money, (lines) => lines.length);
    for (const [n, groups] of parts.entries()) await write('receipts', wave, n, linesOf(groups.flat()));
    return parts.length;
  }
  function write(folder: 'parts' | 'receipts', wave: Wave, n: number, content: string): Promise<void> {
    return files.write(scope, partOf(document, folder, `${wave}${partName(bucket, n)}`), content);
  }
};

type Group = readonly (ReceiptRow | AllocationRow)[];

const twoOf = <One>(all: readonly One[], isFirst: (one: One) => boolean): [One[], One[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
];

/** Lines of remittance advices, each advice whole; one without a name of its own has that of its file. */
const advicesIn = ({ importId }: ImportDocument, spread: readonly SpreadRow[]): AllocationRow[][] => {
  const rows = spread.flatMap((one) =>
    one.is === 'reference' && one.told.kind === 'remittance'
      ? [one.told.row.fromId === '' ? { ...one.told.row, fromId: importId } : one.told.row]
      : [],
  );
  const byId = Map.groupBy(rows, ({ fromId }) => fromId);
  return [...byId.keys()].toSorted().map((id) => byId.get(id) ?? []);
};

type Sized = { line: AccountWork; size: number };

/** An account with very many rows is several lines: each can be done by itself. */
const workOf = (
  { kind, source }: ImportDocument,
  { accountId, accountName, rows }: AccountRows<DocumentRow | DeltaRow>,
  isGross: boolean,
): Sized[] => {
  const who = { accountId, ...(accountName !== undefined && { accountName }) };
  return slices(rows).map((some): Sized => {
    const size = some.length;
    if (kind === 'journal')
      return { line: { ...who, do: 'journal', source, documents: some, allocations: [] }, size };
    const told = { source, rows: some as DeltaRow[] };
    if (kind === 'closedItems') return { line: { ...who, do: 'history', ...told }, size };
    return { line: { ...who, do: 'update', ...told, ...(isGross && { partPayments: 'gross' }) }, size };
  });
};

/** What settles a credit, or a receipt where the account has to hear of it, explains at the account. */
const explained = ({ source }: ImportDocument, allocations: readonly AllocationRow[]): Sized[] =>
  [...Map.groupBy(allocations, ({ accountId }) => accountId ?? '')].flatMap(([accountId, some]) =>
    slices(some).map((few): Sized => ({
      line: { accountId, do: 'journal', source, documents: [], allocations: few },
      size: few.length,
    })),
  );

/** What the other files say of an account: who its customer is, whom to write to, where its invoices stand. */
const masterWork = ({ source, asOf, receivedAt }: ImportDocument, spread: readonly SpreadRow[]): Sized[] => {
  const rows = {
    customers: spread.flatMap((one) => (one.is === 'customer' ? [one.row] : [])),
    contacts: spread.flatMap((one) => (one.is === 'contact' ? [one.row] : [])),
    apStatus: spread.flatMap((one) => (one.is === 'apStatus' ? [one.row] : [])),
  };
  return [
    ...eachAccount(rows.customers, (accountId, some) => ({
      ...{ accountId, do: 'customers', source, asOf: asOf ?? receivedAt, rows: some },
    })),
    ...eachAccount(rows.contacts, (accountId, some) => ({ accountId, do: 'contacts', rows: some })),
    ...eachAccount(rows.apStatus, (accountId, some) => ({ accountId, do: 'apStatus', source, rows: some })),
  ];
};

const eachAccount = <Row extends { accountId: string }>(
  rows: readonly Row[],
  lineOf: (accountId: string, some: Row[]) => AccountWork,
): Sized[] =>
  [...Map.groupBy(rows, ({ accountId }) => accountId)].flatMap(([accountId, all]) =>
    slices(all).map((some) => ({ line: lineOf(accountId, some), size: some.length })),
  );

const slices = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, n) =>
    rows.slice(n * mostRows, (n + 1) * mostRows),
  );

/**
 * Receipts with what they settle, by id. An allocation goes with its receipt where the file has it, to its account
 * where it names one, else to the receipts: the ledger knows those of earlier files. Of a company led by its ERP it
 * goes both ways: the receipt is in the book already, and only the account can say why its item went down. What takes
 * money back, or tells of money of another file, goes when all money of this one is there.
 */
const cashOf = (
  spread: readonly SpreadRow[],
  isErpLed: boolean,
): { came: Group[]; back: Group[]; allocations: AllocationRow[] } => {
  const receipts = spread.flatMap((one) => (one.is === 'receipt' ? [one.row] : []));
  const all = spread.flatMap((one) => (one.is === 'allocation' ? [one.row] : []));
  const ids = new Set(receipts.map(({ receiptId }) => receiptId));
  const isCash = ({ fromId, accountId }: AllocationRow) => ids.has(fromId) || accountId === undefined;
  const byReceipt = Map.groupBy([...receipts, ...all.filter(isCash)], (row) =>
    'receiptId' in row ? row.receiptId : row.fromId,
  );
  const groups = [...byReceipt.keys()].toSorted().map((id) => byReceipt.get(id) ?? []);
  const [came, back] = twoOf(groups, (rows) => rows.some((row) => 'receiptId' in row && row.amount > 0));
  const isOfAccount = (one: AllocationRow) => (isErpLed ? one.accountId !== undefined : !isCash(one));
  return { came, back, allocations: all.filter(isOfAccount) };
};

/** Groups that stay together, as many to a part as fit. */
const partsBy = <Group>(groups: readonly Group[], sizeOf: (group: Group) => number): Group[][] => {
  const parts: Group[][] = [];
  let size = mostRows;
  for (const group of groups) {
    if (size + sizeOf(group) > mostRows) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(group);
    size += sizeOf(group);
  }
  return parts;
};
