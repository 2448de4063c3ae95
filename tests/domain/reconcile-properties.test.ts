/**
 * Whatever was there before: after a snapshot the book is the file, to the cent; twice is once; a crash between any
 * two steps ends the same; what may not be closed stays.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newAccount, type Account } from '../../shared/domain/account.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { DocumentRow } from '../../shared/domain/feed-rows.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import type { ItemKind } from '../../shared/domain/item.ts';
import { noteProvisional } from '../../shared/domain/note-provisional.ts';
import { reconcileAccount } from '../../shared/domain/reconcile.ts';
import type { SnapshotWork } from '../../shared/domain/reconcile-frame.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { day, key, money } from '../support/account-examples.ts';
import {
  after,
  afterNews,
  deltaOf,
  factsIn,
  frameAt,
  morning,
  rowOf,
  snapshot,
} from '../support/posting-examples.ts';

const kinds: readonly ItemKind[] = ['invoice', 'invoice', 'deduction', 'creditNote', 'paymentOnAccount'];

/** Rows of few numbers, so that files meet each other; amounts from few values, so that they match by chance. */
const row: fc.Arbitrary<DocumentRow> = fc
  .record({
    number: fc.integer({ min: 0, max: 5 }),
    kind: fc.constantFrom(...kinds),
    size: fc.oneof(fc.constantFrom(1_000, 2_500, 5_000, 10_000), fc.integer({ min: 1, max: 15_000 })),
    due: fc.nat(40),
    names: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  })
  .map(({ number, kind, size, due, names, currency }) => {
    const sign = kind === 'creditNote' || kind === 'paymentOnAccount' ? -1 : 1;
    const full = { original: money(sign * Math.max(size, 10_000)), kind };
    return rowOf(`${currency}${number}`, sign * size, {
      ...full,
      currency,
      dueOn: addDays(day('2026-03-01'), due),
      ...(names === undefined || kind === 'invoice' || kind === 'paymentOnAccount'
        ? {}
        : { originalNumber: `${currency}${names}` }),
    });
  });

const idOf = (one: DocumentRow): string => idOfRow(one, sha256);
const file = fc.uniqueArray(row, { maxLength: 8, selector: idOf });
const files = fc.array(file, { minLength: 1, maxLength: 6 });

const booked = ({ items }: Account): Record<string, number> =>
  Object.fromEntries([...items.values()].filter(({ open }) => open !== 0).map(({ id, open }) => [id, open]));
const filed = (rows: readonly DocumentRow[]): Record<string, number> =>
  Object.fromEntries(rows.map((one) => [idOf(one), one.open]));
const through = (all: readonly (readonly DocumentRow[])[], from: Account = newAccount(key)): Account =>
  all.reduce((account, rows, index) => after(account, snapshot(index + 1, rows)), from);

