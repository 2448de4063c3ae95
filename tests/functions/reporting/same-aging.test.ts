/**
 * Everyone works from the same aging (R3): two people who ask for the same instant are told the same bytes, whatever
 * happened to the figures in between; and buckets and columns add up to the open ledger with every kind of item there is.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readBalances } from '../../../functions/reporting/read-balances.ts';
import type { AgingAnswer, AgingQuery } from '../../../shared/contracts/reporting.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { evolve } from '../../../shared/domain/evolve.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { after, day, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';
import { agingOn, appendFacts, companyId, newWorld, type World } from './projection-support.ts';

const asOf = day('2026-06-30');

/** An item of 100.00 posted in January, due this many days before the day asked for. */
type Given = Partial<Omit<Item, 'kind'>> & { kind?: Item['kind']; ago: number };

const postedOn = day('2026-01-02');
const dueDays: Record<number, string> = {
  ...{ [-40]: '2026-08-09', 0: '2026-06-30', 1: '2026-06-29', 30: '2026-05-31', 31: '2026-05-30' },
  ...{ 60: '2026-05-01', 61: '2026-04-30', 90: '2026-04-01', 91: '2026-03-31' },
};
const retained = { amount: money(1_000), releaseOn: day('2026-07-15') };
const released = { amount: money(1_000), releaseOn: day('2026-06-10') };

/** Each kind of item the ledger keeps, and where all of it stands on that day. */
const kinds: [string, Given, Record<string, number>][] = [
  ['an invoice not due yet', { ago: -40 }, { notDue: 10_000 }],
  ['an invoice due that day', { ago: 0 }, { notDue: 10_000 }],
  ['an invoice a day late', { ago: 1 }, { '1-30': 10_000 }],
  ['an invoice 30 days late', { ago: 30 }, { '1-30': 10_000 }],
  ['an invoice 31 days late', { ago: 31 }, { '31-60': 10_000 }],
  ['an invoice 60 days late', { ago: 60 }, { '31-60': 10_000 }],
  ['an invoice 61 days late', { ago: 61 }, { '61-90': 10_000 }],
  ['an invoice 90 days late', { ago: 90 }, { '61-90': 10_000 }],
  ['an invoice 91 days late', { ago: 91 }, { '91+': 10_000 }],
  ['a debit note', { kind: 'debitNote', ago: 31 }, { '31-60': 10_000 }],
  ['an instalment, by its own due day', { part: '2', ago: 1 }, { '1-30': 10_000 }],
  ['a credit note', { kind: 'creditNote', ago: 31 }, { credits: -10_000 }],
  ['a payment on account', { kind: 'paymentOnAccount', ago: 31 }, { credits: -10_000 }],
  ['a deduction', { kind: 'deduction', ago: 61 }, { '61-90': 10_000, 'of which deductions': 10_000 }],
  ['a draft before maturity', { kind: 'draft', ago: -40 }, { drafts: 10_000 }],
  ['a draft that has matured', { kind: 'draft', ago: 31 }, { '31-60': 10_000 }],
  ['a retention before release', { kind: 'retention', ago: 1, retention: retained }, { retention: 10_000 }],
  ['a retention that is released', { kind: 'retention', ago: 31, retention: released }, { '1-30': 10_000 }],
  [
    'an invoice of which a part is retained',
    { ago: 31, retention: retained },
    { '31-60': 9_000, retention: 1_000 },
  ],
  ['interest', { kind: 'interest', ago: 31 }, { '31-60': 10_000 }],
  ['a fee', { kind: 'fee', ago: 31 }, { '31-60': 10_000 }],
  ['a down-payment request', { kind: 'downPaymentRequest', ago: 31 }, { outside: 10_000 }],
  ['intercompany debt', { isIntercompany: true, ago: 31 }, { 'intercompany 31-60': 10_000 }],
  [
    'an intercompany credit',
    { isIntercompany: true, kind: 'creditNote', ago: 31 },
    { 'intercompany credits': -10_000 },
  ],
];

const itemOf = ({ ago, kind = 'invoice', ...more }: Given, n: number): Item => {
  const dueOn = day(dueDays[ago]!);
  const own = { kind, documentOn: postedOn, postedOn, dueOn, firstDueOn: dueOn };
  return itemWith({ id: `item:${kind}:${n}`, number: String(n), ...own, ...more });
};

const post = async (world: World, accountId: string, item: Item, on = '2026-01-02'): Promise<void> =>
  projectEvents(await appendFacts(world, accountId, on, factsOf(postItem(after(), item))), everything, world);

/** All places that hold something, and what is open as aging and as live totals say it. */
const places = (answer: AgingAnswer): Record<string, number> => {
  const [sums] = answer.groups[0]?.currencies ?? [];
  if (sums === undefined) return {};
  const { receivables, intercompany, outside } = sums;
  const named = [
    ...Object.entries({ ...receivables.buckets, ...receivables.columns }),
    ['of which deductions', receivables.ofWhichDeductions] as const,
    ...Object.entries({ ...intercompany.buckets, ...intercompany.columns }).map(
      ([name, amount]) => [`intercompany ${name}`, amount] as const,
    ),
    ['outside', outside] as const,
  ];
  return Object.fromEntries(named.filter(([, amount]) => amount !== 0));
};
const sumOf = ({ 'of which deductions': _again, ...held }: Record<string, number>): number =>
  Object.values(held).reduce((all, one) => all + one, 0);
