/**
 * Policies as settings: the six as delivered pass, what would frighten or confuse a customer does not.
 * From: the defaults, changed. Next: nobody can save such a policy.
 */
import { expect, it } from 'vitest';
import { policySetting } from '../../shared/contracts/policies.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { policyIds, type Policy, type PolicyStep } from '../../shared/domain/policy.ts';

const standard = defaultPolicies[0]!;
const changed = (stage: number, change: Partial<PolicyStep>): Policy => ({
  ...standard,
  steps: standard.steps.map((step) => (step.stage === stage ? { ...step, ...change } : step)),
});

it('the six policies are delivered as they may be saved', () => {
  expect(defaultPolicies.map(({ id }) => id)).toEqual([...policyIds]);
  for (const policy of defaultPolicies) expect(policySetting.parse(policy)).toEqual(policy);
});

it.each<[string, Policy]>([
  ['a softer tone after a harder one', changed(5, { tone: 'friendly' })],
  ['a later stage on an earlier day', changed(5, { day: 9 })],
  ['a mail without a text', changed(3, { text: undefined })],
  ['a courtesy for what is overdue', changed(2, { tone: 'courtesy' })],
  ['a negative amount', changed(3, { fromEuroCents: -1 })],
  ['no steps', { ...standard, steps: [] }],
  ['no reason for the version', { ...standard, reason: '' }],
])('%s is not taken', (_name, policy) => {
  expect(policySetting.safeParse(policy).success).toBe(false);
});
