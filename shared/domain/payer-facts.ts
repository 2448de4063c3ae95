/**
 * What evaluation knows of a payer: when it may be reached, whether anybody can be written to, how it usually pays;
 * and what chooses its policy.
 * From: master data, the head, what was learned of its history once a month. Next: `evaluate-account.ts`, the gate.
 */
import type { AccountHead, AccountItem } from './account.ts';
import type { BusinessCalendar } from './business-days.ts';
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { PayerFacts } from './dunning-input.ts';
import type { PayerHabit } from './dunning-position.ts';
import { inEuroCents } from './euro-limits.ts';
import type { MasterData } from './master-data.ts';
import type { CustomerFacts } from './policy-choice.ts';
import { recipientsOf, type StateOfAddress } from './recipients.ts';
import { zoneOf } from './zones.ts';

/** Learned just now, else as far as it has been; the policy chosen last holds it. */
const habitOf = ({ dunning }: AccountHead, learned?: PayerHabit): PayerHabit =>
  learned ?? dunning.policy?.habit ?? { invoices: 0 };

/** Once a month, and while there were so few invoices that each one counts. */
export const isToLearn = ({ dunning, openCount }: AccountHead, today: Day): boolean => {
  const { policy } = dunning;
  if (policy?.habit === undefined || policy.on.slice(0, 7) !== today.slice(0, 7)) return true;
  return policy.habit.invoices <= fewInvoices && openCount <= fewInvoices && policy.on !== today;
};

const fewInvoices = 3;

type PayerKnown = { calendar: BusinessCalendar; zone: string; stateOf?: StateOfAddress; habit?: PayerHabit };

/** @param calendar of the payer's country. @param zone of the company, where the payer's is not known. */
export const payerFacts = (
  masterData: MasterData,
  head: AccountHead,
  { calendar, zone, stateOf, habit }: PayerKnown,
): PayerFacts => {
  const { invoices, latenessDays } = habitOf(head, habit);
  const { payRunsOn } = masterData.treatment ?? {};
  const { problem } = recipientsOf(masterData, stateOf === undefined ? {} : { stateOf });
  return {
    zone: zoneOf(masterData, zone),
    calendar,
    invoiceCount: Math.max(invoices, head.openItems?.length ?? 0),
    ...(latenessDays === undefined ? {} : { usualLatenessDays: latenessDays }),
    ...(problem === undefined ? {} : { contactProblem: problem }),
    ...(payRunsOn === undefined ? {} : { payRunsOn }),
  };
};

/** Days of history that tell how somebody pays and buys. */
export const habitDays = 365;
/** The newest cleared items that count. */
const mostCleared = 12;

/**
 * How many invoices there were, how late they were usually paid (the median of the newest), what was billed in the
 * last twelve months in euro cents. @param items all of the last `habitDays`, open and closed.
 */
export const learnHabit = (
  items: readonly AccountItem[],
  today: Day,
  limitFactors?: Readonly<Record<string, number>>,
): PayerHabit => {
  const since = addDays(today, -habitDays);
  const invoices = items.filter(({ kind }) => kind === 'invoice');
  const lateness = invoices
    .filter(({ open, changes }) => open === 0 && changes.length > 0)
    .map(({ dueOn, changes, clearedBetween }) => {
      const on = clearedBetween?.toAt.slice(0, 10) as Day | undefined;
      return { dueOn, days: daysBetween(dueOn, on ?? changes.at(-1)!.on) };
    })
    .toSorted((a, b) => (a.dueOn < b.dueOn ? 1 : -1))
    .slice(0, mostCleared)
    .map(({ days }) => days);
  const usual = lateness.toSorted((a, b) => a - b)[Math.floor(lateness.length / 2)];
  const firstOn = invoices.map(({ documentOn }) => documentOn).toSorted()[0];
  const sales = salesOf(items, since, limitFactors);
  return {
    invoices: invoices.length,
    ...(firstOn === undefined ? {} : { firstOn }),
    ...(usual === undefined ? {} : { latenessDays: usual }),
    ...(sales === undefined ? {} : { salesEuroCents: sales }),
  };
};

const sold: readonly string[] = ['invoice', 'debitNote', 'creditNote'];

/** Undefined where nothing was sold, or a currency has no factor: never a sum of part of it. */
const salesOf = (
  items: readonly AccountItem[],
  since: Day,
  factors?: Readonly<Record<string, number>>,
): number | undefined => {
  let cents = 0;
  const billed = items.filter(({ kind, documentOn }) => sold.includes(kind) && documentOn > since);
  for (const { original, currency } of billed) {
    const euros = inEuroCents(original, currency, factors);
    if (euros === undefined) return undefined;
    cents += euros;
  }
  return billed.length === 0 ? undefined : Math.max(cents, 0);
};

/** What the choice of a policy looks at (`defaults.md` §4.2). */
export const customerFacts = (
  head: AccountHead,
  masterData: MasterData,
  learned?: PayerHabit,
): CustomerFacts => {
  const { policy, brokenOn } = head.dunning;
  const habit = habitOf(head, learned);
  const { kind, risk, sic, naics, policyId, isKey = false } = masterData.treatment ?? {};
  return {
    ...{ holds: head.holds, isIntercompany: masterData.treatment?.isIntercompany ?? false, isKey },
    paysByDirectDebit: masterData.treatment?.paysByDirectDebit ?? false,
    ...(policyId === undefined ? {} : { policyByHand: policyId }),
    ...(kind === undefined ? {} : { kind }),
    ...(risk === undefined ? {} : { risk }),
    ...(sic === undefined ? {} : { sic }),
    ...(naics === undefined ? {} : { naics }),
    ...(habit.firstOn === undefined ? {} : { firstInvoiceOn: habit.firstOn }),
    ...(habit.salesEuroCents === undefined ? {} : { salesEuroCents: habit.salesEuroCents }),
    ...(brokenOn === undefined ? {} : { brokenOn }),
    ...(policy === undefined ? {} : { policyBefore: policy.id }),
  };
};
