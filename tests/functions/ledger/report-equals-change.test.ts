/**
 * What a part reports is what the ledger changed, for every kind of item and every way a night moves it (I2): counts
 * and sums of a report are never an opinion of their own.
 */
import { expect, it } from 'vitest';
import type { DocumentRow } from '../../../shared/domain/feed-rows.ts';
import { itemKinds, type ItemKind } from '../../../shared/domain/item.ts';
import { netOf } from '../../../shared/domain/morning-check.ts';
import { money } from '../../support/account-examples.ts';
import { rowOf, snapshot } from '../../support/posting-examples.ts';
import { balanceOf, emptyBooks, post, putPart, type Books } from './post-part-support.ts';

const isCredit = (kind: ItemKind): boolean => kind === 'creditNote' || kind === 'paymentOnAccount';
const rowFor = (kind: ItemKind, size: number): DocumentRow => {
  const sign = isCredit(kind) ? -1 : 1;
  return rowOf('K', sign * size, { kind, original: money(sign * 10_000) });
};

/** One night after the other; each reports by how much the balance moved. */
const live = async (books: Books, nights: readonly (readonly DocumentRow[])[]): Promise<number[]> => {
  const moved: number[] = [];
  for (const [at, rows] of nights.entries()) {
    const before = await balanceOf(books, 'a1');
    const importId = `i${at + 1}`;
    await putPart(books, importId, 'p1', [{ ...snapshot(at + 1, rows), accountId: 'a1' }]);
    const { change, movements } = await post(books, importId, 'p1');
    const by = (await balanceOf(books, 'a1')) - before;
    const netted = movements?.['EUR'];
    expect([change['EUR'] ?? 0, netted === undefined ? 0 : netOf(netted)]).toEqual([by, by]);
    moved.push(by);
  }
  return moved;
};

it.each(itemKinds)('%s: posted, lowered, raised, gone and back again', async (kind) => {
  const other = rowOf('N', 7_000);
  const sizes = [10_000, 4_000, 12_000, undefined, 6_000];
  const nights = sizes.map((size) => (size === undefined ? [other] : [other, rowFor(kind, size)]));
  const sign = isCredit(kind) ? -1 : 1;
  const wanted = [10_000, -6_000, 8_000, -12_000, 6_000].map((by) => sign * by);
  wanted[0]! += 7_000;
  expect(await live(await emptyBooks(), nights)).toEqual(wanted);
});

it('an invoice and a credit that vanish together, and come back', async () => {
  const both = [rowOf('A', 10_000), rowFor('creditNote', 4_000)];
  expect(await live(await emptyBooks(), [both, [], both])).toEqual([6_000, -6_000, 6_000]);
});

it('an invoice and money on account that settle each other in part', async () => {
  const first = [rowOf('A', 10_000), rowFor('paymentOnAccount', 4_000)];
  expect(await live(await emptyBooks(), [first, [rowOf('A', 6_000)]])).toEqual([6_000, 0]);
});
