/**
 * The policy an account is judged by today. Chosen anew when something of its own decides (by hand, a hold, a broken
 * promise), and by size once a month with what was learned then.
 * From: the head, master data, the policies of the company. Next: evaluation; `policyChosen` where it is news.
 */
import type { AccountHead, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { PayerHabit } from './dunning-position.ts';
import type { MasterData } from './master-data.ts';
import { customerFacts } from './payer-facts.ts';
import { choosePolicy, type ChoiceRules } from './policy-choice.ts';
import type { Policy } from './policy.ts';

type Rules = {
  today: Day;
  policies: readonly Policy[];
  choice: ChoiceRules;
  habit?: PayerHabit;
  /** Who was a customer before is not new, however little of its history was loaded. */
  goLiveOn?: Day;
};

/** Nobody chases by it: no step, so that what is open stays as it is. */
export const noPolicy: Policy = {
  ...{ id: 'none', version: 1, author: 'dunwell', madeOn: '2026-11-22', reason: 'nobody chases it' },
  ...{ steps: [], gapDays: 7 },
};

/** What was chosen by a rule that a policy no longer there answers for falls back to *Standard*. */
export const choosePolicyOf = (
  head: AccountHead,
  masterData: MasterData,
  items: readonly Pick<AccountItem, 'isIntercompany' | 'method'>[],
  { today, policies, choice, habit, goLiveOn }: Rules,
): { policy: Policy; rule: string } => {
  const { firstInvoiceOn, ...facts } = customerFacts(head, masterData, habit);
  const isNew = firstInvoiceOn !== undefined && goLiveOn !== undefined && firstInvoiceOn >= goLiveOn;
  const isIntercompany =
    facts.isIntercompany || (items.length > 0 && items.every((one) => one.isIntercompany));
  const { policy: id, rule } = choosePolicy(
    { ...facts, isIntercompany, ...(isNew ? { firstInvoiceOn } : {}) },
    today,
    choice,
  );
  if (id === undefined) return { policy: noPolicy, rule };
  const found = policies.find((one) => one.id === id);
  if (found !== undefined) return { policy: found, rule };
  const standard = policies.find((one) => one.id === 'standard');
  return { policy: standard ?? noPolicy, rule: `${rule}-without-policy` };
};
