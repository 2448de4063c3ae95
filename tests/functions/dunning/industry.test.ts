/**
 * Customers are found by their industry: by the first digits of a SIC code (R131) or of a NAICS code (R132), all of them and
 * not only those other rules would move, with how many they are and what they owe, by currency; the industry is then given a
 * policy, and they have it.
 */
import { describe, expect, it } from 'vitest';
import { listIndustry } from '../../../functions/dunning/list-industry.ts';
import { industryQuery } from '../../../shared/contracts/dunning.ts';
import { treatmentBody } from '../../../shared/contracts/dunning-account.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { scopeOver, type Scope } from '../../../shared/domain/scope.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, dunningWorld } from './world.ts';

const codes = {
  ...{ steel: { sic: '3312' }, iron: { sic: '3321' }, glass: { sic: '3211' }, crops: { sic: '0133' } },
  ...{ sugar: { naics: '311313' }, bakery: { naics: '311811' }, sector: { naics: '31' }, none: {} },
};

/** Each owes 100.00 more than the one before it; steel owes dollars besides. */
const world = async () => {
  const made = await dunningWorld({ goLiveOn: '2020-01-01' });
  for (const [n, [accountId, treatment]] of Object.entries(codes).entries()) {
    const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today } as const;
    const paper = { email: `ap@${accountId}.example`, country: 'DE', treatment };
    await made.change(accountId, [noted], instantFromText(`${today}T02:00:00Z`), paper);
    const invoice = late(`item:invoice:${accountId}`, (n + 1) * 10_000, 17);
    await made.post(accountId, `${today}T03:00:00Z`, invoice);
  }
  const dollars = late('item:invoice:steel-usd', 7_00, 17);
  await made.post('steel', `${today}T03:00:00Z`, { ...dollars, currency: 'USD' });
  const find = async (query: object, scope: Scope = everything) => {
    const listed = await listIndustry(made.parts(), companyId, industryQuery.parse(query), scope);
    if (!listed.ok) return listed.code;
    const { accounts, count, open, looked } = listed.value;
    expect(count).toBe(accounts.length);
    return { names: accounts.map(({ account }) => account), open, looked };
  };
  return { ...made, find };
};

describe('customers of an industry', () => {
  it.each<[object, string[], Record<string, number>]>([
    [{ sic: '3' }, ['glass', 'iron', 'steel'], { EUR: 60_000, USD: 700 }],
    [{ sic: '33' }, ['iron', 'steel'], { EUR: 30_000, USD: 700 }],
    [{ sic: '331' }, ['steel'], { EUR: 10_000, USD: 700 }],
    [{ sic: '3312' }, ['steel'], { EUR: 10_000, USD: 700 }],
    [{ sic: '0' }, ['crops'], { EUR: 40_000 }],
    [{ sic: '12' }, [], {}],
    [{ naics: '31' }, ['bakery', 'sector', 'sugar'], { EUR: 180_000 }],
    [{ naics: '3118' }, ['bakery'], { EUR: 60_000 }],
    [{ naics: '311313' }, ['sugar'], { EUR: 50_000 }],
    [{ naics: '33' }, [], {}],
  ])('by %o: who, how many, and what they owe by currency', async (query, names, open) => {
    const { find } = await world();
    expect(await find(query)).toEqual({ names, open, looked: 8 });
  });

  it.each([
    [{ sic: '33123' }],
    [{ sic: '' }],
    [{ sic: '3x' }],
    [{ naics: '3' }],
    [{ naics: '3118111' }],
    [{}],
    [{ sic: '33', naics: '31' }],
  ])('%o is no part of one code', (query) => {
    expect(industryQuery.safeParse(query).success).toBe(false);
  });

  it('a code has four digits of SIC, two to six of NAICS', () => {
    const isTaken = (body: object) => treatmentBody.safeParse(body).success;
    expect(['331', '3312', '33123'].map((sic) => isTaken({ sic }))).toEqual([false, true, false]);
    expect(['3', '31', '311811', '3118111'].map((naics) => isTaken({ naics }))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  it('of another company are nobody', async () => {
    const { find } = await world();
    expect(await find({ sic: '3' }, scopeOver(['another']))).toBe('not-found');
  });

  it('are given a policy by the same digits, and have it; they are found as before', async () => {
    const { find, set, tell, tick, parts, head } = await world();
    const industries = [
      { system: 'sic', prefix: '33', policy: 'watch' },
      { system: 'naics', prefix: '3118', policy: 'key' },
    ];
    const rules = { policies: defaultPolicies, rules: defaultDunningRules };
    await set('policies', { ...rules, choice: { ...defaultChoiceRules, newForDays: 10, industries } });
    const before = await find({ sic: '33' });
    await tell(`${today}T03:05:00Z`);
    await tick(`${today}T08:30:00Z`);
    expect(await find({ sic: '33' })).toEqual(before);
    const policyOf = async (query: object) => {
      const listed = await listIndustry(parts(), companyId, industryQuery.parse(query), everything);
      return listed.ok ? listed.value.accounts.map(({ policy, rule }) => [policy, rule]) : [];
    };
    expect(await policyOf({ sic: '33' })).toEqual([
      ['watch', 'sic-33'],
      ['watch', 'sic-33'],
    ]);
    expect(await policyOf({ naics: '3118' })).toEqual([['key', 'naics-3118']]);
    expect((await head('glass')).dunning.policy?.rule).not.toContain('sic');
  });
});
