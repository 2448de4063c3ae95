/**
 * Two imports that bring one number on two accounts at the same moment: it is owed once or not at all, and whoever is
 * held finds its row with the reason.
 */
import { describe, expect, it } from 'vitest';
import type { AccountWork } from '../../../shared/domain/account-work.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { deltaOf, rowOf } from '../../support/posting-examples.ts';
import { Crash, gateOf } from '../../support/faults.ts';
import { companyId, emptyBooks, openOn, post, putPart, scope, type Books } from './post-part-support.ts';

const work = (accountId: string, ...numbers: string[]): AccountWork => ({
  ...{ accountId, do: 'update', source: 'erp' },
  rows: numbers.map((number, at) => deltaOf(rowOf(number, 10_000, { row: at + 1 }), '2026-03-01T06:00:00Z')),
});

/** One import for each account; both bring N1, and a number of their own. */
const world = async (mode: LedgerMode = 'erpLed') => {
  const books = await emptyBooks(mode);
  await putPart(books, 'i1', 'p1', [work('a1', 'N1', 'M1')]);
  await putPart(books, 'i2', 'p1', [work('a2', 'N1', 'M2')]);
  return books;
};
const bothOn = async (books: Books) => [await openOn(books, 'a1'), await openOn(books, 'a2')];
const reasonsOf = async ({ imports }: Books, importId: string) =>
  (await imports.rejected(scope, { companyId, importId }, { limit: 9 })).rows.flatMap(({ reasons }) =>
    reasons.map(({ code, value }) => [code, value]),
  );

/** Books whose calls of one method wait until they are let go. */
const waitingAt = (books: Books, port: 'accounts' | 'files', method: string, isHeld = () => true) => {
  let letGo = (): void => undefined;
  let arrive = (): void => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const store = books[port] as object as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const held = async (...given: unknown[]): Promise<unknown> => {
    if (isHeld()) {
      arrive();
      await gone;
    }
    return store[method]!(...given);
  };
  return { books: { ...books, [port]: { ...store, [method]: held } }, letGo, arrived };
};

describe('one number on two accounts by two imports at once', () => {
  it.each(['erpLed', 'dunwellLed'] as const)(
    'is held for the second while the first is about to post, %s',
    async (mode) => {
      const books = await world(mode);
      const first = waitingAt(books, 'accounts', 'append');
      const slow = post(first.books, 'i1', 'p1');
      await first.arrived;
      const second = await post(books, 'i2', 'p1');
      expect(second).toMatchObject({ posted: 1, refusedBy: { 'number-on-other-account': 1 } });
      expect(await reasonsOf(books, 'i2')).toEqual([['number-on-other-account', 'N1']]);
      first.letGo();
      expect(await slow).toMatchObject({ posted: 2, refusedBy: {} });
      expect(await bothOn(books)).toEqual([{ N1: 10_000, M1: 10_000 }, { M2: 10_000 }]);
    },
  );

  it('is held for the one that asks later where both ask who has it before either posts', async () => {
    const books = await world();
    const first = waitingAt(books, 'accounts', 'holders');
    const second = waitingAt(books, 'accounts', 'holders');
    const posting = post(first.books, 'i1', 'p1');
    await first.arrived;
    const later = post(second.books, 'i2', 'p1');
    await second.arrived;
    first.letGo();
    second.letGo();
    expect((await posting).refusedBy).toEqual({});
    expect((await later).refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect(await bothOn(books)).toEqual([{ N1: 10_000, M1: 10_000 }, { M2: 10_000 }]);
  });

  it('is held for both where nobody came first, and posted for the one a person sends again', async () => {
    const books = await world();
    const sides = ['i1', 'i2'].map((importId) => ({ importId, ...waitingAt(books, 'files', 'list') }));
    const posting = sides.map((side) => post(side.books, side.importId, 'p1'));
    for (const { arrived } of sides) await arrived;
    for (const { letGo } of sides) letGo();
    for (const { refusedBy } of await Promise.all(posting))
      expect(refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect(await bothOn(books)).toEqual([{ M1: 10_000 }, { M2: 10_000 }]);
    expect([await reasonsOf(books, 'i1'), await reasonsOf(books, 'i2')]).toHaveLength(2);
    await putPart(books, 'i3', 'p1', [work('a2', 'N1')]);
    expect((await post(books, 'i3', 'p1')).refusedBy).toEqual({});
    expect((await bothOn(books))[1]).toEqual({ N1: 10_000, M2: 10_000 });
  });

  it('of one account is no conflict', async () => {
    const books = await world();
    await putPart(books, 'i3', 'p1', [work('a1', 'N1')]);
    const first = waitingAt(books, 'accounts', 'append');
    const slow = post(first.books, 'i1', 'p1');
    await first.arrived;
    expect((await post(books, 'i3', 'p1')).refusedBy).toEqual({});
    first.letGo();
    await slow;
    expect(await openOn(books, 'a1')).toEqual({ N1: 10_000, M1: 10_000 });
  });
});

describe('an import that died before it posted', () => {
  const died = async () => {
    const books = await world();
    const gate = gateOf({
      fault: ({ operation }) => (operation === 'accounts.append' ? 'crash-before' : undefined),
    });
    await expect(post(books, 'i1', 'p1', gate)).rejects.toThrow(Crash);
    return books;
  };

  it('still has its number held for an hour, and posts it when it comes again', async () => {
    const books = await died();
    expect((await post(books, 'i2', 'p1')).refusedBy).toEqual({ 'number-on-other-account': 1 });
    expect((await post(books, 'i1', 'p1')).refusedBy).toEqual({});
    expect(await bothOn(books)).toEqual([{ N1: 10_000, M1: 10_000 }, { M2: 10_000 }]);
  });

  it('keeps nobody from posting after that hour', async () => {
    const books = await died();
    const later = await post(books, 'i2', 'p1', gateOf(), '2026-03-11T07:00:01Z');
    expect(later.refusedBy).toEqual({});
    expect((await post(books, 'i1', 'p1', gateOf(), '2026-03-11T07:10:00Z')).refusedBy).toEqual({
      'number-on-other-account': 1,
    });
  });

  it('leaves nothing behind once it is done', async () => {
    const books = await died();
    await post(books, 'i1', 'p1');
    expect(await books.files.list(scope, { companyId, name: 'posting-now/' })).toEqual([]);
  });
});
