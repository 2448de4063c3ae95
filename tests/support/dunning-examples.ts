/**
 * Accounts, frames and payers for tests of dunning: invented, as few words as a case needs.
 * From: tests of the domain and the bench. Next: the decisions under test.
 */
import { newAccount, type Account, type AccountItem } from '../../shared/domain/account.ts';
import { addDays, dayFromText, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { decidePlan } from '../../shared/domain/decide-plan.ts';
import type { PlanInput } from '../../shared/domain/planned-message.ts';
import {
  dunningFrame,
  type CompanyNow,
  type DunningFrame,
  type PayerFacts,
} from '../../shared/domain/dunning-input.ts';
import { evaluateAccount, type Evaluation } from '../../shared/domain/evaluate-account.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { claimMessage, noteSent } from '../../shared/domain/message-life.ts';
import { amountOf } from '../../shared/domain/money.ts';
import type { PlannedStep } from '../../shared/domain/planned-step.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { sha256 } from '../../shared/azure/entry-hash.ts';
import { factsOf, itemWith, key } from './account-examples.ts';

export const week = { weekend: [6, 7], holidays: new Set<Day>() };
/** A Tuesday. */
export const today = dayFromText('2026-06-16');

export const frameOn = (day: Day = today, more: Partial<CompanyNow> = {}): DunningFrame =>
  dunningFrame({
    ...{ now: instantFromText(`${day}T07:00:00Z`), zone: 'Europe/Berlin', calendar: week, blocks: [] },
    ...{ rules: defaultDunningRules, disclosedFactors: new Set<string>(), hash: sha256 },
    ...more,
  });

export const payer: PayerFacts = { zone: 'Europe/Berlin', calendar: week, invoiceCount: 40 };

export const policy = (id: string): Policy => defaultPolicies.find((one) => one.id === id)!;

/** An invoice of so many cents, so many days overdue; credits with a negative amount. */
export const late = (id: string, cents: number, daysLate: number, more: Partial<Item> = {}): Item => {
  const dueOn = addDays(today, -daysLate);
  const documentOn = addDays(dueOn, -30);
  const kind = more.kind ?? (cents < 0 ? 'creditNote' : 'invoice');
  return itemWith({
    ...{ id, kind, original: amountOf(cents), dueOn, firstDueOn: dueOn, documentOn, postedOn: documentOn },
    ...more,
  });
};

/** Reminded at a stage so many days ago. */
export const remindedAt = (stage: number, daysAgo: number, policyId = 'standard'): Partial<Item> => {
  const step = policy(policyId).steps.find((one) => one.stage === stage && one.day > 0);
  const tone = step?.tone === undefined ? {} : { tone: step.tone };
  return {
    stage,
    carriedBy: `message:before:${stage}`,
    reminded: { policyId, ...tone, on: addDays(today, -daysAgo) },
  };
};

export const accountOf = (...items: Item[]): Account =>
  items.reduce((account, item) => {
    const { references, open: _open, ...rest } = item;
    return evolve(account, factsOf(postItem(account, { ...rest, references, open: item.original })));
  }, newAccount(key));

export const openOf = ({ items }: Account): AccountItem[] =>
  [...items.values()].filter(({ open }) => open !== 0);

type Choice = { policy?: string; payer?: Partial<PayerFacts>; frame?: DunningFrame };

export const inputOf = (account: Account, choice: Choice = {}): PlanInput => ({
  ...{ head: account.head, items: openOf(account), rule: 'test' },
  policy: policy(choice.policy ?? 'standard'),
  payer: { ...payer, ...choice.payer },
});

export const evaluated = (account: Account, choice: Choice = {}): Evaluation =>
  evaluateAccount(inputOf(account, choice), choice.frame ?? frameOn());

export const planned = (account: Account, choice: Choice = {}): Fact[] =>
  decidePlan(account, inputOf(account, choice), choice.frame ?? frameOn());

export const mailOf = ({ steps }: Evaluation): PlannedStep | undefined =>
  steps.find(({ channel }) => channel === 'mail');

/** Plans on a day and, where a mail comes out, sends it; says what was planned. */
export const dayOf = (
  account: Account,
  on: Day,
  choice: Choice = {},
): { account: Account; facts: Fact[] } => {
  const frame = choice.frame ?? frameOn(on);
  const facts = planned(account, { ...choice, frame });
  let after = facts.length === 0 ? account : evolve(account, facts);
  const message = facts.flatMap((fact) => (fact.kind === 'messagePlanned' ? [fact.message] : []))[0];
  if (message === undefined || message.needs.length > 0) return { account: after, facts };
  const claim = { messageId: message.id, operationId: `op:${message.id}`, at: `${on}T08:00:00Z`, on };
  for (const decide of [
    (one: Account) => claimMessage(one, claim),
    (one: Account) => noteSent(one, message, on),
  ]) {
    const decision = decide(after);
    if (!decision.ok) throw new Error(decision.code);
    after = evolve(after, decision.value);
  }
  return { account: after, facts };
};
