/**
 * The ladder of allocation, rung by rung: the first that fits, the payer's word first, else on account.
 * From: `shared/domain/allocation.ts`.
 */
import { describe, expect, it } from 'vitest';
import { defaultAllocationLimits, type AllocationInput } from '../../shared/domain/allocation-input.ts';
import { allocate } from '../../shared/domain/allocation.ts';
import { dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { account, item, line, notDue, payment } from './allocation-examples.ts';

/** Rung, then `number amount` of each line, then what stays on account. */
const read = (input: AllocationInput): [string, string[], number] => {
  const { rung, lines, onAccount } = allocate(input);
  return [rung, lines.map(({ itemId, amount }) => `${itemId.split(':')[2]} ${amount}`), onAccount];
};

const three = [item('1001', 500), item('1002', 300), item('1003', 300, notDue)];

describe('each rung in turn', () => {
  it('1: the lines of a checkout or a structured reference', () => {
    const reference = [{ itemId: 'item:invoice:1002', amount: amountOf(300) }];
    expect(read(payment(300, three, { reference, remittance: [line('1003', 300)] }))).toEqual([
      'reference',
      ['1002 300'],
      0,
    ]);
  });

  it('2: the lines of a remittance, numbers as the payer writes them', () => {
    const remittance = [line('inv 01001', 500), line('1003', 300)];
    expect(read(payment(800, three, { remittance }))).toEqual(['remittance', ['1001 500', '1003 300'], 0]);
  });

  it('3: numbers in the text whose amounts agree', () => {
    const input = payment(800, three, { text: 'Invoices 1001, 1003' });
    expect(read(input)).toEqual(['numbers-in-text', ['1001 500', '1003 300'], 0]);
  });

  it('4: the only item of exactly this amount', () => {
    expect(read(payment(500, three))).toEqual(['exact-amount', ['1001 500'], 0]);
  });

  it('5: exactly what is overdue', () => {
    expect(read(payment(800, three))).toEqual(['overdue-total', ['1001 500', '1002 300'], 0]);
  });

  it('5: what falls due on the value day is not overdue yet', () => {
    const dueToday = { dueOn: dayFromText('2026-03-10') };
    const items = [item('1001', 500, dueToday), item('1002', 300), item('1003', 500, notDue)];
    expect(read(payment(800, items))).toEqual(['on-account', [], 800]);
    expect(read(payment(300, items))).toEqual(['exact-amount', ['1002 300'], 0]);
  });

  it('5: exactly the total of the statement', () => {
    expect(read(payment(1100, three))[0]).toBe('statement-total');
  });

  it('6: the only combination', () => {
    const items = [item('1001', 510), item('1002', 320), item('1003', 333, notDue), item('1004', 50)];
    expect(read(payment(843, items))).toEqual(['only-combination', ['1001 510', '1003 333'], 0]);
  });

  it('7: on account, with proposals', () => {
    const allocation = allocate(payment(300, [...three, item('1004', 290)]));
    expect(allocation).toMatchObject({ rung: 'on-account', lines: [], onAccount: 300 });
    expect(allocation.proposals.map(({ because }) => because)).toEqual([
      'same-amount',
      'same-amount',
      'oldest-first',
    ]);
  });
});

describe("the payer's own word", () => {
  it('wins over an item of exactly the amount', () => {
    const input = payment(300, [item('1001', 500), item('1002', 300)], { text: 'for 1001' });
    expect(allocate(input)).toMatchObject({ rung: 'on-account', lines: [] });
    expect(allocate(input).proposals[0]).toEqual({
      because: 'named',
      items: [{ account, itemId: 'item:invoice:1001' }],
    });
  });

  it('of items we do not know keeps us from guessing', () => {
    expect(read(payment(500, three, { remittance: [line('9999', 500)] }))).toEqual(['on-account', [], 500]);
  });

  it('of more than was received is left to a person', () => {
    const remittance = [line('1001', 500), line('1002', 300)];
    expect(read(payment(700, three, { remittance }))).toEqual(['on-account', [], 700]);
  });

  it('for more than is open takes what is open, the rest stays on account', () => {
    expect(read(payment(600, three, { remittance: [line('1001', 600)] }))).toEqual([
      'remittance',
      ['1001 500'],
      100,
    ]);
  });

  it('in part unknown is followed for the known part only', () => {
    const remittance = [line('1001', 500), line('9999', 300)];
    expect(read(payment(800, three, { remittance }))).toEqual(['remittance', ['1001 500'], 300]);
  });

  it('for less with a reason carries the reason along', () => {
    const remittance = [line('1001', 500), { ...line('1001', -50), reason: 'damaged', claimNumber: 'C-7' }];
    expect(allocate(payment(450, three, { remittance })).lines).toEqual([
      { account, itemId: 'item:invoice:1001', amount: 450, reason: 'damaged', claimNumber: 'C-7' },
    ]);
  });

  it('takes a credit off an item of the same account, never of another', () => {
    const credit = item('CN-200', -100, { id: 'item:creditNote:CN-200' });
    const remittance = [line('1001', 500), line('CN-200', -100)];
    expect(allocate(payment(400, [...three, credit], { remittance }))).toMatchObject({
      lines: [{ itemId: 'item:invoice:1001', amount: 400 }],
      offsets: [{ creditId: 'item:creditNote:CN-200', itemId: 'item:invoice:1001', amount: 100 }],
      onAccount: 0,
    });
    const elsewhere = { ...credit, account: { companyId: 'north', accountId: 'other' } };
    expect(read(payment(400, [...three, elsewhere], { remittance }))).toEqual(['on-account', [], 400]);
  });

  it('with a number that stands in two years means the one of that amount, else none', () => {
    const years = [item('1001', 500, { id: 'a::1001' }), item('1001', 700, { id: 'b::1001' })];
    const asked = (amount: number) =>
      allocate(payment(amount, years, { remittance: [line('1001', amount)] })).lines.map(
        ({ itemId }) => itemId,
      );
    expect([asked(700), asked(600)]).toEqual([['b::1001'], []]);
  });
});

describe('numbers in the text agree', () => {
  it('when some of the named items make the amount in one way only', () => {
    const input = payment(500, three, { text: 'customer 1002 pays 1001' });
    expect(read(input)).toEqual(['numbers-in-text', ['1001 500'], 0]);
  });

  it('net of the discount that is still granted on the value day', () => {
    const tiers = (untilOn: string) => ({
      discountTiers: [{ percentHundredths: 200, untilOn: dayFromText(untilOn) }],
    });
    const paid = (untilOn: string) =>
      read(payment(1480, [item('1001', 1000, tiers(untilOn)), item('1002', 500)], { text: '1001 1002' }));
    expect(paid('2026-03-07')).toEqual(['numbers-in-text', ['1001 980', '1002 500'], 0]);
    expect(paid('2026-03-06')).toEqual(['on-account', [], 1480]);
  });

  it('when the one named item is paid less than a fifth short', () => {
    expect(read(payment(9500, [item('1001', 10_000)], { text: 'inv 1001' }))).toEqual([
      'numbers-in-text',
      ['1001 9500'],
      0,
    ]);
    expect(read(payment(8000, [item('1001', 10_000)], { text: 'inv 1001' }))[0]).toBe('on-account');
  });
});

describe('guesses that are not made', () => {
  it.each([
    [
      'two items of the same amount',
      300,
      [item('a1', 300), item('a2', 300, notDue), item('a3', 7, notDue)],
      'overdue-total',
    ],
    [
      'two combinations',
      500,
      [item('a1', 200), item('a2', 300), item('a3', 300, notDue), item('a4', 5)],
      'on-account',
    ],
    ['an item of another currency', 500, [item('a1', 500, { currency: 'USD' })], 'on-account'],
    [
      'a combination of nine items',
      9,
      [...Array(9).keys()].map((n) => item(`a${n}`, 1)).concat(item('b', 8, notDue)),
      'overdue-total',
    ],
  ])('%s', (_, amount, items, rung) => {
    expect(read(payment(amount, items))[0]).toBe(rung);
  });

  it('a combination whose search ran out of steps', () => {
    const items = [item('1', 510), item('2', 320), item('3', 333, notDue), item('4', 50)];
    const limits = { ...defaultAllocationLimits, searchSteps: 2 };
    expect(read(payment(843, items, { limits }))).toEqual(['on-account', [], 843]);
  });

  it('a combination of more items than allowed', () => {
    const items = [1, 2, 4, 8, 16, 32, 64, 128, 256]
      .map((open, n) => item(`b${n}`, open))
      .concat(item('c', 600));
    expect(read(payment(255, items))[0]).toBe('only-combination');
    const limits = { ...defaultAllocationLimits, combinationItems: 7 };
    expect(read(payment(255, items, { limits }))[0]).toBe('on-account');
  });
});

describe('oldest first', () => {
  const items = [item('1001', 500, { isDisputed: true }), item('1002', 300), item('1003', 300, notDue)];

  it('is only for accounts set so, and leaves out what is disputed', () => {
    expect(read(payment(450, items))[0]).toBe('on-account');
    const input = payment(450, items, { isOldestFirst: true });
    expect(read(input)).toEqual(['oldest-first', ['1002 300', '1003 150'], 0]);
  });

  it('leaves the rest on account', () => {
    expect(read(payment(950, items, { isOldestFirst: true }))).toEqual([
      'oldest-first',
      ['1002 300', '1003 300'],
      350,
    ]);
  });
});

it('nothing to allocate is a mistake of the caller', () => {
  expect(() => allocate(payment(0, three))).toThrow(RangeError);
});
