/**
 * Weeks of mornings, decided by a seed each: after every step nothing that must hold is broken; once the faults
 * stop all settles, the book is the last accepted file, aging is a replay, and the nightly check finds nothing.
 */
import type { AgingQuery } from '../../shared/contracts/reporting.ts';
import { expect, it } from 'vitest';
import { readAging } from '../../functions/reporting/read-aging.ts';
import { arrive, bookOf, companyId, feedOf, type Open } from '../functions/erp-exchange/snapshot-world.ts';
import { everything } from '../support/test-edge.ts';
import { ownBook } from '../support/own-book.ts';
import { ledgerWorld, randomFrom, type LedgerWorld, type Random } from './ledger-world.ts';

const accountIds = ['a1', 'a2', 'a3', 'a4', 'a5'];
const nights = 4;
const seeds = 40;

/** The next morning's file: items go, shrink, come. */
const nextFile = (random: Random, before: readonly Open[], night: number): Open[] => {
  const kept = before.flatMap((row): Open[] => {
    const what = random(10);
    if (what < 2) return [];
    return what < 4 ? [[row[0], row[1], Math.ceil(row[2] / 2), row[3] ?? {}]] : [row];
  });
  const fresh = Array.from({ length: 2 + random(4) }, (_one, n): Open => {
    const amount = 100 * (1 + random(50));
    return [accountIds[random(accountIds.length)]!, `${night}-${n}`, amount, { original: amount as never }];
  });
  return [...kept, ...fresh];
};

const sumOf = (file: readonly Open[]): number => file.reduce((all, [, , open]) => all + open, 0);

const openInAging = async ({ world, reports, now }: LedgerWorld): Promise<number> => {
  const query: AgingQuery = {
    ...{ company: [companyId], asOf: undefined },
    ...({ view: 'known', scheme: 'standard', basis: 'due', by: 'company' } as const),
  };
  const parts = { accounts: world.accounts, reports, zoneOf: async () => 'UTC', bookOf: ownBook };
  const answer = await readAging(query, everything, now(), parts);
  if (!answer.ok) throw new Error(answer.code);
  return answer.value.groups[0]?.currencies[0]?.open ?? 0;
};

const live = async (seed: number): Promise<number> => {
  const random = randomFrom(seed);
  // each family of faults is on in half of the seeds
  const profile = {
    crash: random(2) * (5 + random(40)),
    twice: random(2) * (2 + random(10)),
    again: random(2) * (3 + random(10)),
  };
  const ledger = ledgerWorld(random, profile, accountIds);
  await ledger.world.setUp();
  let file: Open[] = [];
  let steps = 0;
  for (let night = 0; night < nights; night += 1) {
    file = nextFile(random, file, night);
    const asOf = `2026-11-${16 + night}T04:00:00Z`;
    await arrive(ledger.world, `night-${night}`, { asOf, open: file });
    for (let count = 40 + random(120); count > 0; count -= 1, steps += 1) {
      await ledger.step();
      expect(await ledger.violations(), `seed ${seed}, step ${steps}`).toEqual([]);
    }
  }
  ledger.faults.on = false;
  for (let rest = 0; !(await ledger.isQuiet()); rest += 1, steps += 1) {
    if (rest > 5_000) throw new Error(`seed ${seed} never settles`);
    await ledger.step();
  }
  await expectSettled(seed, ledger, file);
  return steps;
};

const expectSettled = async (seed: number, ledger: LedgerWorld, file: readonly Open[]): Promise<void> => {
  const where = `seed ${seed}`;
  const { accepted } = await feedOf(ledger.world);
  expect(accepted?.importId, where).toBe(`night-${nights - 1}`);
  const book = Object.fromEntries(file.map(([, number, open]) => [number, open]));
  expect(await bookOf(ledger.world, ...accountIds), where).toEqual(book);
  expect(await openInAging(ledger), where).toBe(sumOf(file));
  expect(await ledger.violations(), where).toEqual([]);
  expect(await ledger.night('2026-11-23T00:00:00Z'), where).toEqual([]);
};

it(`${seeds} weeks settle in the last file, and nothing is ever broken on the way`, async () => {
  let steps = 0;
  for (let seed = 1; seed <= seeds; seed += 1) steps += await live(seed);
  expect(steps).toBeGreaterThan(seeds * nights * 40);
}, 120_000);
