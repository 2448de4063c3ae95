/**
 * What a night finds of risks that grew and of the month that closed: each broken limit is told once, none below it.
 */
import { expect, it } from 'vitest';
import { closeMonths } from '../../../functions/reporting/close-month.ts';
import { evaluateAlerts } from '../../../functions/reporting/evaluate-alerts.ts';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, noonOn } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

type Made = ReturnType<typeof newReportParts>;

const nightOf =
  ({ parts }: Pick<Made, 'parts'>) =>
  (on: string) =>
    evaluateAlerts(
      parts,
      { scope: everything, now: instantFromText(`${on}T00:05:00Z`) },
      { companyId, zone: 'UTC' },
    );

const owe = async ({ world }: Made, accountId: string, cents: number, postedOn: string, dueOn: string) => {
  const id = `item:invoice:${accountId}`;
  const days = { documentOn: postedOn as Day, postedOn: postedOn as Day, firstDueOn: dueOn as Day };
  const item = itemWith({ id, original: money(cents), open: money(cents), ...days, dueOn: dueOn as Day });
  const events = await appendFacts(world, accountId, postedOn, factsOf(postItem(after(), item)), [id]);
  await projectEvents(events, everything, world);
  return id;
};

/** As a file of customers says it. */
const rated = async ({ world }: Made, accountId: string, risk: string, on: string) => {
  const loaded = await world.accounts.load(everything, { companyId, accountId });
  const id = `contact:master:${on}` as const;
  const facts: Fact[] = [{ kind: 'masterDataNoted', masterData: id, on: on as Day }];
  const said = { at: noonOn(on as Day), actor: { kind: 'job', id: 'import' } as const, facts };
  const change = { ...said, cause: { kind: 'import', id: on } };
  const papers = [{ id, content: { treatment: { risk } } }];
  expect((await world.accounts.append(everything, loaded, change, new Map(), papers)).outcome).toBe(
    'appended',
  );
};

it('a risk that grew overnight is told once; one that shrank, or is seen for the first time, is not', async () => {
  const made = newReportParts();
  const told = () =>
    made.alerts.raised.filter(({ rule }) => rule === 'riskWorse').map((one) => one.accountId);
  for (const accountId of ['worse', 'better', 'same']) {
    await owe(made, accountId, 1_000, '2026-03-02', '2026-06-01');
    await rated(made, accountId, 'B', '2026-03-02');
  }
  const night = nightOf(made);
  await night('2026-03-03');
  expect(told()).toEqual([]);
  await rated(made, 'worse', 'C', '2026-03-03');
  await rated(made, 'better', 'A', '2026-03-03');
  await night('2026-03-04');
  await night('2026-03-04');
  await night('2026-03-05');
  expect(told()).toEqual(['worse']);
});

const sold = (month: string, lastDay: string, gross: number) => ({
  ...{ kind: 'sales' as const, key: `${month} EUR`, importId: `i-${month}`, asOf: `${lastDay}T00:00:00Z` },
  source: 'erp',
  on: `${month}-01` as Day,
  row: {
    ...{ row: 1, fromOn: `${month}-01` as Day, toOn: lastDay as Day, currency: 'EUR' },
    gross: money(gross),
  },
});

it('a month that closed with too much disputed, too old, too slowly collected and a longer DSO is told once', async () => {
  const made = newReportParts();
  const references = memoryReferences();
  const parts = { ...made.parts, references };
  const { world, alerts } = made;
  await owe(made, 'old', 14_000, '2025-10-01', '2025-11-01');
  await owe(made, 'current', 91_000, '2026-02-02', '2026-08-01');
  const keep = (...rows: ReturnType<typeof sold>[]) => references.keep(everything, companyId, rows);
  await keep(sold('2025-12', '2025-12-31', 100_000), sold('2026-01', '2026-01-31', 100_000));
  await keep(sold('2026-02', '2026-02-28', 100_000), sold('2026-03', '2026-03-31', 20_000));
  const month = async (on: string) => {
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, world.reports);
    await closeMonths({ companyId, zone: 'UTC' }, everything, instantFromText(`${on}T00:05:00Z`), parts);
    return nightOf({ parts })(on);
  };
  const told = () =>
    alerts.raised
      .filter(({ at }) => at.startsWith('2026-04'))
      .map(({ rule }) => rule)
      .filter((rule) => monthRules.includes(rule))
      .toSorted();
  const monthRules = ['disputedShare', 'beyond90Share', 'effectivenessLow', 'dsoRising'];
  await month('2026-03-03');
  const current = await owe(made, 'late', 50_000, '2026-03-02', '2026-03-10');
  const part = { id: 'dispute:1', code: 'disputed' as const, amount: money(8_000) };
  const named = { id: part.id, code: 'PRICE', state: 'opened' as const, owner: 'u:1', currency: 'EUR' };
  const on = '2026-03-12' as Day;
  const held: Fact[] = [
    { kind: 'partHeld', itemId: current, part, on },
    { kind: 'disputeStands', disputeId: part.id, stands: { ...named, held: part.amount }, on },
  ];
  await projectEvents(await appendFacts(world, 'late', '2026-03-12', held, [current]), everything, world);
  await month('2026-04-03');
  await nightOf({ parts })('2026-04-04');
  expect(told()).toEqual(monthRules.toSorted());
});
