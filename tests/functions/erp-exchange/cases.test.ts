/**
 * The eleven cases of `defaults.md` §2.6 that every build passes, each from the uploaded file to the book.
 */
import { describe, expect, it } from 'vitest';
import { decideHeld } from '../../../functions/erp-exchange/decide-held.ts';
import { listNotPosted } from '../../../functions/ledger/list-not-posted.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { itemIdOf } from '../../../shared/domain/document-ids.ts';
import { businessCalendar } from '../../../shared/formats/business-calendar.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { everything } from '../../support/test-edge.ts';
import { bookOf, companyId, workAll } from './snapshot-world.ts';
import { day, open, uploadWorld, type Uploads } from './upload-world.ts';

const acme = ({ world }: Uploads) => bookOf(world, 'acme');
const claimOff = async ({ world }: Uploads) =>
  (await world.accounts.load(everything, { companyId, accountId: 'acme' })).account.head.balances['EUR']
    ?.provisional;
const notPosted = async ({ world }: Uploads, at: string) => {
  const desk = { ...world.parts, calendarOf: businessCalendar };
  const listed = await listNotPosted(desk, everything, companyId, { now: instantFromText(at), limit: 9 });
  return listed.ok ? listed.value.receipts.map(({ amount }) => amount) : listed.code;
};

