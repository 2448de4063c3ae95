/**
 * Aging: every part of every item in exactly one place, and all places together what is open (M15).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAgings, agingOf, type AgingChoice, type CurrencyAging } from '../../shared/domain/aging.ts';
import { agingSchemes, bucketFinder, type AgingScheme } from '../../shared/domain/aging-schemes.ts';
import { addDays, daysBetween } from '../../shared/domain/calendar.ts';
import { partsOf, type ItemStates } from '../../shared/domain/item-parts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { amountOf, sum } from '../../shared/domain/money.ts';
import { anyItem, anyStates, itemWith, today } from './item-examples.ts';

const nothing = () => undefined;
const standard: AgingChoice = { asOf: today, scheme: 'standard', basis: 'dueDay' };

/** The aging of euro items, which must be there. */
const euros = (items: Item[], choice: AgingChoice = standard, states?: ItemStates): CurrencyAging => {
  const aging = agingOf(items, choice, () => states).get('EUR');
  if (!aging) throw new Error('no euro was aged');
  return aging;
};

/** Buckets and columns that are not empty. */
const filled = ({ receivables: { buckets, columns } }: CurrencyAging) =>
  Object.fromEntries(Object.entries({ ...buckets, ...columns }).filter(([, amount]) => amount !== 0));

const dueAgo = (days: number): Item => itemWith({ dueOn: addDays(today, -days) });
const nameOf = (scheme: AgingScheme, days: number): string =>
  agingSchemes[scheme][bucketFinder(scheme, today)(addDays(today, -days))]?.name ?? 'none';

describe('an item lies in the bucket of its days overdue', () => {
  it.each([
    ['notDue', [-400, -1, 0]],
    ['1-30', [1, 30]],
    ['31-60', [31, 60]],
    ['61-90', [61, 90]],
    ['91+', [91, 5_000]],
  ])('standard %s', (name, days) => {
    expect(days.map((overdue) => nameOf('standard', overdue))).toEqual(days.map(() => name));
  });

  it.each([
    ['notDue', [-400, 0]],
    ['1-7', [1, 7]],
    ['8-15', [8, 15]],
    ['16-30', [16, 30]],
    ['31-60', [31, 60]],
    ['61-90', [61, 90]],
    ['91-120', [91, 120]],
    ['121-180', [121, 180]],
    ['181-360', [181, 360]],
    ['361+', [361, 5_000]],
  ])('fine %s', (name, days) => {
    expect(days.map((overdue) => nameOf('fine', overdue))).toEqual(days.map(() => name));
  });

  it.each([
    ['overdue', [5_000, 1]],
    ['dueIn0-7', [0, -7]],
    ['dueIn8-14', [-8, -14]],
    ['dueIn15-30', [-15, -30]],
    ['dueIn31-60', [-31, -60]],
    ['dueIn61+', [-61, -5_000]],
  ])('ahead %s', (name, days) => {
    expect(days.map((overdue) => nameOf('ahead', overdue))).toEqual(days.map(() => name));
  });
});

describe('beside the buckets', () => {
  it('credits, retention, drafts and insolvent debtors have columns, and all together are AR', () => {
    const aging = euros([
      ...[dueAgo(0), dueAgo(45), dueAgo(200)],
      itemWith({ kind: 'creditNote', open: amountOf(-300) }),
      itemWith({ kind: 'paymentOnAccount', open: amountOf(-50) }),
      itemWith({ kind: 'draft', dueOn: addDays(today, 20) }),
      itemWith({ retention: { amount: amountOf(400) }, dueOn: addDays(today, -10) }),
    ]);
    expect(filled(aging)).toEqual({
      ...{ notDue: 10_000, '1-30': 9_600, '31-60': 10_000, '91+': 10_000 },
      ...{ credits: -350, retention: 400, drafts: 10_000 },
    });
    expect(aging.receivables.total).toBe(49_650);
    expect(filled(euros([dueAgo(45)], standard, { isDebtorInsolvent: true }))).toEqual({ insolvent: 10_000 });
  });

  it('an invoice below zero is a credit', () => {
    expect(filled(euros([itemWith({ open: amountOf(-300) }), dueAgo(45)]))).toEqual({
      ...{ '31-60': 10_000, credits: -300 },
    });
  });

  it('a deduction is aged by its due day and counted once more', () => {
    const { receivables } = euros([itemWith({ kind: 'deduction' }), dueAgo(40)]);
    expect(receivables.buckets['31-60']).toBe(20_000);
    expect(receivables.ofWhichDeductions).toBe(10_000);
    expect(receivables.total).toBe(20_000);
  });

  it('a disputed part stays in its bucket, or stands apart when asked', () => {
    const disputed = { disputed: amountOf(3_000) };
    expect(filled(euros([dueAgo(45)], standard, disputed))).toEqual({ '31-60': 10_000 });
    expect(filled(euros([dueAgo(45)], { ...standard, disputedApart: true }, disputed))).toEqual({
      ...{ '31-60': 7_000, disputed: 3_000 },
    });
  });

  it('intercompany items are aged alone, memo items not at all; both are in what is open', () => {
    const aging = euros([
      ...[dueAgo(45), itemWith({ isIntercompany: true }), itemWith({ kind: 'downPaymentRequest' })],
      itemWith({ isIntercompany: true, kind: 'creditNote', open: amountOf(-100) }),
    ]);
    expect(aging.receivables.total).toBe(10_000);
    expect(aging.intercompany).toMatchObject({ total: 9_900, buckets: { '31-60': 10_000 } });
    expect(aging.intercompany.columns.credits).toBe(-100);
    expect(aging).toMatchObject({ outside: 10_000, open: 29_900 });
  });

  it('by document day, an item is as old as its document', () => {
    const choice: AgingChoice = { asOf: today, scheme: 'standard', basis: 'documentDay' };
    expect(filled(euros([dueAgo(45)], choice))).toEqual({ '61-90': 10_000 });
  });
});

