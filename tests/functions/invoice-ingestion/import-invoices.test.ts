/**
 * From an uploaded file to parts for the ledger: what is taken, what comes back, what a second time changes.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import { crashAt, gateOf } from '../../support/faults.ts';
import { createWorld, invoicesCsv } from './world.ts';

describe('500 rows with 20 bad ones (S1)', () => {
  const csv = invoicesCsv(500);

  it('go on where they are good, and come back with row, column and reason where not', async () => {
    const world = createWorld();
    const document = await world.upload(csv);
    expect(document).toMatchObject({
      state: 'posting',
      counts: { rows: 500, accepted: 480, rejected: 20, repeated: 0 },
      rejectedBy: { 'invalid-amount': 20 },
    });
    const rejected = await world.rejected(document);
    expect(rejected).toHaveLength(20);
    expect(rejected[0]).toMatchObject({ row: 8, reasons: [{ column: 'amount', value: '12.3.4' }] });
    const work = world.lines('/parts/') as (AccountWork & { do: 'update' })[];
    const open = work.flatMap(({ rows }) => rows.map((row) => row.open)).reduce((a, b) => a + b, 0);
    expect(open).toBe(document.sums['EUR']);
    expect(work.flatMap(({ rows }) => rows)).toHaveLength(480);
    expect(world.sent('account-postings')).toHaveLength(document.parts!);
  });

  it('the same file again is the same import and changes nothing', async () => {
    const world = createWorld();
    const first = await world.upload(csv);
    const before = world.state(first);
    const second = await world.upload(csv);
    expect(second.importId).toBe(first.importId);
    expect(world.state(second)).toEqual(before);
  });

  it('each message delivered twice at once ends in the same state', async () => {
    const [once, twice] = [createWorld(), createWorld()];
    const document = await once.upload(csv);
    expect(twice.state(await twice.upload(csv, {}, 2))).toEqual(once.state(document));
  });

  it('a crash before or after any effect ends in the state of an uninterrupted run', async () => {
    const counting = gateOf();
    const calm = createWorld(counting);
    const wanted = calm.state(await calm.upload(csv));
    const effects = counting.calls.length;
    expect(effects).toBeGreaterThan(8);
    for (let call = 1; call <= effects; call += 1)
      for (const when of ['before', 'after'] as const) {
        const world = createWorld(crashAt(call, when));
        const state = world.state(await world.upload(csv));
        expect(state, `crash ${when} ${counting.calls[call - 1]} (${call})`).toEqual(wanted);
      }
  });
});

describe('what is declared', () => {
  it('must be met to the row', async () => {
    const world = createWorld();
    const document = await world.upload(
      invoicesCsv(10, () => false),
      { rows: 11 },
    );
    expect(document).toMatchObject({ state: 'refused', because: { code: 'control-total-mismatch' } });
    expect(world.sent('account-postings')).toEqual([]);
  });

  it('must be met to the cent', async () => {
    const csv = invoicesCsv(3, () => false);
    const right = await createWorld().upload(csv, { rows: 3, controlSums: { EUR: 750 } });
    expect(right.state).toBe('posting');
    const wrong = await createWorld().upload(csv, { controlSums: { EUR: 751 } });
    expect(wrong).toMatchObject({ state: 'refused', because: { code: 'control-total-mismatch' } });
  });

  it('a file refused may be sent again with what was wrong put right', async () => {
    const world = createWorld();
    const csv = invoicesCsv(10, () => false);
    const refused = await world.upload(csv, { rows: 11 });
    const taken = await world.upload(csv, { rows: 10 });
    expect(taken.importId).not.toBe(refused.importId);
    expect(taken.state).toBe('posting');
  });
});

describe('one document twice in a file', () => {
  const header = 'invoice_number,customer_number,issue_date,due_date,currency,amount';
  const row = 'F-1,C-1,2026-10-01,2026-11-01,EUR,10.00';

  it('with the same content is one, and counted', async () => {
    const document = await createWorld().upload([header, row, row, ''].join('\n'));
    expect(document.counts).toEqual({ rows: 2, accepted: 1, rejected: 0, repeated: 1 });
    expect(document.sums).toEqual({ EUR: 1_000 });
  });

  it('with another amount holds both', async () => {
    const world = createWorld();
    const document = await world.upload([header, row, row.replace('10.00', '11.00'), ''].join('\n'));
    expect(document).toMatchObject({
      counts: { rows: 2, accepted: 0, rejected: 2 },
      rejectedBy: { 'conflicting-duplicate': 2 },
      sums: {},
    });
    expect((await world.rejected(document)).map((one) => one.row)).toEqual([1, 2]);
    expect(world.sent('account-postings')).toEqual([]);
  });

  it('with another account holds both', async () => {
    const document = await createWorld().upload([header, row, row.replace('C-1', 'C-2'), ''].join('\n'));
    expect(document.rejectedBy).toEqual({ 'conflicting-duplicate': 2 });
  });
});

describe('a snapshot', () => {
  const header = 'number,account,name,posting_date,due_date,currency,open_amount';
  const asOf = '2026-11-21T23:00:00Z';

  it('goes to reconciliation account by account, with the keys of its refused rows', async () => {
    const world = createWorld();
    const csv = [
      header,
      'A,C-1,One,2026-10-01,2026-11-01,EUR,100.00',
      'B,C-1,One,2026-10-01,2026-11-01,EUR,what',
      'C,C-2,Two,2026-10-01,2026-11-01,EUR,5.00',
      '',
    ].join('\n');
    const document = await world.upload(csv, { kind: 'snapshot', asOf });
    expect(document).toMatchObject({ state: 'reconciling', unreadableKeys: 0 });
    expect(world.lines('/accounts/')).toMatchObject([
      {
        accountId: 'C-1',
        rows: [{ number: 'A' }],
        hasUnreadableKey: false,
        refusedKeys: ['item:invoice:B', 'item:paymentOnAccount:B'],
      },
      { accountId: 'C-2', rows: [{ number: 'C' }], hasUnreadableKey: false, refusedKeys: [] },
    ]);
    expect(world.sent('snapshots').map(({ body }) => body)).toEqual([
      { v: 1, companyId: 'acme', importId: document.importId, step: 'guard', bucket: 0 },
    ]);
  });

  it('without rows is an empty one', async () => {
    const document = await createWorld().upload(`${header}\n`, { kind: 'snapshot', asOf });
    expect(document).toMatchObject({ state: 'reconciling', counts: { rows: 0 } });
  });

  it('says as of when it is', async () => {
    await expect(createWorld().upload(`${header}\n`, { kind: 'snapshot' })).rejects.toThrow('as-of-missing');
  });
});

it('a large file spread over buckets holds a document that two accounts claim', async () => {
  const world = createWorld();
  const pad = 'x'.repeat(900);
  const rows = Array.from(
    { length: 5_000 },
    (_, n) => `F-${n % 4_999},C-${n},${pad},2026-10-01,2026-11-01,EUR,1.00`,
  );
  const header = 'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount';
  const document = await world.upload([header, ...rows, ''].join('\n'));
  expect(document.buckets).toBeGreaterThan(1);
  expect(document).toMatchObject({
    state: 'posting',
    counts: { rows: 5_000, accepted: 4_998, rejected: 2 },
    rejectedBy: { 'conflicting-duplicate': 2 },
    sums: { EUR: 499_800 },
  });
});
