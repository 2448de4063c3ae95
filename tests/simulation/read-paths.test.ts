/**
 * Whatever way figures are read, they are those of the ledger (M16), of any day as known then or as corrected
 * since (M13), and every item is in one bucket (M15): account page, items, statement, aging, export, balances
 * against one recomputation that adds up the two sides of postings and knows nothing of items.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type Day } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { isMoneyFact, type Fact, type HeadFact } from '../../shared/domain/facts.ts';
import type { LedgerAccount } from '../../shared/domain/postings.ts';
import { beginLedger, ledgerCommands } from '../support/aging-commands.ts';
import { createCompany, knownOn, sumsOf, type ReadCompany, type Sums } from './read-paths-world.ts';

const lives = 100;
const statesPerLife = 10;
const firstDay = '2026-03-01' as Day;

const openAccounts: readonly LedgerAccount[] = ['receivables', 'unapplied', 'requested'];

/** Undone before it began, both count from the later day. */
const countsFrom = (fact: Fact, begun: ReadonlyMap<string, Day>): Day => {
  if (fact.kind !== 'itemReopened' && fact.kind !== 'applicationReversed') return fact.on;
  const began = begun.get(`${fact.itemId} ${fact.changeId}`);
  return began !== undefined && began > fact.on ? began : fact.on;
};

/** What postings left open at the end of a day. */
const openBy = (entries: readonly Entry[], day: Day, view: 'known' | 'corrected'): Sums => {
  const begun = new Map<string, Day>();
  const rows: { currency: string; open: number }[] = [];
  for (const entry of entries) {
    if (view === 'known' && knownOn(entry) > day) continue;
    for (const fact of entry.facts) {
      if (!isMoneyFact(fact)) continue;
      const { debit, credit, amount, currency } = fact.posting;
      const sign = Number(openAccounts.includes(debit)) - Number(openAccounts.includes(credit));
      if (countsFrom(fact, begun) <= day) rows.push({ currency, open: sign * amount });
      if ('changeId' in fact) begun.set(`${fact.itemId} ${fact.changeId}`, fact.on);
    }
  }
  return sumsOf(rows);
};

const added = (all: readonly Sums[]): Sums =>
  sumsOf(all.flatMap((sums) => Object.entries(sums).map(([currency, open]) => ({ currency, open }))));

/** Sums of an aging answer; each bucket and column is in its total, each total in what is open. */
const agedSums = async (company: ReadCompany, query: object): Promise<Sums> => {
  const { groups } = await company.aging(query);
  const rows = groups.flatMap(({ currencies }) => currencies);
  for (const { receivables, intercompany, outside, open } of rows) {
    const sums = [receivables, intercompany].map(({ buckets, columns: { disputed: _of, ...columns } }) =>
      [...Object.values(buckets), ...Object.values(columns)].reduce((all, one) => all + one, 0),
    );
    expect(sums).toEqual([receivables.total, intercompany.total]);
    expect(receivables.total + intercompany.total + outside).toBe(open);
  }
  return sumsOf(rows);
};

/** All ways to read what stands now. */
const compareNow = async (company: ReadCompany, day: Day): Promise<Sums> => {
  const whole: Sums[] = [];
  for (const accountId of company.accountIds) {
    const entries = await company.entries(accountId);
    if (entries.length === 0) continue;
    const expected = openBy(entries, day, 'corrected');
    whole.push(expected);
    const page = await company.page(accountId);
    expect(sumsOf(page.balances)).toEqual(expected);
    for (const { open, aging } of page.balances)
      expect(aging.receivables.total + aging.intercompany.total + aging.outside).toBe(open);
    expect(await company.items(accountId)).toEqual(expected);
    const { currencies } = await company.statement(accountId, {});
    expect(
      sumsOf(currencies.flatMap(({ currency, items = [] }) => items.map(({ open }) => ({ currency, open })))),
    ).toEqual(expected);
  }
  const expected = added(whole);
  expect(await company.balances()).toEqual(expected);
  expect(sumsOf(await company.exported('items', {}))).toEqual(expected);
  expect(sumsOf(await company.exported('accounts', {}))).toEqual(expected);
  expect(sumsOf(await company.exported('aging', {}))).toEqual(expected);
  const by = ['collector', 'segment', 'currency'][daysBetween(firstDay, day) % 3];
  for (const query of [{}, { by }]) expect(await agedSums(company, query)).toEqual(expected);
  return expected;
};

