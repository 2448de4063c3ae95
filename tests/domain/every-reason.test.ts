/**
 * Every reason of the list is the answer of planner or gate to an account for which it holds: none is a word that never
 * comes. The two that only the mail workflow gives (a full quota, a text that cannot be made) are shown where it is tested.
 * From: invented accounts. Next: what is stored, shown and counted.
 */
import { expect, it } from 'vitest';
import type { Account } from '../../shared/domain/account.ts';
import { addDays, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { passGate } from '../../shared/domain/dunning-gate.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { agreePlan } from '../../shared/domain/payment-plan.ts';
import { reduceItem } from '../../shared/domain/reduce-item.ts';
import { withheldReasons, type WithheldReason } from '../../shared/domain/withheld-reasons.ts';
import { factsOf, money } from '../support/account-examples.ts';
import {
  accountOf,
  evaluated,
  frameOn,
  inputOf,
  late,
  planned,
  remindedAt,
  today,
} from '../support/dunning-examples.ts';

type ByMail = 'quota-wait' | 'not-rendered';
type Choice = Parameters<typeof inputOf>[1];
type Told = readonly string[];

const one = (more: Partial<Item> = {}): Account => accountOf(late('a', 50_000, 4, more));
const told = (account: Account, choice: Choice = {}): Told => {
  const { account: all, items, steps } = evaluated(account, choice);
  expect(steps.filter(({ channel }) => channel === 'mail')).toEqual([]);
  return [...all, ...items.map(({ reason }) => reason)];
};
const held = (code: string, itemIds?: string[]): Told =>
  told(
    evolve(one(), [
      {
        kind: 'holdPlaced',
        hold: { id: code, code, placedOn: today, ...(itemIds && { itemIds }) },
        on: today,
      },
    ]),
  );
/** Part of the account's items as its journal made them: what holds a part has a record of its own. */
const part = (code: 'promised' | 'disputed'): Told => {
  const account = one();
  const item = account.items.get('a')!;
  const heldParts = [{ id: code, code, amount: money(50_000), untilOn: addDays(today, 5) }];
  return told({ ...account, items: new Map([['a', { ...item, heldParts }]]) });
};
const blocked = (block: WithheldReason): Told => told(one(), { frame: frameOn(today, { blocks: [block] }) });
const unreachable = (
  contactProblem: 'no-valid-contact' | 'bounced' | 'language-missing' | 'opted-out' | 'suppressed',
): Told => told(one(), { payer: { contactProblem } });

/** Planned at nine in the morning; what the gate says of it to an account that has gone on. */
const atGate = (
  { items = [late('a', 50_000, 4)], choice = {} }: { items?: Item[]; choice?: Choice },
  then: (account: Account) => readonly Fact[] = () => [],
  now = `${today}T07:00:00Z`,
): Told => {
  const start = accountOf(...items);
  const facts = planned(start, choice);
  const message = facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message] : []))[0];
  const waiting = evolve(start, facts);
  const later = evolve(waiting, then(waiting));
  const at = { ...choice, frame: frameOn(today, { ...choice?.frame, now: instantFromText(now) }) };
  const known = [...later.items.values()];
  const answer = passGate(message as PlannedMessage, { ...inputOf(later, at), items: known }, at.frame);
  if (answer.is === 'wait') return [answer.reason];
  return answer.is === 'withhold' ? answer.reasons : [answer.is];
};

const contact = (daysAgo: number, by: 'auto' | 'person' = 'auto'): Fact => {
  const on = addDays(today, -daysAgo);
  return { kind: 'contactMade', contact: { on, by, channel: 'mail', tone: 'courtesy' }, on };
};
const inPlan = (): Told => {
  const account = one();
  const plan = agreePlan(account, {
    ...{ planId: 'plan:1', by: 'collector', person: 'u1', currency: 'EUR', itemIds: ['a'], on: today },
    instalments: [10, 30].map((days) => ({ on: addDays(today, days), amount: money(25_000) })),
  });
  return told(evolve(account, factsOf(plan)));
};
const paid = { itemId: 'a', changeId: 'pay:a', by: 'payment', amount: money(50_000), on: today } as const;
const inDoubt = (): Told => {
  const start = one();
  const after = evolve(start, planned(start));
  const message = { ...after.head.dunning.message!, state: 'inDoubt' as const };
  return told({ ...after, head: { ...after.head, dunning: { ...after.head.dunning, message } } });
};

