/**
 * Other rules are tried on the accounts as they are: who would move, by which rule, with what they owe; nothing is written,
 * and nobody sees what is not theirs (R131, R132, R137).
 */
import { expect, it } from 'vitest';
import { proposePolicies } from '../../../functions/dunning/keep-policies.ts';
import { listMoves } from '../../../functions/dunning/list-moves.ts';
import { movesQuery } from '../../../shared/contracts/dunning.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { defaultChoiceRules, type ChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld } from './world.ts';

const now = instantFromText(`${today}T07:00:00Z`);
const query = movesQuery.parse({});

const world = async (treatments: Readonly<Record<string, object>>) => {
  const made = await dunningWorld({ goLiveOn: today });
  for (const [accountId, treatment] of Object.entries(treatments)) {
    const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today } as const;
    const paper = { email: `ap@${accountId}.example`, country: 'DE', treatment };
    await made.change(accountId, [noted], now, paper);
    await made.post(accountId, `${today}T03:00:00Z`, late(`item:invoice:${accountId}`, 50_000, 3));
  }
  const propose = async (choice: Partial<ChoiceRules>) => {
    const set = {
      policies: defaultPolicies,
      rules: defaultDunningRules,
      choice: { ...defaultChoiceRules, ...choice },
    };
    const caller = { id: 'tid:crm', principals: ['CRM' as const] };
    const call = { scope, requestId: 'r1', now, caller };
    await proposePolicies(made.parts(), companyId, { ...set, after: 0, reason: 'try' }, call);
  };
  return { ...made, propose };
};

it('an industry given a policy of its own moves its accounts, with their balances, and no others', async () => {
  const { parts, propose, facts } = await world({ steel: { sic: '3312' }, food: { sic: '5411' }, none: {} });
  const before = await facts('steel');
  await propose({ industries: [{ system: 'sic', prefix: '33', policy: 'key' }] });
  const moved = await listMoves(parts(), companyId, query, { scope, now });
  expect(moved).toEqual({
    ok: true,
    value: {
      looked: 3,
      moves: [
        {
          account: 'steel',
          from: { policy: 'small', rule: 'sales-small' },
          to: { policy: 'key', rule: 'sic-33' },
          open: { EUR: 50_000 },
        },
      ],
    },
  });
  expect(await facts('steel')).toEqual(before);
});

it('what a person chose stays, whatever the rules say', async () => {
  const { parts, propose } = await world({ steel: { sic: '3312', policyId: 'small' } });
  await propose({ industries: [{ system: 'sic', prefix: '33', policy: 'key' }] });
  expect(await listMoves(parts(), companyId, query, { scope, now })).toMatchObject({ value: { moves: [] } });
});

it('without a proposal there is nothing to try, and of another company nothing at all', async () => {
  const { parts, propose } = await world({ steel: { sic: '3312' } });
  expect(await listMoves(parts(), companyId, query, { scope, now })).toMatchObject({
    code: 'policy-not-there',
  });
  await propose({ industries: [{ system: 'sic', prefix: '33', policy: 'key' }] });
  const other = scopeOver(['another']);
  expect(await listMoves(parts(), companyId, query, { scope: other, now })).toMatchObject({
    code: 'not-found',
  });
});
