/**
 * A payment that is short is read before it becomes a deduction (R152); the first test that fits decides.
 * From: `shared/domain/short-payment.ts`, `discount.ts`, `euro-limits.ts`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { discountOn, sumToPay } from '../../shared/domain/discount.ts';
import { limitFactors, limitIn } from '../../shared/domain/euro-limits.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { percentOf } from '../../shared/domain/percent.ts';
import type { Reading, ShortPayment } from '../../shared/domain/short-payment-input.ts';
import { defaultShortPaymentPolicy, readShortPayment } from '../../shared/domain/short-payment.ts';
import { codeOf, decided } from './receipt-examples.ts';

const invoiceDay = dayFromText('2026-03-01');
const day = (number: number) => addDays(invoiceDay, number);

type Changes = Partial<Omit<ShortPayment, 'item'>> & { item?: Partial<ShortPayment['item']> };

/** Missing of open, in minor units; no discount, no tax, paid on day 30. */
const short = (open: number, missing: number, { item, ...changes }: Changes = {}): ShortPayment => ({
  item: { open: amountOf(open), currency: 'EUR', discountTiers: [], ...item },
  paid: amountOf(open - missing),
  paidOn: day(30),
  credits: [],
  withholdingRates: [],
  isCrossBorder: false,
  saidPartPayment: false,
  hasPlan: false,
  ...changes,
});

const read = (open: number, missing: number, changes: Changes = {}): Reading =>
  decided(readShortPayment(short(open, missing, changes)));

const twoTen = { discountTiers: [{ percentHundredths: 200, untilOn: day(10) }] };

describe('one payment per test, each its own result', () => {
  const readings: [string, Reading, object][] = [
    [
      'discount',
      read(100_000, 2_000, { item: twoTen, paidOn: day(9) }),
      { reads: 'discount-taken', discount: 2_000 },
    ],
    [
      'late discount',
      read(100_000, 2_000, { item: twoTen }),
      { reads: 'discount-late', code: 'DISC', deduction: 2_000 },
    ],
    [
      'tax',
      read(100_000, 10_000, { withholdingRates: [1_000] }),
      { reads: 'tax-withheld', code: 'WHT', certificateDays: 60 },
    ],
    [
      'retention',
      read(100_000, 5_000, { item: { retention: { amount: amountOf(5_000) } } }),
      { reads: 'retention-kept', retained: 5_000 },
    ],
    [
      'credit',
      read(100_000, 7_000, { credits: [{ id: 'cn-1', open: amountOf(-7_000) }] }),
      { reads: 'credit-taken', creditIds: ['cn-1'] },
    ],
    [
      'bank charge',
      read(100_000, 3_500, { isCrossBorder: true }),
      { reads: 'bank-charge', writtenOff: 3_500 },
    ],
    ['small difference', read(100_000, 500), { reads: 'small-difference', writtenOff: 500 }],
    [
      'claim',
      read(100_000, 4_000, { claimNumber: 'C-9' }),
      { reads: 'claimed-deduction', code: 'OTHER', claimNumber: 'C-9' },
    ],
    ['part payment', read(100_000, 20_000), { reads: 'part-payment', stays: 20_000 }],
    ['anything else', read(10_000, 500), { reads: 'unexplained-deduction', code: 'OTHER', deduction: 500 }],
  ];

  it.each(readings)('%s', (_, reading, expected) => {
    expect(reading).toMatchObject(expected);
  });

  it('and no two are the same', () => {
    expect(new Set(readings.map(([, { reads }]) => reads)).size).toBe(readings.length);
  });
});