const liveOpen = async ({ reports }: World): Promise<number | undefined> => {
  const answer = await readBalances({ company: [companyId] }, everything, { reports, bookOf: ownBook });
  return answer.ok ? answer.value.companies[0]?.openByCurrency['EUR'] : undefined;
};

describe('where each kind of item stands', () => {
  it.each(kinds)('%s', async (_kind, given, expected) => {
    const world = newWorld();
    await post(world, 'a', itemOf(given, 1));
    const found = places(await agingOn(world, asOf, 'known'));
    expect(found).toEqual(expected);
    expect(sumOf(found)).toBe(await liveOpen(world));
  });

  it('what is written off or paid stands nowhere', async () => {
    const world = newWorld();
    for (const [n, by] of (['writeOff', 'payment'] as const).entries()) {
      const item = itemOf({ ago: 31 }, n);
      const account = evolve(after(), factsOf(postItem(after(), item)));
      const reduced = { itemId: item.id, changeId: by, by, amount: money(10_000), on: day('2026-06-01') };
      await post(world, `a${n}`, item);
      const facts = factsOf(reduceItem(account, reduced));
      const events = await appendFacts(world, `a${n}`, '2026-06-01', facts, [item.id]);
      await projectEvents(events, everything, world);
    }
    expect(places(await agingOn(world, asOf, 'known'))).toEqual({});
    expect(places(await agingOn(world, day('2026-05-31'), 'known'))).toEqual({ '1-30': 20_000 });
  });

  it('what is contested stands apart where that is asked for, as long as it is contested', async () => {
    const world = newWorld();
    const item = itemOf({ ago: 31 }, 1);
    await post(world, 'a', item);
    const held = { id: 'dispute:1', code: 'disputed' as const, amount: money(3_000) };
    const on = day('2026-06-01');
    const named = { id: 'dispute:1', code: 'PRICE', state: 'opened' as const, owner: 'u:1' };
    const stands = { ...named, currency: 'EUR', held: held.amount };
    const change = async (text: string, facts: readonly Fact[]) =>
      projectEvents(await appendFacts(world, 'a', text, facts, [item.id]), everything, world);
    await change('2026-06-01', [
      { kind: 'partHeld', itemId: item.id, part: held, on },
      { kind: 'disputeStands', disputeId: 'dispute:1', stands, on },
    ]);
    const later = day('2026-06-20');
    await change('2026-06-20', [
      { kind: 'partFreed', itemId: item.id, partId: 'dispute:1', on: later },
      { kind: 'disputeStands', disputeId: 'dispute:1', on: later },
    ]);
    const apart = async (text: string) =>
      places(await agingOn(world, day(text), 'known', { disputed: 'apart' }));
    expect(await apart('2026-05-31')).toEqual({ '1-30': 10_000 });
    expect(await apart('2026-06-19')).toEqual({ '1-30': 7_000, disputed: 3_000 });
    expect(places(await agingOn(world, day('2026-06-19'), 'known'))).toEqual({ '1-30': 10_000 });
    expect(await apart('2026-06-20')).toEqual({ '1-30': 10_000 });
  });

  it('of all of them together, buckets and columns are the open ledger to the cent', async () => {
    const world = newWorld();
    const total: Record<string, number> = {};
    for (const [n, [, given, expected]] of kinds.entries()) {
      await post(world, `a${n}`, itemOf(given, n));
      for (const [place, amount] of Object.entries(expected)) total[place] = (total[place] ?? 0) + amount;
    }
    const answer = await agingOn(world, asOf, 'known');
    expect(places(answer)).toEqual(total);
    expect(sumOf(total)).toBe(180_000);
    expect(answer.groups[0]?.currencies[0]?.open).toBe(180_000);
    expect(await liveOpen(world)).toBe(180_000);
  });
});

describe('two people who ask for the same instant', () => {
  let world: World;
  beforeAll(async () => {
    world = newWorld();
    for (const [n, [, given]] of kinds.entries()) {
      await post(world, `a${n}`, itemOf(given, n));
      await post(world, `a${n}`, { ...itemOf(given, 100 + n), currency: 'USD' });
    }
  });
  const [executive, manager] = [everything, scopeOver([companyId, 'other'])];
  const bytes = async (
    scope = executive,
    query: Partial<AgingQuery> = {},
    view: 'known' | 'corrected' = 'known',
  ) => JSON.stringify((await agingOn(world, asOf, view, query, scope)).groups);

  it.each<[Partial<AgingQuery>]>([
    [{ scheme: 'standard' }],
    [{ scheme: 'fine' }],
    [{ scheme: 'ahead' }],
    [{ basis: 'document' }],
    [{ by: 'currency' }],
    [{ by: 'collector' }],
    [{ by: 'segment' }],
  ])('are told the same bytes, before and after figures are folded: %j', async (query) => {
    const first = await bytes(executive, query);
    expect(first.length).toBeGreaterThan(100);
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, world.reports);
    expect(await bytes(manager, query)).toBe(first);
    await post(world, JSON.stringify(query), itemOf({ ago: 1 }, 900), '2026-07-03');
  });

  it('are told as it was known then, whatever is booked for that time later', async () => {
    const first = await bytes();
    await post(world, 'late', itemOf({ ago: 31 }, 800), '2026-07-02');
    expect(await bytes(manager)).toBe(first);
    expect(await bytes(manager, {}, 'corrected')).not.toBe(first);
  });
});
