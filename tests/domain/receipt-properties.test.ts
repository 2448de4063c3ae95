/**
 * Receipts under any order of commands: no unit is lost, none is there twice, nothing over-applied.
 * From: `shared/domain/receipt.ts` and its decisions, random commands. A side's balance is taken from the facts alone.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { identifyReceipt } from '../../shared/domain/identify-receipt.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { postPortion, reversePortion } from '../../shared/domain/post-portion.ts';
import { heldByPortions, returnedOf, unaccountedFor } from '../../shared/domain/receipt.ts';
import { evolveReceipt } from '../../shared/domain/evolve-receipt.ts';
import type { Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import { releasePortion } from '../../shared/domain/release-portion.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { returnMoney } from '../../shared/domain/return-money.ts';
import { branch, part, sidesAfter, wireOf } from './receipt-examples.ts';

const small = fc.integer({ min: -5, max: 400 });
const which = fc.nat({ max: 3 });
const command = fc.oneof(
  fc.record({
    do: fc.constant('reserve' as const),
    id: fc.constantFrom('r1', 'r2', 'r3'),
    parts: fc.array(fc.tuple(which, fc.option(fc.constantFrom('a', 'b'), { nil: undefined }), small), {
      maxLength: 4,
    }),
  }),
  fc.record({ do: fc.constantFrom('post' as const, 'release' as const, 'reverse' as const), portion: which }),
  fc.record({ do: fc.constant('return' as const), id: fc.constantFrom('x', 'y', 'z'), amount: small }),
  fc.record({ do: fc.constant('identify' as const), account: which }),
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

const decide = (receipt: Receipt, order: Command): Outcome<readonly ReceiptFact[]> => {
  switch (order.do) {
    case 'reserve':
      return reservePortions(
        receipt,
        order.id,
        order.parts.map((one) => part(...one)),
        500,
        sha256,
      );
    case 'return': {
      const amount = amountOf(order.amount);
      return returnMoney(receipt, { id: order.id, kind: 'refund', amount, on: dayFromText('2026-04-01') });
    }
    case 'identify':
      return identifyReceipt(receipt, branch(order.account));
    default: {
      const id = receipt.portions[order.portion]?.id ?? 'none';
      if (order.do === 'post') return postPortion(receipt, id, { paymentId: 'p', uses: [] });
      if (order.do === 'release') return releasePortion(receipt, id, { portionId: id, code: 'item-closed' });
      return reversePortion(receipt, id, { entryId: 'entry:2', because: 'misapplied' });
    }
  }
};

it('after every fact of any commands the parts sum to the receipt and no side is below nothing', () => {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(fc.boolean(), fc.array(command, { minLength: 1, maxLength: 25 }), (isKnown, orders) => {
      const first = wireOf(1000);
      if (!isKnown) delete first.payer;
      let receipt = first;
      const facts: ReceiptFact[] = [];
      for (const order of orders) {
        const outcome = decide(receipt, order);
        if (!outcome.ok) continue;
        for (const fact of outcome.value) {
          counts.set(fact.kind, (counts.get(fact.kind) ?? 0) + 1);
          receipt = evolveReceipt(receipt, fact);
          facts.push(fact);
          expect(unaccountedFor(receipt)).toBe(0);
          expect(receipt.free).toBeGreaterThanOrEqual(0);
        }
        expect(decide(receipt, order)).toMatchObject({ ok: true, value: [] });
      }
      const sides = sidesAfter(first, facts);
      expect(sides.unidentified + sides.unassigned).toBe(receipt.free);
      expect(sides[receipt.payer ? 'unidentified' : 'unassigned']).toBe(0);
      expect(sides.reserved + sides.account).toBe(heldByPortions(receipt));
      expect(sides.bank).toBe(returnedOf(receipt) - receipt.amount);
      expect(Math.min(sides.reserved, sides.account)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 1000, seed: 11 },
  );
  expect([...counts.keys()].toSorted()).toEqual([
    'moneyReturned',
    'portionPosted',
    'portionReleased',
    'portionReserved',
    'portionReversed',
    'receiptIdentified',
  ]);
});
