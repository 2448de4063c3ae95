/**
 * Receipts: every unit is in one place after every fact, each account's part is there once, and money of one
 * currency settles another only by a stored rate. From: `shared/domain/receipt.ts` and its decisions.
 */
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import type { ExchangeRate } from '../../shared/domain/exchange.ts';
import { identifyReceipt } from '../../shared/domain/identify-receipt.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { postPortion, reversePortion } from '../../shared/domain/post-portion.ts';
import { unaccountedFor } from '../../shared/domain/receipt.ts';
import { evolveAll, evolveReceipt, receiveMoney } from '../../shared/domain/evolve-receipt.ts';
import type { MoneyReturn, Receipt } from '../../shared/domain/receipt.ts';
import { releasePortion } from '../../shared/domain/release-portion.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { returnMoney } from '../../shared/domain/return-money.ts';
import { branch, codeOf, decided, part, wireOf } from './receipt-examples.ts';

const reserved = (receipt: Receipt, ...parts: ReturnType<typeof part>[]): Receipt =>
  evolveAll(receipt, decided(reservePortions(receipt, 'r1', parts, 500, sha256)));

const posting = { paymentId: 'payment:wire-1', uses: [] };
const firstPortion = (receipt: Receipt): string => receipt.portions[0]?.id ?? 'none';

describe('one wire of 14 branches', () => {
  const parts = Array.from({ length: 14 }, (_, index) =>
    part(index + 1, `item:invoice:${index}`, 100 + index),
  );
  const wire = wireOf(1500);
  const facts = decided(reservePortions(wire, 'r1', parts, 500, sha256));

  it('gives each branch its part once, under an id of its own', () => {
    expect(facts).toHaveLength(14);
    const receipt = evolveAll(wire, facts);
    expect(new Set(receipt.portions.map(({ id }) => id)).size).toBe(14);
    expect(receipt.portions.map(({ account }) => account)).toEqual(parts.map(({ account }) => account));
    expect(receipt.free).toBe(1500 - (14 * 100 + 91));
  });

  it('sums to the wire after every single fact', () => {
    let receipt = wire;
    for (const fact of facts) {
      receipt = evolveReceipt(receipt, fact);
      expect(unaccountedFor(receipt)).toBe(0);
    }
    for (const { id } of receipt.portions) {
      receipt = evolveAll(receipt, decided(postPortion(receipt, id, posting)));
      expect(unaccountedFor(receipt)).toBe(0);
    }
    expect(receipt.portions.every(({ state }) => state === 'posted')).toBe(true);
  });

  it('changes nothing when the reservation comes again, and refuses it with other parts', () => {
    const receipt = evolveAll(wire, facts);
    expect(decided(reservePortions(receipt, 'r1', parts.toReversed(), 500, sha256))).toEqual([]);
    expect(codeOf(reservePortions(receipt, 'r1', parts.slice(1), 500, sha256))).toBe('reservation-differs');
    const [first, ...others] = parts;
    const smaller = [{ ...first!, amount: amountOf(first!.amount - 1) }, ...others];
    expect(codeOf(reservePortions(receipt, 'r1', smaller, 500, sha256))).toBe('reservation-differs');
    expect(codeOf(reservePortions(receipt, 'r2', parts, 500, sha256))).toBe('portions-exceed-receipt');
  });
});

describe('a reservation is made whole or not at all', () => {
  it.each([
    ['more than the receipt', [part(1, 'a', 60), part(2, 'b', 41)], 'portions-exceed-receipt'],
    ['the same item of an account twice', [part(1, 'a', 10), part(1, 'a', 20)], 'portion-twice'],
    ['nothing', [part(1, 'a', 0)], 'portion-not-positive'],
    ['less than nothing', [part(1, 'a', -5)], 'portion-not-positive'],
  ])('%s is refused', (_, parts, code) => {
    expect(codeOf(reservePortions(wireOf(100), 'r1', parts, 500, sha256))).toBe(code);
  });

  it('a receipt over nothing is none', () => {
    expect(codeOf(receiveMoney({ ...wireOf(1), amount: amountOf(0) }))).toBe('receipt-amount-not-positive');
  });

  it('a fact that takes more than is free throws', () => {
    const [fact] = decided(reservePortions(wireOf(100), 'r1', [part(1, 'a', 80)], 500, sha256));
    const almostEmpty = reserved(wireOf(100), part(2, 'b', 90));
    expect(() => evolveReceipt(almostEmpty, fact!)).toThrow(RangeError);
  });
});