describe('currencies', () => {
  it('are aged apart, however they are mixed', () => {
    const items = [
      dueAgo(5),
      { ...dueAgo(5), currency: 'JPY' },
      dueAgo(5),
      { ...dueAgo(5), currency: 'JPY' },
    ];
    const aging = agingOf(items, standard, nothing);
    expect([...aging].map(([code, { currency, open }]) => [code, currency, open])).toEqual([
      ['EUR', 'EUR', 20_000],
      ['JPY', 'JPY', 20_000],
    ]);
  });

  it('are never added, nor are two schemes', () => {
    const yen = agingOf([{ ...dueAgo(5), currency: 'JPY' }], standard, nothing).get('JPY')!;
    const fine = euros([dueAgo(5)], { ...standard, scheme: 'fine' });
    expect(addAgings(euros([dueAgo(5)]), yen)).toMatchObject({ ok: false, code: 'currencies-differ' });
    expect(addAgings(euros([dueAgo(5)]), fine)).toMatchObject({ ok: false, code: 'aging-schemes-differ' });
  });
});

it('a sum beyond the safe integers is refused, not rounded', () => {
  const huge = itemWith({ open: amountOf(Number.MAX_SAFE_INTEGER) });
  expect(() => agingOf([huge, huge], standard, nothing)).toThrow(RangeError);
});

const choices = fc.constantFrom<AgingChoice>(
  standard,
  { asOf: today, scheme: 'fine', basis: 'documentDay' },
  { asOf: today, scheme: 'ahead', basis: 'dueDay', disputedApart: true },
);
/** Some items have facts, most have none. */
const ledgers = fc.array(fc.record({ item: anyItem, states: fc.option(anyStates, { freq: 3 }) }), {
  maxLength: 40,
});

describe('any ledger', () => {
  it('has all it holds open, per currency, in buckets and columns (M15)', () => {
    fc.assert(
      fc.property(ledgers, choices, (ledger, choice) => {
        const statesOf = new Map(ledger.map(({ item, states }) => [item, states ?? undefined]));
        const items = ledger.map(({ item }) => item);
        const aging = agingOf(items, choice, (item) => statesOf.get(item));
        for (const [code, { receivables, intercompany, outside, open }] of aging) {
          const owed = items.filter(({ currency }) => currency === code).map(({ open }) => open);
          const placed = [receivables, intercompany].flatMap(({ buckets, columns }) => [
            ...Object.values(buckets),
            ...Object.values(columns),
          ]);
          expect(sum(...placed, outside)).toBe(sum(...owed));
          expect(open).toBe(sum(...owed));
        }
        expect(new Set(aging.keys())).toEqual(new Set(items.map(({ currency }) => currency)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has each bucket equal to a count of days, part by part', () => {
    const limits: [string, number][] = [
      ...([
        ['notDue', 0],
        ['1-30', 30],
        ['31-60', 60],
        ['61-90', 90],
      ] satisfies [string, number][]),
      ['91+', Infinity],
    ];
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 20 }), (items) => {
        for (const [code, { receivables }] of agingOf(items, standard, nothing)) {
          const parts = items
            .filter(({ currency }) => currency === code)
            .flatMap((i) => partsOf(i, {}, today));
          const aged = parts.filter(({ treatment }) => treatment.column === 'buckets');
          const bucket = (dueOn: Item['dueOn']) =>
            limits.find(([, last]) => daysBetween(dueOn, today) <= last)?.[0];
          for (const [name] of limits)
            expect(receivables.buckets[name]).toBe(
              sum(...aged.filter(({ dueOn }) => bucket(dueOn) === name).map(({ amount }) => amount)),
            );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('in two halves, added, is the same as whole', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 20 }), fc.nat(20), (items, cut) => {
        const inEuros = items.map((item) => ({ ...item, currency: 'EUR' }));
        const halves = [inEuros.slice(0, cut), inEuros.slice(cut)].filter((half) => half.length > 0);
        const [first, second] = halves.map((half) => euros(half));
        if (!first || !second) return;
        expect(addAgings(first, second)).toEqual({ ok: true, value: euros(inEuros) });
      }),
      { numRuns: 1_000 },
    );
  });
});
