/**
 * Aging's column `insolvent`: from the day a debtor is known to be insolvent to the day it is no more, whatever is
 * booked late for days before, all it owes stands there, on any day and in both views.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import type { ArEvent } from '../../../shared/contracts/messages.ts';
import { agingOf, type AgingChoice } from '../../../shared/domain/aging.ts';
import { asOf as accountAsOf } from '../../../shared/domain/as-of.ts';
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { isInsolventOn, spansOfHolds } from '../../../shared/domain/insolvency.ts';
import { beginLedger, ledgerCommands } from '../../support/aging-commands.ts';
import { factsOf, itemWith, money } from '../../support/account-examples.ts';
import { newAccount } from '../../../shared/domain/account.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { everything } from '../../support/test-edge.ts';
import { agingOn, appendFacts, keyOf, newWorld, writeJournal, type World } from './projection-support.ts';

const placed = (on: Day, untilOn?: Day): Fact => ({
  ...{ kind: 'holdPlaced', on },
  hold: { id: `hold:${on}`, code: 'insolvent', placedOn: on, ...(untilOn && { untilOn }) },
});
const dayOf = ({ at }: Entry): Day => at.slice(0, 10) as Day;

const hasAmount = (value: object): boolean =>
  Object.values(value).some((one) =>
    typeof one === 'object' ? hasAmount(one as object) : typeof one === 'number' && one !== 0,
  );

const replayed = async ({ accounts }: World, asOf: Day, view: 'known' | 'corrected') => {
  const entries = await accounts.entries(everything, keyOf('a'), { afterVersion: 0, limit: 500 });
  const past = accountAsOf(keyOf('a'), entries, { day: asOf, zone: 'UTC', view });
  const isDebtorInsolvent = isInsolventOn(spansOfHolds(past.head.holds), asOf);
  const choice: AgingChoice = { asOf, scheme: 'standard', basis: 'dueDay' };
  return [...agingOf(past.items.values(), choice, () => ({ isDebtorInsolvent })).values()]
    .map(({ scheme: _scheme, ...sums }) => sums)
    .filter(hasAmount)
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
};

const told = async (world: World, day: Day, view: 'known' | 'corrected') =>
  (await agingOn(world, day, view)).groups.flatMap(({ currencies }) => currencies.filter(hasAmount));

/** A life with insolvency noted after one of its entries and taken back after a later one; events in two halves. */
const live = async (world: World, entries: readonly Entry[], from: number, to: number, days: number) => {
  const [first, last] = [Math.min(from, to), Math.max(from, to)].map((at) => at % entries.length) as [
    number,
    number,
  ];
  const events: ArEvent[] = [];
  const noted: Day[] = [];
  for (const [at, entry] of entries.entries()) {
    events.push(...(await writeJournal(world, 'a', [entry], entries)));
    const on = dayOf(entry);
    if (at === first) {
      events.push(
        ...(await appendFacts(world, 'a', on, [placed(on, days === 0 ? undefined : addDays(on, days))])),
      );
      noted.push(on);
    }
    const lifted: Fact = { kind: 'holdLifted', holdId: `hold:${noted[0]}`, on };
    if (at === last && last > first) events.push(...(await appendFacts(world, 'a', on, [lifted])));
  }
  const half = Math.floor(events.length / 2);
  await projectEvents(events.slice(0, half), everything, world);
  await projectEvents(events.slice(half), everything, world);
};

it('is that of a replay, on any day and in both views', async () => {
  let insolvent = 0;
  await fc.assert(
    fc.asyncProperty(
      ledgerCommands,
      ...([fc.nat(30), fc.nat(30), fc.nat(4), fc.nat(60)] as const),
      async (commands, from, to, days, offset) => {
        const run = beginLedger();
        fc.modelRun(() => ({ model: {}, real: run }), commands);
        if (run.entries.length === 0) return;
        const world = newWorld();
        await live(world, run.entries, from, to, days);
        const asOf = addDays('2026-02-26' as Day, offset);
        for (const view of ['known', 'corrected'] as const) {
          const expected = await replayed(world, asOf, view);
          expect(await told(world, asOf, view)).toEqual(expected);
          insolvent += expected.filter(({ receivables }) => receivables.columns.insolvent !== 0).length;
        }
      },
    ),
    { numRuns: 60, seed: 4 },
  );
  expect(insolvent).toBeGreaterThan(10);
}, 60_000);

it('what an insolvent debtor owes moves with whoever has the account, and an event without its facts is read', async () => {
  const world = newWorld();
  const on = '2026-03-02' as Day;
  const owed = postItem(
    newAccount(keyOf('a')),
    itemWith({ id: 'item:invoice:1', original: money(500), open: money(500), postedOn: on }),
  );
  const events = await appendFacts(world, 'a', on, factsOf(owed));
  const [hold] = await appendFacts(world, 'a', '2026-03-04', [placed('2026-03-04' as Day)]);
  const { facts: _large, ...bare } = hold!;
  const given: Fact = { kind: 'accountAssigned', to: 't:ann', on: '2026-03-06' as Day };
  events.push(bare, ...(await appendFacts(world, 'a', '2026-03-06', [given])));
  await projectEvents(events, everything, world);
  const groupsOn = async (day: string) =>
    (await agingOn(world, day as Day, 'known', { by: 'collector' })).groups.map(({ name, currencies }) => [
      name,
      currencies.map(({ receivables }) => [receivables.columns.insolvent, receivables.total]),
    ]);
  expect(await groupsOn('2026-03-03')).toEqual([[null, [[0, 500]]]]);
  expect(await groupsOn('2026-03-05')).toEqual([[null, [[500, 500]]]]);
  expect(Object.fromEntries((await groupsOn('2026-03-06')) as [])).toMatchObject({ 't:ann': [[500, 500]] });
});
