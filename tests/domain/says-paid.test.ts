/**
 * The hold while a customer says to have paid: once, of few items or of all, on its days.
 */
import { describe, expect, it } from 'vitest';
import { newAccount, type Account, type Hold } from '../../shared/domain/account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import { holdOf, holdSaysPaid, liftSaysPaid, mostNamingHolds } from '../../shared/domain/says-paid.ts';
import { day } from '../support/account-examples.ts';

const empty = newAccount({ companyId: 'c1', accountId: 'a1' });
const on = day('2026-03-10');
const advice = (id: string, heldUntil = '2026-03-17') => ({ id, heldUntil: day(heldUntil) });
const held = (account: Account, id: string, items: string[]): Account =>
  evolve(account, holdSaysPaid(account, advice(id), items, on));

describe('a hold for what a customer says to have paid', () => {
  it('is placed once, whatever the order of its items', () => {
    const account = held(empty, 'x', ['i2', 'i1']);
    expect(account.head.holds).toMatchObject([{ itemIds: ['i1', 'i2'] }]);
    expect(holdSaysPaid(account, advice('x'), ['i1', 'i2'], day('2026-03-12'))).toEqual([]);
  });

  it('gives way to one of other items, and to none where nothing is open any more', () => {
    const account = held(held(empty, 'x', ['i1']), 'x', ['i2']);
    expect(account.head.holds).toMatchObject([{ itemIds: ['i2'] }]);
    expect(held(account, 'x', []).head.holds).toEqual([]);
    expect(holdSaysPaid(empty, advice('x'), [], on)).toEqual([]);
  });

  it('holds all of the account where it would name too many items, or too many holds name some', () => {
    const many = Array.from({ length: 31 }, (_, n) => `i${n}`);
    expect(held(empty, 'x', many).head.holds[0]?.itemIds).toBeUndefined();
    const ids = Array.from({ length: mostNamingHolds + 1 }, (_, n) => `advice-${n}`);
    const crowded = ids.reduce((account, id) => held(account, id, ['i1']), empty);
    expect(crowded.head.holds.map(({ itemIds }) => itemIds === undefined)).toEqual([
      ...ids.slice(1).map(() => false),
      true,
    ]);
    expect(held(crowded, ids.at(-1)!, ['i1']).head.holds).toEqual(crowded.head.holds);
  });

  it('is lifted once', () => {
    const account = held(empty, 'x', ['i1']);
    const lifted = evolve(account, liftSaysPaid(account, { id: 'x' }, on));
    expect([lifted.head.holds, liftSaysPaid(lifted, { id: 'x' }, on)]).toEqual([[], []]);
  });
});

describe('whether an item is held', () => {
  const hold = (more: Partial<Hold>): Hold => ({ id: 'h', code: 'says-paid', placedOn: on, ...more });
  it.each([
    ['on the last day', hold({ untilOn: on, itemIds: ['i1'] }), 'i1', true],
    ['on the day after it', hold({ untilOn: day('2026-03-09'), itemIds: ['i1'] }), 'i1', false],
    ['another item', hold({ untilOn: on, itemIds: ['i1'] }), 'i2', false],
    ['any item of a held account', hold({}), 'i2', true],
  ])('%s', (_, one, itemId, isHeld) => expect(holdOf([one], itemId, on) !== undefined).toBe(isHeld));
});