describe('a portion', () => {
  const receipt = reserved(wireOf(100), part(1, 'a', 60));
  const id = firstPortion(receipt);
  const posted = evolveAll(receipt, decided(postPortion(receipt, id, posting)));

  it('is posted once, however often the account says so', () => {
    expect(decided(postPortion(posted, id, posting))).toEqual([]);
    expect(codeOf(postPortion(posted, 'other', posting))).toBe('portion-unknown');
  });

  it('goes back to the free money when the account has refused it', () => {
    const released = evolveAll(
      receipt,
      decided(releasePortion(receipt, id, { portionId: id, code: 'paid' })),
    );
    expect(released.free).toBe(100);
    expect(decided(releasePortion(released, id, { portionId: id, code: 'paid' }))).toEqual([]);
    expect(codeOf(postPortion(released, id, posting))).toBe('portion-gone');
  });

  it('is not released once posted, nor by the refusal of another portion', () => {
    expect(codeOf(releasePortion(posted, id, { portionId: id, code: 'paid' }))).toBe('portion-posted');
    expect(codeOf(releasePortion(receipt, id, { portionId: 'x', code: 'paid' }))).toBe('refusal-of-another');
  });

  it('is free again after the account reversed it, and only then', () => {
    const reversal = { entryId: 'entry:12', because: 'misapplied' };
    expect(codeOf(reversePortion(receipt, id, reversal))).toBe('portion-not-posted');
    const reversed = evolveAll(posted, decided(reversePortion(posted, id, reversal)));
    expect([reversed.free, unaccountedFor(reversed)]).toEqual([100, 0]);
    expect(decided(reversePortion(reversed, id, reversal))).toEqual([]);
  });
});

describe('unidentified money', () => {
  const unknown = wireOf(100);
  delete unknown.payer;

  it('waits on its own side until somebody says who paid', () => {
    const [fact] = decided(identifyReceipt(unknown, branch(4)));
    expect(fact).toMatchObject({ debit: 'unidentified', credit: 'unassigned', amount: 100 });
    expect(evolveReceipt(unknown, fact!).payer).toEqual(branch(4));
  });

  it('is identified once: the same again is nothing, another is refused', () => {
    expect(decided(identifyReceipt(wireOf(100), branch(1)))).toEqual([]);
    expect(codeOf(identifyReceipt(wireOf(100), branch(2)))).toBe('receipt-identified-otherwise');
  });
});

describe('money that goes back', () => {
  const back = (id: string, kind: MoneyReturn['kind'], amount: number): MoneyReturn => ({
    id,
    kind,
    amount: amountOf(amount),
    on: dayFromText('2026-03-20'),
  });

  it('never exceeds what was captured, in whatever order refunds and chargebacks come', () => {
    const refund = back('re-1', 'refund', 60);
    const chargeback = back('cb-1', 'chargeback', 60);
    for (const [first, second] of [[refund, chargeback] as const, [chargeback, refund] as const]) {
      const receipt = evolveAll(wireOf(100), decided(returnMoney(wireOf(100), first)));
      expect(codeOf(returnMoney(receipt, second))).toBe('return-exceeds-receipt');
      expect(decided(returnMoney(receipt, first))).toEqual([]);
      expect(codeOf(returnMoney(receipt, { ...first, amount: amountOf(1) }))).toBe('return-differs');
    }
  });

  it('is taken out of its portions first', () => {
    const receipt = reserved(wireOf(100), part(1, 'a', 60));
    expect(codeOf(returnMoney(receipt, back('cb-1', 'chargeback', 50)))).toBe('return-still-applied');
    expect(codeOf(returnMoney(receipt, back('cb-1', 'chargeback', 0)))).toBe('return-not-positive');
    const after = evolveAll(receipt, decided(returnMoney(receipt, back('cb-1', 'chargeback', 40))));
    expect([after.free, unaccountedFor(after)]).toEqual([0, 0]);
  });
});

describe('an item of another currency', () => {
  const rate: ExchangeRate = {
    id: 'rate-1',
    from: 'EUR',
    to: 'USD',
    on: dayFromText('2026-03-10'),
    fromMinor: amountOf(10_000),
    toMinor: amountOf(10_900),
  };
  const want = (settles: number, given?: ExchangeRate) => ({
    ...part(1, 'usd', 10_000),
    currency: 'USD',
    exchange: { settles: amountOf(settles), ...(given ? { rate: given } : {}) },
  });

  it('is settled by the stored rate, with gain or loss named', () => {
    const gains = [10_900, 11_000, 10_850].map((settles) => {
      const [fact] = decided(reservePortions(wireOf(10_000), 'r1', [want(settles, rate)], 500, sha256));
      return fact?.kind === 'portionReserved' ? fact.portion.exchange?.gain : undefined;
    });
    expect(gains).toEqual([0, -100, 50]);
  });

  it.each([
    ['without a rate', want(10_900), 'exchange-rate-missing'],
    ['without saying what it settles', { ...part(1, 'usd', 100), currency: 'USD' }, 'exchange-rate-missing'],
    [
      'with the rate of a day too long before',
      want(10_900, { ...rate, on: dayFromText('2026-03-02') }),
      'exchange-rate-not-fitting',
    ],
    [
      'with the rate of a later day',
      want(10_900, { ...rate, on: dayFromText('2026-03-11') }),
      'exchange-rate-not-fitting',
    ],
    ['with the rate of another pair', want(10_900, { ...rate, to: 'GBP' }), 'exchange-rate-not-fitting'],
    ['far off the rate', want(20_000, rate), 'exchange-too-far'],
    [
      'by a rate within one currency',
      { ...want(10_000, rate), currency: 'EUR' },
      'exchange-rate-not-fitting',
    ],
  ])('%s it is refused', (_, wanted, code) => {
    expect(codeOf(reservePortions(wireOf(10_000), 'r1', [wanted], 500, sha256))).toBe(code);
  });
});
