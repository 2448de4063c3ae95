/**
 * Alerts: one per breach, again when it doubled or stayed a week, and quiet once somebody has it in hand.
 */
import { expect, it } from 'vitest';
import { evaluateAlerts, type EvaluateParts } from '../../../functions/reporting/evaluate-alerts.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const newParts = newReportParts;

const nightOf = (parts: EvaluateParts) => (on: string) =>
  evaluateAlerts(
    parts,
    { scope: everything, now: instantFromText(`${on}T00:05:00Z`) },
    { companyId, zone: 'UTC' },
  );

const post = (world: ReturnType<typeof newParts>['world'], accountId: string, id: string, cents: number) =>
  appendFacts(
    world,
    accountId,
    '2026-03-02',
    factsOf(
      postItem(
        after(),
        itemWith({ id, original: money(cents), open: money(cents), dueOn: '2026-03-05' as Day }),
      ),
    ),
    [id],
  );

it('what an account owes beyond 60 days is told again when it doubled', async () => {
  const { alerts, world, parts } = newParts();
  await post(world, 'a', 'item:invoice:1', 1_000_000);
  const night = nightOf(parts);
  await night('2026-05-05');
  const of = () => alerts.raised.filter(({ rule }) => rule === 'beyond60Days').map(({ amount }) => amount);
  expect(of()).toEqual([1_000_000]);
  await post(world, 'a', 'item:invoice:2', 1_000_000);
  await night('2026-05-06');
  expect(of()).toEqual([1_000_000, 2_000_000]);
});

it('what an account of very many items owes beyond 60 days is told as that of any other', async () => {
  const { alerts, world, parts } = newParts();
  for (let n = 0; n < 90; n += 1) await post(world, 'many', `item:invoice:${n}`, 20_000);
  await nightOf(parts)('2026-05-05');
  expect(alerts.raised.filter(({ rule }) => rule === 'beyond60Days').map(({ amount }) => amount)).toEqual([
    1_800_000,
  ]);
});

it('a large promise that broke is told once, however often its event comes', async () => {
  const { alerts, world } = newParts();
  const promise = (id: string, amount: number) => ({
    ...{ id, by: 'collector' as const, currency: 'EUR', amount: money(amount), madeOn: '2026-03-02' as Day },
    ...{ dueOn: '2026-03-10' as Day, judgeOn: '2026-03-12' as Day, items: [] },
  });
  const judged = (promiseId: string) => ({
    ...{ kind: 'promiseJudged' as const, promiseId, result: 'broken' as const, received: money(0) },
    on: '2026-03-13' as Day,
  });
  const made = [promise('p1', 1_000_000), promise('p2', 999_999)].map((one) => ({
    ...{ kind: 'promiseMade' as const, promise: one, on: '2026-03-02' as Day },
  }));
  const events = [
    ...(await appendFacts(world, 'a', '2026-03-02', made)),
    ...(await appendFacts(world, 'a', '2026-03-13', [judged('p1'), judged('p2')])),
  ];
  for (const some of [events.slice(1), events, events]) await projectEvents(some, everything, world);
  expect(alerts.raised.map(({ id, amount }) => [id, amount])).toEqual([
    ['largePromiseBroken:a:p1', 1_000_000],
  ]);
});

it('money a bank took back is told once, by the item’s own reversal or of the book of an ERP', async () => {
  const { alerts, world } = newParts();
  const taken = { amount: money(1_500_000), currency: 'EUR', receivedOn: '2026-03-03' as Day } as const;
  const fact = { kind: 'moneyTakenBack', itemId: 'item:invoice:1', receiptId: 'r1', ...taken } as const;
  const told = [{ ...fact, reason: 'returned:AM04', on: '2026-03-10' as Day }];
  const events = [
    ...(await post(world, 'a', 'item:invoice:1', 1_500_000)),
    ...(await appendFacts(world, 'a', '2026-03-10', told, ['item:invoice:1'])),
  ];
  for (let time = 0; time < 2; time += 1) await projectEvents(events, everything, world);
  expect(alerts.raised.map(({ rule, amount }) => [rule, amount])).toEqual([
    ['debitReturned', 1_500_000],
    ['debitReturnedLarge', 1_500_000],
  ]);
});
