/**
 * Which policy a customer gets: first match, bounds with slack, and what other bounds would move.
 * From: invented customers. Next: the rule that chose is kept.
 */
import { expect, it } from 'vitest';
import { choosePolicy, defaultChoiceRules, type CustomerFacts } from '../../shared/domain/policy-choice.ts';
import { policyDifferences, stageAfterChange } from '../../shared/domain/policy.ts';
import { day } from '../support/account-examples.ts';
import { policy, today } from '../support/dunning-examples.ts';

const plain: CustomerFacts = {
  ...{ holds: [], isIntercompany: false, paysByDirectDebit: false, isKey: false },
  ...{ firstInvoiceOn: day('2020-01-01'), salesEuroCents: 10_000_000 },
};
const hold = (code: string) => ({ id: code, code, placedOn: today });

it.each<[string, Partial<CustomerFacts>, string | undefined, string]>([
  ['by hand before all else', { policyByHand: 'watch', isIntercompany: true }, 'watch', 'by-hand'],
  ['nobody chases the insolvent', { holds: [hold('insolvent')] }, undefined, 'insolvent'],
  ['nor what is placed', { holds: [hold('placed')] }, undefined, 'placed'],
  ['nor the own group', { isIntercompany: true }, undefined, 'intercompany'],
  ['direct debit before public', { paysByDirectDebit: true, kind: 'government' }, 'debit', 'direct-debit'],
  ['a public body', { kind: 'government' }, 'public', 'public-body'],
  ['a new customer is watched', { firstInvoiceOn: day('2026-05-01'), isKey: true }, 'watch', 'new-customer'],
  ['risk D is watched', { risk: 'D' }, 'watch', 'risk-D'],
  [
    'two broken promises in 90 days',
    { brokenOn: [day('2026-06-01'), day('2026-05-01')] },
    'watch',
    'broken-promises',
  ],
  ['not when one is older', { brokenOn: [day('2026-06-01'), day('2026-01-01')] }, 'standard', 'sales-medium'],
  ['a key by flag', { isKey: true, salesEuroCents: 1 }, 'key', 'key-flag'],
  ['a key by sales', { salesEuroCents: 50_000_000 }, 'key', 'sales-large'],
  ['a small one', { salesEuroCents: 2_499_999 }, 'small', 'sales-small'],
  ['at the bound it is standard', { salesEuroCents: 2_500_000 }, 'standard', 'sales-medium'],
  [
    'a key stays one down to 450,000',
    { salesEuroCents: 45_000_000, policyBefore: 'key' },
    'key',
    'sales-large',
  ],
  ['and falls below it', { salesEuroCents: 44_999_999, policyBefore: 'key' }, 'standard', 'sales-medium'],
  [
    'standard rises from 550,000 on',
    { salesEuroCents: 54_999_999, policyBefore: 'standard' },
    'standard',
    'sales-medium',
  ],
  [
    'a small one stays up to 27,500',
    { salesEuroCents: 2_749_999, policyBefore: 'small' },
    'small',
    'sales-small',
  ],
  [
    'standard falls below 22,500 only',
    { salesEuroCents: 2_300_000, policyBefore: 'standard' },
    'standard',
    'sales-medium',
  ],
])('%s', (_name, facts, expected, rule) => {
  const choice = choosePolicy({ ...plain, ...facts }, today);
  expect([choice.policy, choice.rule]).toEqual([expected, rule]);
});

it('an industry code of any length is matched by its prefix (R131, R132)', () => {
  const rules = {
    ...defaultChoiceRules,
    industries: [{ system: 'sic', prefix: '53', policy: 'key' } as const],
  };
  expect(choosePolicy({ ...plain, sic: '5311' }, today, rules)).toEqual({ policy: 'key', rule: 'sic-53' });
  expect(choosePolicy({ ...plain, sic: '5411' }, today, rules).policy).toBe('standard');
});

it.each([
  ['standard', 'friendly', 2],
  ['standard', 'firm', 6],
  ['watch', 'friendly', 2],
  ['watch', 'clear', 3],
  ['small', undefined, 1],
  ['public', 'final', 5],
] as const)('under %s an item last reminded %s goes on behind stage %s', (id, tone, stage) => {
  expect(stageAfterChange(policy(id), tone)).toBe(stage);
});

it('the difference of two policies names each step that changed (R26)', () => {
  const before = policy('standard');
  const after = {
    ...before,
    steps: before.steps.map((one) => (one.stage === 3 ? { ...one, day: 12 } : one)).slice(0, -1),
  };
  expect(policyDifferences(before, after).map(({ stage }) => stage)).toEqual([3, 8]);
  expect(policyDifferences(before, before)).toEqual([]);
});