const cases: Record<Exclude<WithheldReason, ByMail>, () => Told> = {
  paid: () => atGate({}, (account) => factsOf(reduceItem(account, paid))),
  'payment-pending': () =>
    told(
      evolve(one(), [
        {
          ...{ kind: 'provisionalNoted', itemId: 'a', receiptId: 'r', amount: money(50_000) },
          currency: 'EUR',
          on: today,
        },
      ]),
    ),
  'covered-by-cash': () =>
    told(accountOf(late('a', 50_000, 4), late('p', -50_000, 4, { kind: 'paymentOnAccount' }))),
  'covered-by-credit': () => told(accountOf(late('a', 50_000, 4), late('k', -50_000, 4))),
  'below-minimum': () => told(accountOf(late('a', 2_499, 4))),
  promised: () => part('promised'),
  'ap-approved': () => held('ap-approved', ['a']),
  disputed: () => part('disputed'),
  'query-open': () => held('query-open', ['a']),
  'says-paid': () => held('says-paid', ['a']),
  'in-plan': inPlan,
  'on-hold': () => held('waiting for the buyer'),
  'sales-hold': () => held('sales-hold'),
  'reply-waiting': () => held('reply-waiting'),
  'recent-contact': () => told(evolve(one(), [contact(2, 'person')])),
  'frequency-cap': () => told(evolve(one(), [contact(1), contact(5)]), { policy: 'watch' }),
  'quiet-hours': () => atGate({}, undefined, `${today}T18:30:00Z`),
  holiday: () =>
    atGate({ choice: { payer: { calendar: { weekend: [6, 7], holidays: new Set<Day>([today]) } } } }),
  'no-valid-contact': () => unreachable('no-valid-contact'),
  bounced: () => unreachable('bounced'),
  'language-missing': () => unreachable('language-missing'),
  'opted-out': () => unreachable('opted-out'),
  suppressed: () => unreachable('suppressed'),
  'approval-waiting': () => atGate({ items: [late('a', 90_000, 50, remindedAt(6, 9))] }),
  'draft-mode': () => atGate({ choice: { frame: frameOn(today, { goLiveOn: addDays(today, -1) }) } }),
  'feed-stale': () => blocked('feed-stale'),
  'cash-stale': () => blocked('cash-stale'),
  'reconciliation-red': () => blocked('reconciliation-red'),
  'stop-all': () => blocked('stop-all'),
  'source-row-refused': () => told(one({ faults: ['source-row-refused'] })),
  'erp-dunning-block': () => told(one({ erpBlock: 'D' })),
  factored: () =>
    told(one({ assignedTo: 'f1' }), { frame: frameOn(today, { disclosedFactors: new Set(['f1']) }) }),
  'direct-debit': () => told(one({ method: 'directDebit' })),
  'draft-not-matured': () =>
    told(accountOf(late('a', 200_000, -4, { kind: 'draft' })), { payer: { invoiceCount: 1 } }),
  retention: () => told(one({ retention: { amount: money(50_000) } })),
  placed: () => held('placed'),
  legal: () => held('legal'),
  insolvent: () => held('insolvent'),
  intercompany: () => told(one({ isIntercompany: true })),
  'in-doubt': inDoubt,
  'pay-run-wait': () => told(one(), { payer: { usualLatenessDays: 4, payRunsOn: [addDays(today, 3)] } }),
  'at-final': () => told(accountOf(late('a', 90_000, 50, remindedAt(7, 3)), late('b', 60_000, 4))),
  'review-list': () =>
    told(accountOf(late('a', 90_000, 91)), { frame: frameOn(today, { goLiveOn: addDays(today, -1) }) }),
};

it.each(Object.entries(cases))('%s', (reason, scene) => {
  expect(scene()).toContain(reason);
});

it('before the due day, too: a courtesy that is kept back says why, once its day has come', () => {
  const items = (daysLeft: number) => accountOf(late('a', 200_000, -daysLeft, { erpBlock: 'D' }));
  expect(told(items(5), { payer: { invoiceCount: 1 } })).toEqual(['erp-dunning-block']);
  expect(told(items(6), { payer: { invoiceCount: 1 } })).toEqual([]);
  expect(told(items(5))).toEqual([]);
});

it('that is all of them but the two of the mail workflow', () => {
  expect(Object.keys(cases).concat('quota-wait', 'not-rendered').toSorted()).toEqual(
    Object.keys(withheldReasons).toSorted(),
  );
});
