/**
 * Nights of snapshots on in-memory ports: parts are delivered twice, late, out of order, and every delivery may die at
 * any effect. After each night the book of every account is the file; at the end the journal is whole.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../shared/domain/calendar.ts';
import type { DocumentRow } from '../../shared/domain/feed-rows.ts';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { expectSound } from '../ports/account-store.suite.ts';
import { day, money } from '../support/account-examples.ts';
import { Crash, gateOf, type Fault } from '../support/faults.ts';
import { rowOf } from '../support/posting-examples.ts';
import {
  companyId,
  emptyBooks,
  openOn,
  post,
  putPart,
  scope,
  type Books,
} from '../functions/ledger/post-part-support.ts';

const accounts = ['a1', 'a2', 'a3'];
const instantOf = (night: number): string => `${addDays(day('2026-03-11'), night)}T05:00:00Z`;

/** A stream of small numbers that one seed decides. */
const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

type Random = ReturnType<typeof numbersFrom>;

/** The next morning of one account: items change, go, come back; credits come and go with them. */
const nextFile = (random: Random, before: readonly DocumentRow[], night: number): DocumentRow[] => {
  const kept = before.flatMap((row) => {
    const what = random(10);
    if (what < 2) return [];
    if (what < 4) return [{ ...row, open: money(Math.trunc(row.open / 2) || row.open) }];
    return what < 5 ? [{ ...row, open: row.original }] : [row];
  });
  const fresh = Array.from({ length: random(4) }, (_, n) => {
    const size = 1_000 * (1 + random(5));
    const number = `${random(3) === 0 ? random(night + 1) : night}-${n}`;
    const kind = random(4) === 0 ? 'creditNote' : 'invoice';
    const amount = money(kind === 'creditNote' ? -size : size);
    return rowOf(kind === 'creditNote' ? `C${number}` : number, amount, { kind, original: amount });
  });
  const byKey = new Map([...fresh, ...kept].map((row) => [`${row.kind} ${row.number}`, row]));
  return [...byKey.values()].map((row, index) => ({ ...row, row: index + 1 }));
};

const linesOf = (files: ReadonlyMap<string, DocumentRow[]>, night: number): AccountWork[] =>
  [...files].map(([accountId, rows]) => ({
    ...{ accountId, do: 'reconcile', source: 'erp', scope: {}, asOf: instantOf(night), withheld: [], rows },
    ...(night > 0 ? { previousAsOf: instantOf(night - 1) } : {}),
  }));

/** Delivers a part until it is done, dying on the way as the seed decides. */
const deliver = async (books: Books, random: Random, night: number): Promise<void> => {
  for (let tries = 0; tries < 20; tries += 1) {
    const dice = (): Fault | undefined => {
      const face = random(12);
      if (tries > 5 || face > 2) return undefined;
      return (['crash-before', 'crash-after', 'twice'] as const)[face];
    };
    const gate = gateOf({ fault: dice });
    try {
      await post(books, `night-${night}`, 'p1', gate, instantOf(night));
      return;
    } catch (fault) {
      if (!(fault instanceof Crash)) throw fault;
    }
  }
  throw new Error('it never got through');
};

const live = async (seed: number, nights: number): Promise<void> => {
  const random = numbersFrom(seed);
  const books = await emptyBooks();
  let files = new Map(accounts.map((accountId): [string, DocumentRow[]] => [accountId, []]));
  for (let night = 0; night < nights; night += 1) {
    files = new Map(accounts.map((accountId) => [accountId, nextFile(random, files.get(accountId)!, night)]));
    await putPart(books, `night-${night}`, 'p1', linesOf(files, night));
    const isLost = random(8) === 0 && night < nights - 1;
    if (!isLost) await deliver(books, random, night);
    if (random(3) === 0) await deliver(books, random, random(night + 1));
    if (isLost) continue;
    for (const accountId of accounts) {
      const expected = Object.fromEntries(files.get(accountId)!.map(({ number, open }) => [number, open]));
      expect({ seed, night, open: await openOn(books, accountId) }).toEqual({ seed, night, open: expected });
    }
  }
  for (const accountId of accounts) await expectSound(books.accounts, { companyId, accountId });
  const last = await books.imports.results(scope, { companyId, importId: `night-${nights - 1}` });
  expect(last).toHaveLength(1);
};

it('60 lives of 12 nights: the book is the last file, every journal whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), (seed) => live(seed, 12)),
    { numRuns: 60, endOnFailure: true },
  );
}, 120_000);
