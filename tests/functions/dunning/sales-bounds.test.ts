/**
 * Large, medium and small by what was billed in the last twelve months, judged anew each month: a bound is crossed by a
 * tenth more than it, in both directions, and who crosses it changes segment, which the journal says with the rule, the job
 * and the day (R133).
 * From: invented invoices and credits on in-memory ports, months of looks. Next: the policy of the account, its timeline.
 */
import { expect, it } from 'vitest';
import { readTimeline } from '../../../functions/ledger/read-timeline.ts';
import { addDays, dayFromText, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, dunningWorld } from './world.ts';

const choice = {
  ...{ ...defaultChoiceRules, newForDays: 0, hysteresisPercent: 10 },
  ...{ keyFromEuroCents: 1_000_000, smallBelowEuroCents: 100_000 },
};

const started = async () => {
  const world = await dunningWorld({ goLiveOn: '2020-01-01' });
  await world.set('policies', { policies: defaultPolicies, rules: defaultDunningRules, choice });
  const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1' } as const;
  const at = instantFromText('2026-01-02T01:00:00Z');
  const paper = { email: 'ap@a1.example', country: 'DE' };
  await world.change('a1', [{ ...noted, on: dayFromText('2026-01-02') }], at, paper);
  const bill = (on: string, cents: number, n = 1) =>
    world.post(
      'a1',
      `${on}T02:00:00Z`,
      ...Array.from({ length: n }, (_, at_) => billed(on as Day, cents, at_)),
    );
  const look = async (on: string) => {
    await world.tell(`${on}T08:20:00Z`);
    await world.tick(`${on}T08:30:00Z`);
    const { policy } = (await world.head('a1')).dunning;
    return policy?.rule;
  };
  return { world, bill, look };
};

/** Due long after the months of the test: nobody asks for it meanwhile. */
const billed = (on: Day, cents: number, n: number) => {
  const kind = cents < 0 ? ('creditNote' as const) : ('invoice' as const);
  const id = `item:${kind}:${on}-${n}`;
  const days = { documentOn: on, postedOn: on, dueOn: addDays(on, 400), firstDueOn: addDays(on, 400) };
  return itemWith({ id, kind, original: money(cents), open: money(cents), ...days });
};

it('a month later who sold a tenth more than the bound is large, and who fell a tenth below it is not any more', async () => {
  const { bill, look } = await started();
  await bill('2026-03-02', 190_000, 5);
  expect(await look('2026-03-03')).toBe('sales-medium');
  await bill('2026-03-10', 100_000);
  expect(await look('2026-04-01')).toBe('sales-medium'); // 10,500: above the bound, not by a tenth
  await bill('2026-04-10', 60_000);
  expect(await look('2026-04-13')).toBe('sales-medium'); // 11,100, but not before the month is over
  expect(await look('2026-05-01')).toBe('sales-large');
  await bill('2026-05-11', -150_000);
  expect(await look('2026-06-01')).toBe('sales-large'); // 9,600: below the bound, not by a tenth
  await bill('2026-06-10', -70_000);
  expect(await look('2026-07-01')).toBe('sales-medium'); // 8,900
});

it('what was billed more than twelve months ago does not count any more', async () => {
  const { bill, look } = await started();
  await bill('2026-03-02', 400_000, 3);
  await bill('2026-08-03', 40_000, 2);
  expect(await look('2026-09-01')).toBe('sales-large');
  expect(await look('2027-02-01')).toBe('sales-large');
  expect(await look('2027-04-01')).toBe('sales-small');
});

it('its timeline says once that it changed: to what, by which rule, on which day, by the job that looks', async () => {
  const { world, bill, look } = await started();
  await bill('2026-03-02', 190_000, 5);
  await look('2026-03-03');
  await bill('2026-03-10', 200_000);
  for (const on of ['2026-04-01', '2026-04-01', '2026-04-02']) await look(on);
  const shown = await readTimeline(world.accounts, { companyId, accountId: 'a1' }, undefined, everything);
  if (!shown.ok) throw new Error(shown.code);
  const told = shown.value.entries.flatMap(({ at, by, cause, lines }) =>
    lines.flatMap(({ kind, on, text }) => (kind === 'policyChosen' ? [{ at, by, cause, on, text }] : [])),
  );
  const by = { kind: 'job', id: 'dunning' };
  expect(told.map(({ on, text }) => [on, text])).toEqual([
    ['2026-04-01', 'chased as key: sales-large'],
    ['2026-03-03', 'chased as standard: sales-medium'],
  ]);
  expect(told[0]).toMatchObject({ by, at: '2026-04-01T08:30:00Z', cause: { kind: 'evaluation', id: 'due' } });
});