/** All ways to read a past day. */
const comparePast = async (company: ReadCompany, day: Day): Promise<void> => {
  for (const view of ['known', 'corrected'] as const) {
    const whole: Sums[] = [];
    const exported = await company.exported('items', { asOf: day, view });
    for (const accountId of company.accountIds) {
      const entries = await company.entries(accountId);
      const expected = openBy(entries, day, view);
      whole.push(expected);
      expect(sumsOf(exported.filter(({ account }) => account === accountId))).toEqual(expected);
      if (view === 'known' || entries.length === 0) continue;
      await compareStatement(company, accountId, day, expected);
    }
    const expected = added(whole);
    for (const basis of ['due', 'document'])
      for (const by of ['company', 'segment'])
        expect(await agedSums(company, { asOf: day, view, basis, by })).toEqual(expected);
    expect(sumsOf(await company.exported('aging', { asOf: day, view }))).toEqual(expected);
  }
};

/** Opening of a day and its lines come to the closing, which is the opening of the next. */
const compareStatement = async (
  company: ReadCompany,
  accountId: string,
  day: Day,
  expected: Sums,
): Promise<void> => {
  const from = addDays(day, -9);
  const { currencies } = await company.statement(accountId, { style: 'balance-forward', from, to: day });
  for (const { opening = 0, lines = [], closing } of currencies)
    expect(lines.reduce((sum, { amount }) => sum + amount, opening)).toBe(closing);
  expect(sumsOf(currencies.map(({ currency, closing }) => ({ currency, open: closing })))).toEqual(expected);
  const before = openBy(await company.entries(accountId), addDays(from, -1), 'corrected');
  expect(sumsOf(currencies.map(({ currency, opening = 0 }) => ({ currency, open: opening })))).toEqual(
    before,
  );
};

const journalsFrom = (some: readonly Iterable<fc.Command<object, ReturnType<typeof beginLedger>>>[]) =>
  new Map(
    some.map((commands, index): [string, Entry[]] => {
      const run = beginLedger();
      fc.modelRun(() => ({ model: {}, real: run }), commands);
      return [`a${index}`, run.entries];
    }),
  );

const regrouping = (pick: number, accountIds: readonly string[], on: Day) => {
  const accountId = accountIds[pick % accountIds.length]!;
  const name = `${pick % 3}`;
  const fact: HeadFact =
    pick % 2 === 0
      ? { kind: 'accountAssigned', to: `tenant:${name}`, on }
      : { kind: 'segmentNamed', segment: pick % 5 === 0 ? '' : `segment ${name}`, on };
  return { accountId, fact };
};

describe('every way to read figures', () => {
  it(`tells what the ledger tells, in ${lives * statesPerLife} states of ${lives} lives`, async () => {
    let states = 0;
    const seen = { past: 0, corrected: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(ledgerCommands, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(1_000), { minLength: statesPerLife, maxLength: statesPerLife }),
        async (some, picks) => {
          const journals = journalsFrom(some as never);
          const company = await createCompany(journals);
          const last = [...journals.values()].flat().map(knownOn).toSorted().at(-1) ?? firstDay;
          const days = daysBetween(firstDay, last) + 1;
          const shown = new Map<Day, Sums>();
          for (const [index, pick] of picks.entries()) {
            const day = addDays(firstDay, Math.floor((days * (index + 1)) / statesPerLife));
            await company.liveTo(day, regrouping(pick, company.accountIds, day));
            if (pick % 3 === 0) await company.fold();
            shown.set(day, await compareNow(company, day));
            states += 1;
            const past = addDays(firstDay, pick % (days + 2));
            if (past < day) seen.past += 1;
            if (index % 3 === 2) await comparePast(company, past);
          }
          // what was shown then is what is known of then today
          for (const [day, sums] of shown) {
            expect(await agedSums(company, { asOf: day, view: 'known' })).toEqual(sums);
            const since = await agedSums(company, { asOf: day, view: 'corrected' });
            if (JSON.stringify(since) !== JSON.stringify(sums)) seen.corrected += 1;
          }
        },
      ),
      { numRuns: lives, seed: 20_261_122 },
    );
    expect(states).toBe(lives * statesPerLife);
    expect(Math.min(seen.past, seen.corrected)).toBeGreaterThan(100);
  }, 240_000);
});
