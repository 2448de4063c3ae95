/**
 * The demo company is as large and as late as it says: counted over what the generator makes, before anything is sent.
 */
import { expect, it } from 'vitest';
import { keyAccounts } from '../../local/demo/acts.ts';
import { isLate, openOn } from '../../local/demo/files.ts';
import { dayAfter, daysFrom } from '../../local/demo/numbers.ts';
import { gmbh, inc, ltd, plans, today } from '../../local/demo/plan.ts';
import { ofGmbh, ofInc, ofLtd } from '../../local/demo/stories-ledger.ts';
import { makeWorld, type Invoice } from '../../local/demo/world.ts';
import { people } from '../../local/identity/directory.ts';

const make = () => [makeWorld(ltd, ofLtd), makeWorld(gmbh, ofGmbh), makeWorld(inc, ofInc)];
const worlds = make();
const rates: Record<string, number> = { EUR: 100, GBP: 117, USD: 92 };
const euros = (invoices: readonly Invoice[]): number =>
  invoices.reduce((sum, { amount, currency }) => sum + (amount * rates[currency]!) / 10_000, 0);
const openNow = worlds.flatMap((world) => openOn(world, dayAfter(today, -1)));
const lateBy = (days: number) => openNow.filter((one) => isLate(one) && daysFrom(one.dueOn, today) > days);

it('has three companies, 150 customers and 6,000 invoices of 24 months', () => {
  expect(worlds.map(({ accounts }) => accounts.length)).toEqual([50, 60, 40]);
  const invoices = worlds.map((world) => world.invoices.filter(({ type }) => type === undefined));
  expect(invoices.map((all) => all.length)).toEqual([1_900, 2_400, 1_700]);
  expect(
    invoices
      .flat()
      .map(({ documentOn }) => documentOn)
      .toSorted()[0]! < '2024-11-01',
  ).toBe(true);
  expect(plans.map(({ currency }) => currency)).toEqual(['GBP', 'EUR', 'USD']);
});

it('has about 520 of them open: 2.8 M EUR, 29 % overdue, 6.5 % beyond 90 days, 1.6 % on account', () => {
  const receivables = euros(openNow);
  expect(openNow.filter(({ type }) => type === undefined).length).toBeGreaterThan(500);
  expect(openNow.filter(({ type }) => type === undefined).length).toBeLessThan(540);
  expect(receivables / 1_000_000).toBeCloseTo(2.8, 1);
  expect(Math.abs(euros(lateBy(0)) / receivables - 0.29)).toBeLessThan(0.01);
  expect(euros(lateBy(90)) / receivables).toBeCloseTo(0.065, 2);
  const onAccount = -euros(openNow.filter(({ type }) => type === 'payment'));
  expect(onAccount / receivables).toBeCloseTo(0.016, 3);
});

it('has eight key accounts, customers in four languages, and all its people', () => {
  const ids = worlds.flatMap(({ accounts }) => accounts.filter(({ isKey }) => isKey).map(({ id }) => id));
  expect(ids.toSorted()).toEqual(keyAccounts.map(([, account]) => account).toSorted());
  expect(ids).toHaveLength(8);
  const languages = new Set(worlds.flatMap(({ accounts }) => accounts.map(({ language }) => language)));
  expect([...languages].toSorted()).toEqual(['de', 'en', 'fr', 'he']);
  expect(people).toHaveLength(21);
});

it('is the same each time it is made', () => {
  expect(JSON.stringify(make())).toBe(JSON.stringify(worlds));
});