describe('defaults §2.6', () => {
  it('S1: A 100, B 200; S2: B 200 → A cleared, implied payment, span S1–S2', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100), open('B', 200)]);
    await books.snapshot(11, [open('B', 200)]);
    expect(await acme(books)).toEqual({ B: 20_000 });
    expect(await books.why('A')).toEqual([['implied', 10_000]]);
    expect((await books.item('A'))?.clearedBetween).toEqual({ fromAt: day(10), toAt: day(11) });
  });

  it('S2 has B 120; J later brings 80 for B → reduced by 80 unexplained, then explained; nothing doubled', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('B', 200)]);
    await books.snapshot(11, [open('B', 120)]);
    expect(await books.why('B')).toEqual([['unexplained', 8_000]]);
    const told = { number: 'B', amount: '80.00', from_id: 'R-1', posting_date: '2026-11-10' };
    expect(await books.journal(day(11, '12'), [told])).toMatchObject({ counts: { accepted: 1 } });
    expect(await books.why('B')).toEqual([['payment', 8_000]]);
    await books.snapshot(12, [open('B', 120)]);
    expect(await acme(books)).toEqual({ B: 12_000 });
    expect(await books.why('B')).toEqual([['payment', 8_000]]);
  });

  it("A's row in S2 is unreadable → A stays open, withheld", async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100), open('B', 200)]);
    const file = await books.snapshot(11, [open('A', 0, { open_amount: '1.2.3' }), open('B', 200)]);
    expect(file).toMatchObject({ state: 'done', counts: { accepted: 1, rejected: 1 } });
    expect(await acme(books)).toEqual({ A: 10_000, B: 20_000 });
    expect((await books.item('A'))?.faults).toEqual(['source-row-refused']);
  });

  it('S2 has 40 % fewer of 1,000 rows → held, nothing posted; a person confirms → applied', async () => {
    const books = await uploadWorld();
    const rows = Array.from({ length: 1_000 }, (_, at) => open(`n${at}`, 10, { account: `acc-${at % 40}` }));
    await books.snapshot(10, rows);
    const held = await books.snapshot(11, rows.slice(0, 600));
    expect(held).toMatchObject({ state: 'held', because: { code: 'snapshot-shrank' } });
    expect(Object.keys(await bookOf(books.world, 'acc-0'))).toHaveLength(25);
    const { importId } = held;
    const call = { scope: everything, now: instantFromText(day(11, '08')), key: { companyId, importId } };
    const manager = { id: 'm', principals: ['CRM' as const] };
    const decided = await decideHeld(books.world.parts, call, manager, {
      ...{ reason: 'a branch was sold', decision: 'release' },
    });
    expect(decided).toMatchObject({ ok: true, value: { outcome: 'released' } });
    await workAll(books.world, day(11, '09'));
    expect(Object.keys(await bookOf(books.world, 'acc-0'))).toHaveLength(15);
  });

  it('portal pays A at 10:00; S of 06:00 arrives at 11:00 with A → book open, not chased; next S without A confirms it', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    await books.payment(day(11, '10'), 100, 'A');
    await books.send(csvOf('A'), day(11, '11'), { asOf: day(11) });
    expect([await acme(books), await claimOff(books)]).toEqual([{ A: 10_000 }, 10_000]);
    await books.snapshot(12, []);
    expect([await acme(books), await claimOff(books)]).toEqual([{}, 0]);
    expect(await books.why('A')).toEqual([['payment', 10_000]]);
    expect(await notPosted(books, day(20))).toEqual([]);
  });

  it('portal pays A; three snapshots still show it → task "payment not posted"; still not chased', async () => {
    const books = await uploadWorld();
    await books.snapshot(9, [open('A', 100)]);
    await books.payment(day(9, '10'), 100, 'A');
    for (const n of [10, 11]) await books.snapshot(n, [open('A', 100)]);
    expect(await notPosted(books, day(11, '12'))).toEqual([]);
    await books.send(csvOf('A'), day(11, '20'), { asOf: day(11, '19') });
    expect(await notPosted(books, day(11, '21'))).toEqual([10_000]);
    expect([await acme(books), await claimOff(books)]).toEqual([{ A: 10_000 }, 10_000]);
  });

  it('A 100 vanishes, A-R 30 (deduction naming A) appears → 70 implied payment; A-R keeps A’s due date and stage', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    const rest = { type: 'deduction', original_number: 'A', due_date: '2026-12-24' };
    await books.snapshot(11, [open('A-R', 30, rest)]);
    expect(await acme(books)).toEqual({ 'A-R': 3_000 });
    expect((await books.why('A'))?.filter(([by]) => by === 'implied')).toEqual([['implied', 7_000]]);
    const [was, is] = [await books.item('A'), await books.item('A-R', 'deduction')];
    expect([is?.dueOn, is?.stage]).toEqual([was?.dueOn, was?.stage]);
  });

  it('invoice 500 and credit −500 vanish together → cleared against each other, no cash', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('I', 500), open('C', -500, { type: 'creditNote' }), open('Z', 1)]);
    await books.snapshot(11, [open('Z', 1)]);
    expect(await acme(books)).toEqual({ Z: 100 });
    expect(await books.why('I')).toEqual([['allocation', 50_000]]);
  });

  it('A vanishes and returns two days later → reopened, same stage, no first reminder again', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100), open('Z', 1)]);
    const stage = (await books.item('A'))?.stage;
    await books.snapshot(11, [open('Z', 1)]);
    await books.snapshot(13, [open('A', 100), open('Z', 1)]);
    expect(await acme(books)).toEqual({ A: 10_000, Z: 100 });
    const item = await books.item('A');
    expect(item?.stage).toBe(stage);
    expect(item?.changes).toMatchObject([{ by: 'implied', isReversed: true }]);
    expect(item?.postedOn).toBe('2026-10-01');
  });

  it('gross style: A 100, payment −40 naming A → A open 60, one item', async () => {
    const books = await uploadWorld();
    await books.gross();
    const payment = open('P-1', -40, { type: 'payment', original_number: 'A' });
    const file = await books.snapshot(10, [open('A', 100), payment], { profile: 'gross' });
    expect(file).toMatchObject({ state: 'done', profile: { name: 'gross' } });
    expect(await acme(books)).toEqual({ A: 6_000 });
  });

  it('same S twice → no second effect', async () => {
    const books = await uploadWorld();
    const first = await books.snapshot(10, [open('A', 100)]);
    const again = await books.snapshot(10, [open('A', 100)]);
    expect(again.importId).toBe(first.importId);
    expect([await acme(books), await books.entries()]).toEqual([{ A: 10_000 }, 1]);
  });

  it('D twice or out of order → no second effect', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    const [newer, older] = [open('A', 40), open('A', 70)];
    await books.delta(day(10, '12'), [newer]);
    await books.delta(day(10, '13'), [{ ...newer, changed_at: day(10, '12') }]);
    const late = await books.delta(day(10, '14'), [{ ...older, changed_at: day(10, '09') }]);
    expect([await acme(books), await books.entries()]).toEqual([{ A: 4_000 }, 2]);
    expect(late).toMatchObject({ counts: { accepted: 1 } });
  });

  it('same number in two fiscal years → two items', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [
      open('A', 100, { fiscal_year: '2025' }),
      open('A', 30, { fiscal_year: '2026' }),
    ]);
    const ids = ['2025', '2026'].map((fiscalYear) =>
      itemIdOf({ type: 'invoice', number: 'A', part: '1', fiscalYear }, sha256),
    );
    const key = { companyId, accountId: 'acme' };
    const { items } = (await books.world.accounts.load(everything, key, ids)).account;
    expect(ids.map((id) => items.get(id)?.open)).toEqual([10_000, 3_000]);
  });
});

/** One open invoice of 100, as of another instant than six in the morning. */
const csvOf = (number: string): string =>
  `number,account,document_date,due_date,currency,open_amount\n${number},acme,2026-10-01,2026-10-31,EUR,100.00\n`;
