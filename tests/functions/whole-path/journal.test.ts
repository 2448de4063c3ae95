/**
 * Shape J and closed-item history, uploaded and posted: documents, receipts, allocations, gross part payments.
 */
import { expect, it } from 'vitest';
import { createBooks, csv } from './world.ts';

const columns =
  'record,number,account,type,document_date,due_date,currency,original_amount,receipt_id,value_date,amount,from_id,posting_date';
const document = (number: string, account: string, amount: string): string =>
  `document,${number},${account},invoice,2026-10-01,2026-11-01,EUR,${amount},,,,,2026-10-01`;
const receipt = (id: string, account: string, amount: string): string =>
  `receipt,,${account},,,,EUR,,${id},2026-10-20,${amount},,2026-10-20`;
const allocation = (from: string, number: string, account: string, amount: string): string =>
  `allocation,${number},${account},invoice,,,EUR,,,,${amount},${from},2026-10-20`;

it('a journal posts its documents, and its receipt pays what its allocations say', async () => {
  const books = await createBooks();
  const done = await books.send(
    csv(
      columns,
      document('F-1', 'C-1', '100.00'),
      document('F-2', 'C-1', '50.00'),
      receipt('R-1', 'C-1', '120.00'),
      allocation('R-1', 'F-2', 'C-1', '50.00'),
      allocation('R-1', 'F-1', 'C-1', '70.00'),
    ),
    { kind: 'journal' },
  );
  expect(await books.rejected(done)).toEqual([]);
  expect((await books.item('C-1', 'F-1'))?.open).toBe(3_000);
  expect((await books.item('C-1', 'F-2'))?.open).toBe(0);
  expect(await books.report(done)).toMatchObject({ state: 'done', rows: { read: 5, accepted: 5 } });
});

it('the same journal again changes nothing', async () => {
  const books = await createBooks();
  const file = csv(columns, document('F-1', 'C-1', '100.00'), receipt('R-1', 'C-1', '100.00'));
  await books.send(file, { kind: 'journal' });
  const before = await books.entries('C-1');
  await books.send(file, { kind: 'journal', asOf: '2026-11-23T10:00:00Z' });
  expect(await books.entries('C-1')).toEqual(before);
});

it('closed items are posted and settled on their days, and open nothing', async () => {
  const books = await createBooks();
  const done = await books.send(
    csv(
      'number,account,type,document_date,due_date,currency,original_amount,cleared_date,clearing_document',
      'F-1,C-1,invoice,2025-10-01,2025-11-01,EUR,100.00,2025-11-10,P-1',
      'F-2,C-1,invoice,2025-10-02,2025-11-02,EUR,40.00,2025-11-10,P-1',
    ),
    { kind: 'closedItems' },
  );
  expect((await books.load('C-1')).head).toMatchObject({ openCount: 0 });
  expect(await books.item('C-1', 'F-1')).toMatchObject({ original: 10_000, open: 0 });
  const settled = (await books.entries('C-1')).flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'itemReduced' ? [[fact.on, fact.posting]] : [])),
  );
  expect(settled.map(([on]) => on)).toEqual(['2025-11-10', '2025-11-10']);
  expect(await books.report(done)).toMatchObject({ state: 'done', posted: { rows: 2, change: {} } });
});

const credit = (number: string, account: string, amount: string): string =>
  `document,${number},${account},creditNote,2026-10-01,2026-10-01,EUR,${amount},,,,,2026-10-01`;
const invoiceOne = ['F-1', 'C-1', '100.00'] as const;

it('in a company that keeps its book here a journal’s credit settles what it says, and is told as posted', async () => {
  const world = await createBooks();
  const done = await world.send(
    csv(
      columns,
      document(...invoiceOne),
      credit('G-1', 'C-1', '-30.00'),
      allocation('G-1', 'F-1', 'C-1', '30.00'),
      receipt('R-1', 'C-1', '50.00'),
      allocation('R-1', 'F-1', 'C-1', '50.00'),
    ),
    { kind: 'journal' },
  );
  expect(await world.rejected(done)).toEqual([]);
  const [invoice, given] = [await world.item('C-1', 'F-1'), await world.item('C-1', 'G-1')];
  expect([invoice?.open, given?.open]).toEqual([2_000, 0]);
  const { EUR } = (await world.load('C-1')).head.balances;
  expect(EUR).toMatchObject({ open: 2_000, ledger: { receivables: 2_000, unapplied: 0, cash: 5_000 } });
  const { state, rows, posted, waitsFor } = await world.report(done);
  expect([state, waitsFor, rows.accepted, posted.rows, posted.unchanged]).toEqual([
    'done',
    undefined,
    5,
    4,
    0,
  ]);
  expect(posted.change).toEqual({ EUR: 2_000 });
  const none = { onAccount: 0, unidentified: 0, unassigned: 0, provisional: 0 };
  expect(posted.cash).toEqual({ EUR: { received: 5_000, allocated: 5_000, ...none } });
  expect(posted.settledAs).toEqual({ settled: 1 });
});

