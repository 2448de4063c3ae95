/**
 * Pairs of duties of dunning, as `separation-pairs.ts` has those of the ledger.
 * From: the matrix. Next: `separation-pairs.ts`.
 */
import { defaultChoiceRules } from '../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';
import { ownSource } from '../../shared/formats/text-labels.ts';
import { acme, answered, reason, type Pair } from './separation-pair.ts';

export const dunningPairs: Record<string, Pair> = {
  'plan of instalments': {
    ...{ asks: 'inv.plan.propose', approves: 'inv.plan.approve', as: ['COL', 'CRM'] },
    ask: async (call, n) => {
      const { items } = answered(await call('list-items', `api/accounts/acme/plan-${n}/items`)) as {
        items: { item: string; open: number }[];
      };
      const [{ item, open }] = items as [{ item: string; open: number }];
      // more instalments than a collector agrees alone
      const days = ['2026-12-01', '2026-12-11', '2026-12-21', '2026-12-31'];
      const instalments = days.map((on, at) => ({ on, amount: at === 0 ? open - 3 : 1 }));
      const plan = { currency: 'EUR', itemIds: [item], instalments };
      const path = `${acme}/accounts/plan-${n}/plans`;
      const { planId } = answered(await call('propose-plan', path, plan));
      return `${path}/${String(planId)}/approval`;
    },
    decide: (call, path) => call('approve-plan', path, { reason }),
  },
  'dunning strategy': {
    ...{ asks: 'dun.strategy.edit', approves: 'dun.strategy.approve', as: ['CRM', 'EXE'] },
    ask: async (call, n) => {
      const { proposed } = answered(await call('read-policies', `${acme}/dunning/policies`)) as {
        proposed: { version: number } | null;
      };
      const policies = [...defaultPolicies.slice(n), ...defaultPolicies.slice(0, n)];
      const set = { policies, rules: defaultDunningRules, choice: defaultChoiceRules };
      const body = { ...set, after: proposed?.version ?? 0, reason: `${reason} ${n}` };
      const path = `${acme}/dunning/policies/proposal`;
      return String(answered(await call('propose-policies', path, body))['version']);
    },
    decide: (call, version) =>
      call('approve-policies', `${acme}/dunning/policies/approval`, { version: Number(version), reason }),
  },
  'dunning text': {
    ...{ asks: 'dun.template.edit', approves: 'dun.template.approve', as: ['CRM', 'EXE'] },
    ask: async (call, n) => {
      const path = `${acme}/texts/T2/en`;
      const source = ownSource('en', 'T2').replace('{% part pay %}', `Example ${n}.\n{% part pay %}`);
      const { waiting } = answered(await call('save-text', path, { source, reason })) as {
        waiting: { version: number };
      };
      return `${path}/versions/${waiting.version}/approval`;
    },
    decide: (call, path) => call('approve-text', path, { reason }),
  },
};