describe('where two tests fit, the earlier one decides', () => {
  const credits = [{ id: 'cn-1', open: amountOf(-100) }];
  const retention = { amount: amountOf(100) };

  it.each([
    [
      'discount before tax',
      { item: { ...twoTen }, paidOn: day(9), withholdingRates: [100] },
      'discount-taken',
    ],
    ['tax before retention', { item: { retention }, withholdingRates: [100] }, 'tax-withheld'],
    ['retention before a credit', { item: { retention }, credits }, 'retention-kept'],
    ['a credit before a bank charge', { credits, isCrossBorder: true }, 'credit-taken'],
    ['a bank charge before a small difference', { isCrossBorder: true }, 'bank-charge'],
    ['a small difference before a claim', { claimNumber: 'C-9' }, 'small-difference'],
  ])('%s', (_, changes: Changes, reads) => {
    expect(read(10_000, 100, changes).reads).toBe(reads);
  });

  it('a claim before a part payment', () => {
    expect(read(10_000, 5_000, { claimNumber: 'C-9', hasPlan: true }).reads).toBe('claimed-deduction');
  });
});

describe('2 % within 10 days and 3 days of grace', () => {
  const paidOn = (number: number, missing = 2_000) =>
    read(100_000, missing, { item: twoTen, paidOn: day(number) }).reads;

  it('closes the invoice on day 12 and opens DISC on day 15', () => {
    expect([12, 13, 14, 15].map((number) => paidOn(number))).toEqual([
      'discount-taken',
      'discount-taken',
      'discount-late',
      'discount-late',
    ]);
  });

  it('allows two cents more, not three', () => {
    expect([paidOn(9, 2_002), paidOn(9, 2_003)]).toEqual(['discount-taken', 'unexplained-deduction']);
  });

  it('late but below 10 is tolerated', () => {
    const late = (open: number) => read(open, open / 50, { item: twoTen });
    expect(late(49_950)).toEqual({ reads: 'discount-tolerated', discount: 0, tolerated: 999 });
    expect(late(50_000).reads).toBe('discount-late');
  });

  it('the portal asks the net sum until day 10, without grace', () => {
    const item = { open: amountOf(100_000), ...twoTen };
    expect([0, 10, 11].map((number) => sumToPay(item, day(number)))).toEqual([98_000, 98_000, 100_000]);
  });

  it('a later tier still grants its own when the first is over', () => {
    const item = {
      discountTiers: [
        { percentHundredths: 300, untilOn: day(10) },
        { percentHundredths: 100, untilOn: day(30) },
      ],
    };
    expect(read(100_000, 3_000, { item, paidOn: day(20) })).toEqual({
      reads: 'discount-late',
      discount: 1_000,
      deduction: 2_000,
      code: 'DISC',
    });
    expect(discountOn({ open: amountOf(100_000), ...item }, day(5), 3)).toBe(3_000);
  });
});

