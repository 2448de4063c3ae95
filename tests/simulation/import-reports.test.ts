/**
 * The report of an import is what the ledger changed by, always (I2): random files of each kind through the upload, in
 * any order of messages, some delivered again, into a process that dies anywhere. What changed is found out apart, by
 * adding up all items and receipts before and after. The same file again moves nothing, nor do its rows in another order.
 */
import { expect, it } from 'vitest';
import { showImport } from '../../functions/invoice-ingestion/show-import.ts';
import { bankAccountHash } from '../../functions/ledger/settle-payer.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { companyId } from '../functions/erp-exchange/snapshot-world.ts';
import { numbersFrom } from '../support/series.ts';
import { everything } from '../support/test-edge.ts';
import { uploadWorld, type Random, type Sent, type UploadWorld } from './upload-world.ts';

const seeds = process.env['DUNWELL_LONG'] ? 200 : 6;
const first = Number(process.env['DUNWELL_SEED'] ?? 1);
const at = '2026-11-12T10:00:00Z';
const accounts = ['acme', 'bolt', 'core'];

const shuffled = <One>(all: readonly One[], random: Random): One[] =>
  all
    .map((one) => [random(1_000_000), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);

const some = (random: Random): number[] => Array.from({ length: 1 + random(6) }, (_, n) => n);
const euros = (random: Random): string => `${1 + random(90)}.${10 + random(89)}`;
const numberIn = (random: Random): string => `OLD-${random(4)}`;
const ownerOf = (number: string): string => accounts[Number(number.slice(-1)) % 3]!;

/** What is there before: four invoices. */
const before = {
  header: 'number,type,account,document_date,due_date,currency,original_amount,open_amount,change,changed_at',
  lines: [0, 1, 2, 3].map(
    (n) =>
      `OLD-${n},invoice,${ownerOf(`OLD-${n}`)},2026-10-01,2026-11-01,EUR,100.00,100.00,upsert,2026-11-11T08:00:00Z`,
  ),
};

type Made = { header: string; lines: string[] };
const files: Record<
  'invoices' | 'delta' | 'snapshot' | 'journal' | 'bankStatement',
  (random: Random) => Made
> = {
  invoices: (random) => ({
    header: 'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
    lines: some(random).map((n) => {
      const bad = random(8) === 0 ? 'some' : euros(random);
      return `NEW-${n},${accounts[random(3)]},Name,2026-11-01,2026-12-01,EUR,${bad}`;
    }),
  }),
  delta: (random) => ({
    header: before.header,
    lines: some(random).map((n) => {
      const number = random(2) === 0 ? `OLD-${n % 4}` : `NEW-${n}`;
      const open = `${1 + random(90)}.00`;
      return `${number},invoice,${ownerOf(number)},2026-10-01,2026-11-01,EUR,100.00,${open},upsert,2026-11-12T0${n}:00:00Z`;
    }),
  }),
  snapshot: (random) => ({
    header: 'number,type,account,document_date,due_date,currency,open_amount',
    lines: [
      ...[0, 1, 2, 3].flatMap((n) =>
        random(4) === 0
          ? []
          : [`OLD-${n},invoice,${ownerOf(`OLD-${n}`)},2026-10-01,2026-11-01,EUR,${1 + random(120)}.00`],
      ),
      `NEW-9,invoice,acme,2026-11-01,2026-12-01,EUR,${euros(random)}`,
    ],
  }),
  journal: (random) => {
    const tail = (more: Partial<Record<'receipt' | 'value' | 'amount' | 'from' | 'back', string>>): string =>
      [
        more.receipt ?? '',
        more.value ?? '',
        more.amount ?? '',
        more.from ?? '',
        '2026-11-10',
        more.back ?? '',
      ].join();
    const lines = some(random).flatMap((n): string[] => {
      const account = accounts[random(3)]!;
      const document = (number: string, kind: string, amount: string) =>
        `document,${number},${account},${kind},2026-11-01,2026-12-01,EUR,${amount},${tail({})}`;
      const said = (from: string, amount: string, back = '') =>
        `allocation,N-${n},${account},invoice,,,EUR,,${tail({ amount, from, back })}`;
      const receipt = (id: string, amount: string, who = account) =>
        `receipt,,${who},,,,EUR,,${tail({ receipt: id, value: '2026-11-09', amount })}`;
      const credit = [document(`C-${n}`, 'creditNote', '-20.00'), said(`C-${n}`, '20.00')];
      return [
        document(`N-${n}`, 'invoice', '90.00'),
        ...(random(2) === 0 ? credit : []),
        ...(random(3) === 0 ? [...credit, said(`C-${n}`, '20.00', 'yes')] : []),
        ...(random(2) === 0 ? [receipt(`R-${n}`, '50.00'), said(`R-${n}`, '30.00')] : []),
        ...(random(3) === 0 ? [receipt(`U-${n}`, '7.00', '')] : []),
        ...(random(5) === 0 ? [said('NOBODY', '1.00')] : []),
      ];
    });
    return {
      header:
        'record,number,account,type,document_date,due_date,currency,original_amount,receipt_id,value_date,amount,from_id,posting_date,is_reversal',
      lines: [...new Set(lines)],
    };
  },
  bankStatement: (random) => ({
    header: 'posting_date,account,currency,amount,text,bank_reference,payer_bank_account',
    lines: some(random).map((n) => {
      const who = random(3) === 0 ? '' : `DE0${random(3)}`;
      const text = random(2) === 0 ? numberIn(random) : 'thanks';
      return `2026-11-12,DE99,EUR,${random(3) === 0 ? '100.00' : euros(random)},${text},W${n},${who}`;
    }),
  }),
};
type Kind = keyof typeof files;

const fileOf = ({ header, lines }: Made, kind: Kind, random?: Random): Sent => ({
  text: [header, ...(random ? shuffled(lines, random) : lines), ''].join('\n'),
  body: { kind, name: 'file.csv', source: kind === 'bankStatement' ? 'bank' : 'books', asOf: at },
  at,
});

/** Everything the ledger holds, added up without any of its own sums; and how often it was written to. */
const ledgerOf = async ({ world }: UploadWorld) => {
  const sums = {
    open: 0,
    received: 0,
    allocated: 0,
    onAccount: 0,
    unidentified: 0,
    provisional: 0,
    writes: 0,
  };
  for (const accountId of accounts) {
    const key = { companyId, accountId };
    const { items } = await world.accounts.items(everything, key, { state: 'all', limit: 1_000 });
    sums.open += items.reduce((all, { open }) => all + open, 0);
    sums.writes += (await world.accounts.load(everything, key)).account.head.version;
  }
  for (const state of ['unidentified', 'unassigned', 'posting', 'onAccount', 'settled'] as const) {
    const { receipts } = await world.receipts.list(everything, companyId, { state }, { limit: 1_000 });
    for (const { id, amount, free, payer, portions, returns, standing } of receipts) {
      const used = portions.flatMap(({ uses }) => uses).reduce((all, use) => all + use.amount, 0);
      const back = returns.reduce((all, one) => all + one.amount, 0);
      sums.received += amount - back;
      sums.allocated += used;
      if (payer === undefined) sums.unidentified += free;
      sums.onAccount += amount - back - free - used;
      if (standing === 'provisional') sums.provisional += amount - back;
      sums.writes += (await world.receipts.load(everything, { companyId, receiptId: id })).version;
    }
  }
  return sums;
};
type Ledger = Awaited<ReturnType<typeof ledgerOf>>;

const difference = (after: Ledger, before: Ledger): Ledger =>
  Object.fromEntries(
    Object.entries(after).map(([name, sum]) => [name, sum - before[name as keyof Ledger]]),
  ) as Ledger;

const reportOf = async ({ world }: UploadWorld, importId: string) => {
  const shown = await showImport(world.imports, everything, { companyId, importId });
  if (!shown.ok) throw new Error(shown.detail);
  return shown.value;
};

const life = async (kind: Kind, mode: 'erpLed' | 'dunwellLed', seed: number): Promise<void> => {
  const random = numbersFrom(seed * 7 + kind.length);
  const made = files[kind](random);
  const books = uploadWorld(random, 30, mode);
  await books.begin();
  books.calm();
  for (const [n, account] of accounts.entries())
    await books.world.payers.remember(everything, companyId, bankAccountHash(`DE0${n}`, sha256), {
      ...{ account: { companyId, accountId: account }, by: 'test', at },
    });
  await books.send({ ...fileOf(before, 'delta'), at: '2026-11-11T09:00:00Z' });
  await books.settle('2026-11-11T09:00:00Z', []);
  const start = await ledgerOf(books);
  await books.begin();
  const sent = fileOf(made, kind, random);
  const importId = await books.send(sent);
  await books.settle(at, [sent]);
  books.calm();
  const end = await ledgerOf(books);
  const { writes: _writes, open, ...money } = difference(end, start);
  const { state, posted } = await reportOf(books, importId);
  const zero = { received: 0, allocated: 0, onAccount: 0, unidentified: 0, unassigned: 0, provisional: 0 };
  expect([kind, seed, state]).toEqual([kind, seed, 'done']);
  expect([posted.change['EUR'] ?? 0, posted.cash['EUR'] ?? zero]).toEqual([
    open,
    { ...money, unassigned: 0 },
  ]);
  expect(await books.send(sent)).toBe(importId);
  await books.settle(at, []);
  expect(await ledgerOf(books)).toEqual(end);
  const again = await books.send({ ...fileOf(made, kind, numbersFrom(seed)), at: '2026-11-12T11:00:00Z' });
  await books.settle('2026-11-12T11:00:00Z', []);
  const { posted: twice } = await reportOf(books, again);
  expect(await ledgerOf(books)).toEqual(end);
  if (again !== importId) expect([twice.entries, twice.rows, twice.change]).toEqual([0, 0, {}]);
};

const kinds = Object.keys(files) as Kind[];
it.each(
  kinds.flatMap((kind) =>
    (['erpLed', 'dunwellLed'] as const)
      .filter((mode) => mode === 'erpLed' || kind !== 'snapshot')
      .map((mode) => ({ kind, mode })),
  ),
)(
  '$kind, $mode: the report is what changed; again, or in another order, nothing does',
  async ({ kind, mode }) => {
    for (let seed = first; seed < first + seeds; seed += 1) await life(kind, mode, seed);
  },
);
