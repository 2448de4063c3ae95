/**
 * Which policy an account has (`defaults.md` §4.2): the first rule that fits; bounds with 10 % hysteresis, so that a
 * customer near one does not change every month (R131–R137).
 * From: what is known of a customer, settings. Next: `policyChosen`, kept with the rule that chose it; simulations.
 */
import { addDays, type Day } from './calendar.ts';
import type { Hold } from './account.ts';
import type { PolicyId } from './policy.ts';

export type CustomerFacts = {
  /** By hand. */
  policyByHand?: PolicyId;
  holds: readonly Hold[];
  isIntercompany: boolean;
  paysByDirectDebit: boolean;
  kind?: 'commercial' | 'wholesale' | 'manufacturer' | 'government';
  /** Industry codes, prefixes of which may be given a policy. */
  sic?: string;
  naics?: string;
  firstInvoiceOn?: Day;
  risk?: 'A' | 'B' | 'C' | 'D';
  brokenOn?: readonly Day[];
  isKey: boolean;
  /** Of the last 12 months, in euro cents; absent where no sales are known. */
  salesEuroCents?: number;
  policyBefore?: PolicyId;
};

export type ChoiceRules = {
  newForDays: number;
  brokenPromises: { count: number; days: number };
  keyFromEuroCents: number;
  smallBelowEuroCents: number;
  hysteresisPercent: number;
  /** Of a company's own, by prefix of an industry code; before the bounds of sales. */
  industries: readonly { system: 'sic' | 'naics'; prefix: string; policy: PolicyId }[];
};

export const defaultChoiceRules: ChoiceRules = {
  newForDays: 180,
  brokenPromises: { count: 2, days: 90 },
  keyFromEuroCents: 50_000_000,
  smallBelowEuroCents: 2_500_000,
  hysteresisPercent: 10,
  industries: [],
};

/** `policy` undefined: nobody chases it automatically. */
export type PolicyChoice = { policy?: PolicyId; rule: string };

export const choosePolicy = (
  facts: CustomerFacts,
  today: Day,
  rules: ChoiceRules = defaultChoiceRules,
): PolicyChoice => {
  if (facts.policyByHand !== undefined) return { policy: facts.policyByHand, rule: 'by-hand' };
  const stopped = facts.holds.find(
    ({ code, itemIds }) => itemIds === undefined && ['insolvent', 'placed', 'legal'].includes(code),
  );
  if (stopped !== undefined) return { rule: stopped.code };
  if (facts.isIntercompany) return { rule: 'intercompany' };
  if (facts.paysByDirectDebit) return { policy: 'debit', rule: 'direct-debit' };
  if (facts.kind === 'government') return { policy: 'public', rule: 'public-body' };
  return watchOf(facts, today, rules) ?? industryOf(facts, rules) ?? bySize(facts, rules);
};

const watchOf = (
  { firstInvoiceOn, risk, brokenOn = [] }: CustomerFacts,
  today: Day,
  rules: ChoiceRules,
): PolicyChoice | undefined => {
  const { newForDays, brokenPromises } = rules;
  if (firstInvoiceOn !== undefined && firstInvoiceOn > addDays(today, -newForDays))
    return { policy: 'watch', rule: 'new-customer' };
  if (risk === 'D') return { policy: 'watch', rule: 'risk-D' };
  const since = addDays(today, -brokenPromises.days);
  return brokenOn.filter((on) => on > since).length >= brokenPromises.count
    ? { policy: 'watch', rule: 'broken-promises' }
    : undefined;
};

const industryOf = (facts: CustomerFacts, { industries }: ChoiceRules): PolicyChoice | undefined => {
  const found = industries.find(({ system, prefix }) => facts[system]?.startsWith(prefix));
  return found && { policy: found.policy, rule: `${found.system}-${found.prefix}` };
};

/** A bound counts the hysteresis further out for who is inside it already. */
const bySize = ({ isKey, salesEuroCents, policyBefore }: CustomerFacts, rules: ChoiceRules): PolicyChoice => {
  if (isKey) return { policy: 'key', rule: 'key-flag' };
  if (salesEuroCents === undefined) return { policy: 'standard', rule: 'sales-unknown' };
  const bound = (cents: number, percent: number): bigint => BigInt(cents) * BigInt(100 + percent);
  const sales = BigInt(salesEuroCents) * 100n;
  const { hysteresisPercent: slack, keyFromEuroCents, smallBelowEuroCents } = rules;
  if (sales >= bound(keyFromEuroCents, policyBefore === 'key' ? -slack : keySlack(policyBefore, slack)))
    return { policy: 'key', rule: 'sales-large' };
  const smallSlack = policyBefore === undefined ? 0 : policyBefore === 'small' ? slack : -slack;
  return sales < bound(smallBelowEuroCents, smallSlack)
    ? { policy: 'small', rule: 'sales-small' }
    : { policy: 'standard', rule: 'sales-medium' };
};

/** Nobody was anywhere before the first choice. */
const keySlack = (before: PolicyId | undefined, slack: number): number => (before === undefined ? 0 : slack);