it('the same journal again leaves credit and invoice as they are, and a row that reverses opens both, once', async () => {
  const world = await createBooks();
  const lines = [
    document(...invoiceOne),
    credit('G-1', 'C-1', '-30.00'),
    allocation('G-1', 'F-1', 'C-1', '30.00'),
  ];
  await world.send(csv(columns, ...lines), { kind: 'journal' });
  await world.send(csv(columns, ...lines), { kind: 'journal', asOf: '2026-11-23T10:00:00Z' });
  expect((await world.item('C-1', 'F-1'))?.open).toBe(7_000);
  const back = csv(`${columns},is_reversal`, `${allocation('G-1', 'F-1', 'C-1', '30.00')},yes`);
  for (const asOf of ['2026-11-24T10:00:00Z', '2026-11-25T10:00:00Z'])
    await world.send(back, { kind: 'journal', asOf });
  expect((await world.item('C-1', 'F-1'))?.open).toBe(10_000);
  expect((await world.item('C-1', 'G-1'))?.open).toBe(-3_000);
  await world.send(csv(columns, ...lines), { kind: 'journal', asOf: '2026-11-26T10:00:00Z' });
  expect((await world.item('C-1', 'F-1'))?.open).toBe(10_000);
});

it('an allocation of a credit nobody knows is refused, not passed over', async () => {
  const world = await createBooks();
  const done = await world.send(
    csv(columns, document(...invoiceOne), allocation('G-9', 'F-1', 'C-1', '30.00')),
    { kind: 'journal' },
  );
  const { posted, state } = await world.report(done);
  expect([state, posted.refusedBy]).toEqual(['done', { 'item-not-found': 1 }]);
  expect((await world.item('C-1', 'F-1'))?.open).toBe(10_000);
});

const reversal = (number: string, of: string, amount: string): string =>
  `${credit(number, 'C-1', amount)},${of},`;
const withReversals = `${columns},reverses,is_reversal`;
/** A row without them. */
const plain = (row: string): string => `${row},,`;

it.each(['dunwellLed', 'erpLed'] as const)(
  'a row that reverses a credit note takes it back once, wherever it stands in the file: %s',
  async (mode) => {
    const world = await createBooks(mode);
    const file = [
      reversal('G-1-R', 'G-1', '-30.00'),
      plain(document(...invoiceOne)),
      plain(credit('G-1', 'C-1', '-30.00')),
    ];
    const done = await world.send(csv(withReversals, ...file), { kind: 'journal' });
    expect(await world.rejected(done)).toEqual([]);
    expect((await world.item('C-1', 'G-1'))?.open).toBe(0);
    expect(await world.item('C-1', 'G-1-R')).toBeUndefined();
    const { posted } = await world.report(done);
    expect([posted.rows, posted.change]).toEqual([3, { EUR: 10_000 }]);
    const before = await world.entries('C-1');
    await world.send(csv(withReversals, ...file.toReversed()), {
      kind: 'journal',
      asOf: '2026-11-23T10:00:00Z',
    });
    expect(await world.entries('C-1')).toEqual(before);
  },
);

it('a credit note that settled something is reversed when its allocation is, not before', async () => {
  const world = await createBooks();
  const settled = [
    document(...invoiceOne),
    credit('G-1', 'C-1', '-30.00'),
    allocation('G-1', 'F-1', 'C-1', '30.00'),
  ];
  await world.send(csv(columns, ...settled), { kind: 'journal' });
  const early = await world.send(csv(withReversals, reversal('G-1-R', 'G-1', '-30.00')), { kind: 'journal' });
  expect((await world.report(early)).posted.refusedBy).toEqual({ 'entry-used': 1 });
  const both = [reversal('G-1-S', 'G-1', '-30.00'), `${allocation('G-1', 'F-1', 'C-1', '30.00')},,yes`];
  const done = await world.send(csv(withReversals, ...both), { kind: 'journal' });
  expect((await world.report(done)).posted.refusedBy).toEqual({});
  expect([(await world.item('C-1', 'F-1'))?.open, (await world.item('C-1', 'G-1'))?.open]).toEqual([
    10_000, 0,
  ]);
});

it('a reversal of what nobody knows, or over another amount, is refused', async () => {
  const world = await createBooks();
  const rows = [
    plain(credit('G-1', 'C-1', '-30.00')),
    reversal('R-1', 'G-1', '-31.00'),
    reversal('R-2', 'G-9', '-30.00'),
  ];
  const done = await world.send(csv(withReversals, ...rows), { kind: 'journal' });
  expect((await world.report(done)).posted.refusedBy).toEqual({ 'item-differs': 1, 'item-not-found': 1 });
  expect((await world.item('C-1', 'G-1'))?.open).toBe(-3_000);
});

it('in an ERP-led company receipt and allocation of one file say why the item went down, and the import is done', async () => {
  const world = await createBooks('erpLed');
  await world.send(csv(columns, document('F-1', 'C-1', '200.00')), { kind: 'journal' });
  const lower = 'number,account,type,document_date,due_date,currency,open_amount,change,changed_at';
  const changed = 'F-1,C-1,invoice,2026-10-01,2026-11-01,EUR,120.00,upsert,2026-10-21T06:00:00Z';
  await world.send(csv(lower, changed), { kind: 'delta' });
  const why = async () =>
    (await world.item('C-1', 'F-1'))?.changes
      .filter(({ isReversed }) => !isReversed)
      .map(({ by, amount }) => [by, amount]);
  expect(await why()).toEqual([['unexplained', 8_000]]);
  const rows = [receipt('R-1', 'C-1', '80.00'), allocation('R-1', 'F-1', 'C-1', '80.00')];
  const done = await world.send(csv(columns, ...rows), { kind: 'journal' });
  expect(await why()).toEqual([['payment', 8_000]]);
  expect((await world.item('C-1', 'F-1'))?.open).toBe(12_000);
  const { state, posted, waitsFor } = await world.report(done);
  expect([state, waitsFor, posted.rows, posted.change]).toEqual(['done', undefined, 2, { EUR: 0 }]);
  await world.send(csv(columns, ...rows), { kind: 'journal', asOf: '2026-11-23T10:00:00Z' });
  expect(await why()).toEqual([['payment', 8_000]]);
});
