/**
 * The guards of `defaults.md` §2.4 at their limits, and what a scope leaves alone: from the uploaded file to the book.
 */
import { describe, expect, it } from 'vitest';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { everything } from '../../support/test-edge.ts';
import { bookOf, companyId, feedOf } from './snapshot-world.ts';
import { day, open, uploadWorld, type Cells, type Uploads } from './upload-world.ts';

const acme = ({ world }: Uploads) => bookOf(world, 'acme');
const items = (count: number, amount = 10): Cells[] =>
  Array.from({ length: count }, (_, at) => open(`n${at}`, amount, { account: `acc-${at % 7}` }));
const unreadable = (count: number): Cells[] =>
  Array.from({ length: count }, (_, at) => open(`bad${at}`, 0, { account: 'zz', open_amount: '1.2.3' }));
const refused = (code: string) => ({ state: 'refused', because: { code } });
const held = (code: string) => ({ state: 'held', because: { code } });

describe('asOf, rows and sums', () => {
  it.each([
    ['the same instant', day(10)],
    ['an earlier one', day(9)],
    ['the same instant in another notation', '2026-11-10T07:00:00+01:00'],
  ])('%s with other content is refused as older, and nothing is posted', async (_name, asOf) => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    expect(await books.snapshot(10, [open('A', 50)], { asOf })).toMatchObject(refused('snapshot-older'));
    expect(await acme(books)).toEqual({ A: 10_000 });
  });

  it.each<[string, Partial<ImportBody>]>([
    ['a row less than declared', { rows: 3 }],
    ['a row more than declared', { rows: 1 }],
    ['a cent less than declared', { controlSums: { EUR: 30_001 } }],
    ['a currency declared that is not there', { controlSums: { EUR: 30_000, USD: 1 } }],
  ])('%s: refused, exact to the cent', async (_name, declared) => {
    const books = await uploadWorld();
    const file = await books.snapshot(10, [open('A', 100), open('B', 200)], declared);
    expect(file).toMatchObject(refused('control-total-mismatch'));
    expect(await acme(books)).toEqual({});
  });

  it('as declared it goes on; the same file again answers with its first result', async () => {
    const books = await uploadWorld();
    const declared = { rows: 2, controlSums: { EUR: 30_000 } };
    const rows = [open('A', 100), open('B', 200)];
    const first = await books.snapshot(10, rows, declared);
    expect(first.state).toBe('done');
    expect(await books.snapshot(10, rows, declared)).toEqual(first);
  });
});

describe('a fall', () => {
  const fall = async (before: Cells[], after: Cells[]) => {
    const books = await uploadWorld();
    await books.snapshot(10, before);
    return books.snapshot(11, after);
  };

  it.each([
    ['of 50 items that were all there was', 50, 0, 'done'],
    ['of 51 items that were all there was', 51, 0, 'held'],
    ['of 51 items that are a little more than 20 %', 254, 203, 'held'],
    ['of exactly 20 %', 300, 240, 'done'],
    ['of one item more than 20 %', 300, 239, 'held'],
  ])('%s: %i to %i is %s', async (_name, before, after, state) => {
    const file = await fall(items(before), items(after));
    expect(file).toMatchObject(state === 'held' ? held('snapshot-shrank') : { state });
  });

  it.each([
    ['20 %', 8, 'done'],
    ['more than 20 %', 7.9, 'held'],
  ])('of the open sum by %s, with all items there', async (_name, amount, state) => {
    const file = await fall(items(60), items(60, amount));
    expect(file).toMatchObject(state === 'held' ? held('snapshot-shrank') : { state });
  });
});

describe('refused rows', () => {
  it.each([
    ['ten of twenty', 10, 10, 'done'],
    ['eleven of a hundred', 89, 11, 'held'],
    ['twelve of six hundred, which is 2 %', 588, 12, 'done'],
    ['thirteen of six hundred', 587, 13, 'held'],
  ])('%s', async (_name, good, bad, state) => {
    const books = await uploadWorld();
    const file = await books.snapshot(10, [...items(good), ...unreadable(bad)]);
    expect(file).toMatchObject(state === 'held' ? held('too-many-rejects') : { state });
    expect(Object.keys(await bookOf(books.world, 'acc-0')).length > 0).toBe(state === 'done');
  });
});

describe('a scope', () => {
  it('of one currency closes what is missing in it, and leaves the others alone', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('E', 100), open('E2', 1), open('U', 50, { currency: 'USD' })]);
    await books.snapshot(11, [open('E2', 1)], { scope: { currency: 'EUR' } });
    expect(await acme(books)).toEqual({ E2: 100, U: 5_000 });
    expect((await feedOf(books.world, { currency: 'EUR' }, 'currency-EUR')).scopeName).toBe('currency-EUR');
  });

  it('of a named range of accounts closes what is missing in it, and leaves the others alone', async () => {
    const books = await uploadWorld();
    const two = [open('A', 100), open('A2', 1), open('Z', 50, { account: 'zeta' })];
    await books.snapshot(10, two);
    await books.snapshot(11, [open('A2', 1)], { scope: { accounts: { name: 'a-m', from: 'a', to: 'm' } } });
    expect(await bookOf(books.world, 'acme', 'zeta')).toEqual({ A2: 100, Z: 5_000 });
  });

  it.each<[string, ImportBody['scope']]>([
    ['one currency', { currency: 'EUR' }],
    ['a range of accounts', { accounts: { name: 'a-m', from: 'a', to: 'm' } }],
  ])('of %s that is absent from the file leaves its items alone', async (_name, scope) => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    const file = await books.snapshot(11, [], { scope });
    expect(file).toMatchObject({ state: 'done', because: { code: 'scope-absent' } });
    expect(await acme(books)).toEqual({ A: 10_000 });
  });

  it('of the whole company without a row is an empty snapshot, not an absence', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100)]);
    expect(await books.snapshot(11, [])).toMatchObject({ state: 'done' });
    expect(await acme(books)).toEqual({});
    expect((await books.item('A'))?.clearedBetween).toEqual({ fromAt: day(10), toAt: day(11) });
  });

  it('a row outside of it is refused, and what it is of stays as it was', async () => {
    const books = await uploadWorld();
    await books.snapshot(10, [open('A', 100), open('U', 50, { currency: 'USD' })]);
    const rows = [open('A', 100), open('U', 20, { currency: 'USD' })];
    const file = await books.snapshot(11, rows, { scope: { currency: 'EUR' } });
    expect(file.counts.rejected).toBe(1);
    expect(await acme(books)).toEqual({ A: 10_000, U: 5_000 });
  });

  it('two companies of one ERP: the one whose file did not come is left alone', async () => {
    const books = await uploadWorld();
    const setting = await books.world.settings.read(everything, {
      ...{ scope: `company:${companyId}`, name: 'company' },
    });
    const value = { ...(setting?.value as object), companyId: 'second' };
    await books.world.settings.save(everything, { scope: 'company:second', name: 'company' }, 0, {
      ...{ value, by: 'test', at: day(1), reason: 'test' },
    });
    const second = { company: 'second' };
    await books.snapshot(10, [open('A', 100), open('Z', 1)]);
    await books.snapshot(10, [open('A', 70)], second);
    await books.snapshot(11, [open('Z', 1)]);
    expect(await acme(books)).toEqual({ Z: 100 });
    const page = await books.world.accounts.openItems(
      everything,
      { companyId: 'second', accountId: 'acme' },
      { limit: 9 },
    );
    expect(page.items.map(({ number, open: amount }) => [number, amount])).toEqual([['A', 7_000]]);
  });
});
