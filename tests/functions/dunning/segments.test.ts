/**
 * Customers by what they are: the same overdue invoice in two segments gets two policies, and the account says which rule
 * chose (R136); large, medium and small by a year of sales with slack, established and new by the first invoice, looked at
 * anew on the first of the month and told where they change (R133, R134); public bodies by their own policy (R135).
 * From: invented accounts on in-memory ports. Next: the mornings of each.
 */
import { describe, expect, it } from 'vitest';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import {
  choosePolicy,
  defaultChoiceRules,
  type CustomerFacts,
} from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { linesOf } from '../../../shared/domain/timeline-words.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { dunningWorld } from './world.ts';

const worldOf = async (treatments: Readonly<Record<string, object>>, choice: object = {}) => {
  const world = await dunningWorld({ goLiveOn: '2020-01-01' });
  const set = { policies: defaultPolicies, rules: defaultDunningRules };
  await world.set('policies', { ...set, choice: { ...defaultChoiceRules, newForDays: 10, ...choice } });
  for (const [accountId, treatment] of Object.entries(treatments)) {
    const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today } as const;
    const paper = { email: `ap@${accountId}.example`, country: 'DE', treatment };
    await world.change(accountId, [noted], instantFromText(`${today}T02:00:00Z`), paper);
    await world.post(accountId, `${today}T03:00:00Z`, late(`item:invoice:${accountId}`, 60_000, 17));
  }
  await world.tell(`${today}T03:05:00Z`);
  await world.tick(`${today}T08:30:00Z`);
  return world;
};

describe('the same overdue invoice', () => {
  it('of two industries, and of a public body, has a policy each; the account says which rule chose it', async () => {
    const treatments = {
      ...{ steel: { sic: '3312' }, food: { naics: '311811' }, town: { kind: 'government' } },
      ...{ shop: { sic: '5411' } },
    };
    const world = await worldOf(treatments, {
      industries: [
        { system: 'sic', prefix: '33', policy: 'watch' },
        { system: 'naics', prefix: '3118', policy: 'key' },
      ],
    });
    const chosen: Record<string, [string | undefined, string | undefined, string | undefined]> = {};
    for (const account of Object.keys(treatments)) {
      const { policy } = (await world.head(account)).dunning;
      const [mail] = await world.planned(account);
      chosen[account] = [policy?.id, policy?.rule, mail?.policyId];
    }
    expect(chosen['steel']).toEqual(['watch', 'sic-33', 'watch']);
    expect(chosen['food']).toEqual(['key', 'naics-3118', 'key']);
    expect(chosen['town']).toEqual(['public', 'public-body', 'public']);
    expect(chosen['shop']?.[0]).not.toBe('watch');
  });

  it('that changes its segment has the new policy from the next look on, and its journal says so', async () => {
    const world = await worldOf({ a1: {} });
    const before = (await world.head('a1')).dunning.policy;
    const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: addDays(today, 1) } as const;
    const paper: MasterData = { email: 'ap@a1.example', country: 'DE', treatment: { kind: 'government' } };
    await world.change('a1', [noted], instantFromText(`${addDays(today, 1)}T02:00:00Z`), paper);
    for (let day = 1; day <= 10; day += 1) {
      await world.tell(`${addDays(today, day)}T08:20:00Z`);
      await world.tick(`${addDays(today, day)}T08:30:00Z`);
    }
    expect((await world.head('a1')).dunning.policy).toMatchObject({ id: 'public', rule: 'public-body' });
    expect(before?.id).not.toBe('public');
    const lines = (await world.entries('a1')).flatMap(linesOf).map(({ kind, text }) => `${kind}: ${text}`);
    expect(lines.filter((line) => line.startsWith('policyChosen')).at(-1)).toContain('public');
  });
});

describe('bounds a credit manager sets', () => {
  const facts = (more: Partial<CustomerFacts>): CustomerFacts => ({
    ...{ holds: [], isIntercompany: false, paysByDirectDebit: false, isKey: false },
    ...{ firstInvoiceOn: '2020-01-01' as Day, ...more },
  });
  const bands = { ...defaultChoiceRules, keyFromEuroCents: 1_000_000, smallBelowEuroCents: 100_000 };

  it('of sales: large, medium, small; a bound holds back a tenth for who is inside it already', () => {
    const of = (salesEuroCents: number, policyBefore?: string) =>
      choosePolicy(facts({ salesEuroCents, ...(policyBefore && { policyBefore }) }), today, bands).rule;
    expect([of(1_000_000), of(999_999), of(100_000), of(99_999)]).toEqual([
      ...['sales-large', 'sales-medium', 'sales-medium', 'sales-small'],
    ]);
    expect([of(900_000, 'key'), of(899_999, 'key')]).toEqual(['sales-large', 'sales-medium']);
    expect([of(1_099_999, 'standard'), of(1_100_000, 'standard')]).toEqual(['sales-medium', 'sales-large']);
    expect([of(109_999, 'small'), of(110_000, 'small')]).toEqual(['sales-small', 'sales-medium']);
  });

  it('of the first invoice: new for as many days as set, established after', () => {
    const of = (daysAgo: number, newForDays: number) =>
      choosePolicy(facts({ firstInvoiceOn: addDays(today, -daysAgo) }), today, { ...bands, newForDays }).rule;
    expect([of(179, 180), of(180, 180), of(29, 30), of(30, 30)]).toEqual([
      ...['new-customer', 'sales-unknown', 'new-customer', 'sales-unknown'],
    ]);
  });
});