describe('bounds', () => {
  it.each([
    ['tax half a point above the rate', read(100_000, 10_500, { withholdingRates: [1_000] }), 'tax-withheld'],
    [
      'tax more than half a point above',
      read(100_000, 10_501, { withholdingRates: [1_000] }),
      'unexplained-deduction',
    ],
    [
      'tax on the amount before sales tax',
      read(119_000, 15_000, { withholdingRates: [1_500], item: { tax: amountOf(19_000) } }),
      'tax-withheld',
    ],
    ['bank charge above 35', read(100_000, 3_501, { isCrossBorder: true }), 'unexplained-deduction'],
    ['bank charge above 10 %', read(20_000, 2_001, { isCrossBorder: true }), 'unexplained-deduction'],
    ['bank charge at home', read(100_000, 3_500), 'unexplained-deduction'],
    ['1.00 of 10.00', read(1_000, 100), 'small-difference'],
    ['1.00 of 9.99', read(999, 100), 'unexplained-deduction'],
    ['1.01 of 200.00', read(20_000, 101), 'unexplained-deduction'],
    ['5.00 of 1,000.00', read(100_000, 500), 'small-difference'],
    ['5.01 of 10,000.00', read(1_000_000, 501), 'unexplained-deduction'],
    [
      'a credit of another amount',
      read(100_000, 7_000, { credits: [{ id: 'c', open: amountOf(-7_001) }] }),
      'unexplained-deduction',
    ],
    ['just under a fifth', read(100_000, 19_999), 'unexplained-deduction'],
    ['part payment said', read(100_000, 6_000, { saidPartPayment: true }), 'part-payment'],
    ['payment plan', read(100_000, 6_000, { hasPlan: true }), 'part-payment'],
  ])('%s', (_, reading, reads) => {
    expect(reading.reads).toBe(reads);
  });

  it('95.00 on 100.00 that nothing explains is a deduction of 5.00, reviewed monthly; from 25 a clerk codes it', () => {
    expect(read(10_000, 500)).toEqual({
      reads: 'unexplained-deduction',
      deduction: 500,
      code: 'OTHER',
      handling: 'monthly-review',
    });
    const handling = [2_499, 2_500].map((missing) => read(100_000, missing));
    expect(handling).toMatchObject([{ handling: 'monthly-review' }, { handling: 'coded-by-clerk' }]);
  });

  it('a reason is mapped by the table of the company', () => {
    const policy = { ...defaultShortPaymentPolicy, codes: { DAMAGED: 'DAMAGE' } };
    const mapped = (reason: string) => decided(readShortPayment(short(10_000, 4_000, { reason }), policy));
    expect(mapped(' damaged ')).toEqual({ reads: 'claimed-deduction', deduction: 4_000, code: 'DAMAGE' });
    expect(mapped('because')).toMatchObject({ code: 'OTHER' });
  });

  it('what is not short, or of a currency without limits, is refused', () => {
    expect(codeOf(readShortPayment(short(10_000, 0)))).toBe('payment-not-short');
    expect(codeOf(readShortPayment(short(10_000, 10_000)))).toBe('payment-not-short');
    expect(codeOf(readShortPayment(short(10_000, 50, { item: { currency: 'CAD' } })))).toBe(
      'limits-lack-currency',
    );
  });
});

describe('limits in other currencies', () => {
  it.each([
    ['CHF', 3_500],
    ['SAR', 14_000],
    ['BRL', 17_500],
    ['SEK', 35_000],
    ['MXN', 70_000],
    ['INR', 350_000],
    ['JPY', 5_250],
    ['HUF', 1_400_000],
  ])('35 euros are %s %i in minor units', (currency, minor) => {
    expect(decided(limitIn(currency, 3_500))).toBe(minor);
  });

  it('eighteen currencies have a factor, names of objects have none', () => {
    expect(Object.keys(limitFactors)).toHaveLength(18);
    expect(codeOf(limitIn('constructor', 1))).toBe('limits-lack-currency');
  });

  it('a yen payment is read by yen limits', () => {
    const yen = { item: { currency: 'JPY' } };
    expect([read(200_000, 750, yen).reads, read(200_000, 751, yen).reads]).toEqual([
      'small-difference',
      'unexplained-deduction',
    ]);
  });
});

it('no unit is lost: the amounts of a reading are what was missing', () => {
  const amounts = [
    'discount',
    'deduction',
    'tolerated',
    'withheld',
    'retained',
    'proposed',
    'writtenOff',
    'stays',
  ];
  const tiers = fc.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 40 })), { maxLength: 3 });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300_000 }),
      fc.double({ min: 0, max: 0.3, noNaN: true }),
      tiers,
      fc.boolean(),
      (open, share, given, flag) => {
        const discountTiers = given.map(([percentHundredths, until]) => ({
          percentHundredths,
          untilOn: day(until),
        }));
        const first = discountTiers[0]?.percentHundredths ?? 0;
        const missing =
          flag && first > 0 ? percentOf(amountOf(open), first, 'halfAwayFromZero') : Math.ceil(open * share);
        if (missing <= 0 || missing >= open) return;
        const reading = read(open, missing, {
          item: { discountTiers },
          isCrossBorder: flag,
          paidOn: day(12),
        });
        const total = Object.entries(reading)
          .filter(([name]) => amounts.includes(name))
          .reduce((all, [, value]) => all + Number(value), 0);
        expect(total).toBe(missing);
      },
    ),
    { numRuns: 10_000 },
  );
});