it('the book is the last file, to the cent, whatever files came before (B1)', () => {
  fc.assert(
    fc.property(files, (all) => {
      const account = through(all);
      expect(booked(account)).toEqual(filed(all.at(-1)!));
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('also where money was noted and news came in between, and the provisional layer moves no book (B3)', () => {
  const noted = fc.array(fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 9_000 })), { maxLength: 3 });
  fc.assert(
    fc.property(files, file, noted, (all, news, receipts) => {
      let account = through(all.slice(0, 3));
      for (const [index, amount] of receipts) {
        const id = [...account.items.keys()][index];
        const note = {
          itemId: id ?? '',
          receiptId: `r${index}`,
          amount: money(amount),
          on: day('2026-03-12'),
        };
        const decision = noteProvisional(account, note);
        if (decision.ok && decision.value.length > 0) account = evolve(account, decision.value);
      }
      const before = morning(4).replace('05:', '04:');
      account = afterNews(
        account,
        news.map((one) => deltaOf(one, before)),
      );
      const last = snapshot(5, all.at(-1)!);
      expect(booked(after(account, last))).toEqual(filed(all.at(-1)!));
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('twice is once: nothing is left to do for the same file', () => {
  fc.assert(
    fc.property(files, (all) => {
      const account = through(all);
      const last = snapshot(all.length, all.at(-1)!);
      const again = reconcileAccount(account, last, frameAt('again', last.asOf));
      expect([again.steps, again.mark, again.refused]).toEqual([[], undefined, []]);
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('a crash after any step ends, decided again, with the same book and the same spans', () => {
  fc.assert(
    fc.property(files, file, fc.nat(20), (all, next, cut) => {
      const account = through(all);
      const work = snapshot(all.length + 1, next);
      const frame = frameAt('next', work.asOf);
      const { steps, mark } = reconcileAccount(account, work, frame);
      const kept = steps.slice(0, cut % (steps.length + 1)).flatMap(({ facts }) => [...facts]);
      const facts = [...(mark === undefined ? [] : [mark]), ...kept];
      const crashed = facts.length === 0 ? account : evolve(account, facts);
      const [broken, whole] = [after(crashed, work), after(account, work)];
      expect(booked(broken)).toEqual(booked(whole));
      const spans = (one: Account) =>
        [...one.items.values()].map(({ id, clearedBetween }) => [id, clearedBetween]);
      expect(spans(broken).toSorted()).toEqual(spans(whole).toSorted());
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('a credit gone between two files was used up between them, also where what it paid only went down', () => {
  const before = [rowOf('R1', 10_000), rowOf('C1', -4_000, { kind: 'creditNote' })];
  const account = after(newAccount(key), snapshot(1, before));
  const next = after(account, snapshot(2, [rowOf('R1', 6_000, { original: money(10_000) })]));
  const spans = [...next.items.values()].map(({ number, clearedBetween }) => [number, clearedBetween]);
  expect(spans).toEqual([
    ['R1', undefined],
    ['C1', { fromAt: morning(1), toAt: morning(2) }],
  ]);
});

it('an older file coming late, whole or in part, changes nothing', () => {
  fc.assert(
    fc.property(files, file, (all, late) => {
      const account = through(all, after(newAccount(key), snapshot(1, [])));
      const old: SnapshotWork = { ...snapshot(1, late), asOf: '2026-03-10T00:00:00Z' };
      expect(factsIn(reconcileAccount(account, old, frameAt('old', old.asOf)))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('what may not be closed stays as it was (B2)', () => {
  fc.assert(
    fc.property(file, file, fc.func(fc.boolean()), (first, second, isRefused) => {
      const account = through([first]);
      const withheld = first.map(idOf).filter((id) => isRefused(id));
      const left = second.filter((one) => !withheld.includes(idOf(one)));
      const next = after(account, snapshot(2, left, { withheld }));
      const kept = Object.entries(filed(first)).filter(([id]) => withheld.includes(id));
      expect(booked(next)).toEqual({ ...filed(left), ...Object.fromEntries(kept) });
      const none = after(account, snapshot(2, [], { withheld: 'all' }));
      expect(booked(none)).toEqual(filed(first));
    }),
    { numRuns: 1_000 },
  );
}, 120_000);

it('news in any order, doubled or not, comes to the newest of each item', () => {
  const news = fc.array(fc.tuple(row, fc.nat(9)), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(news, fc.infiniteStream(fc.nat()), (told, order) => {
      const rows = told.map(([one, hour], index) =>
        deltaOf(one, `2026-03-11T${String(hour).padStart(2, '0')}:00:${String(index).padStart(2, '0')}Z`),
      );
      const orders = rows
        .map((one) => ({ one, at: (order.next().value as number | undefined) ?? 0 }))
        .toSorted((a, b) => a.at - b.at);
      const shuffled = [...orders, ...orders].map(({ one }) => one);
      const oneByOne = shuffled.reduce((account, one) => afterNews(account, [one]), newAccount(key));
      const newest = new Map(
        rows
          .toSorted((a, b) => (a.news.changedAt < b.news.changedAt ? -1 : 1))
          .map((one) => [idOf(one), one.open]),
      );
      expect(booked(oneByOne)).toEqual(Object.fromEntries([...newest].filter(([, open]) => open !== 0)));
      expect(booked(afterNews(newAccount(key), rows))).toEqual(booked(oneByOne));
    }),
    { numRuns: 1_000 },
  );
}, 120_000);
