/**
 * Interest and fixed sum as a letter works them out (`defaults.md` §4.1, §11): only where a contract or law is recorded for
 * the payer's country, by dated rules, from what is asked and when the rest of it came.
 * From: the items a message asks for, the company's setting. Next: the data of T4, T5 and T5-P. Nothing is posted by it;
 * where a rate is not recorded nothing is said of that currency, never part of it.
 */
import type { AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import type { StepItem } from './dunning-facts.ts';
import { limitIn } from './euro-limits.ts';
import { isRaising } from './evolve-item.ts';
import { fixedSumOf } from './fixed-sum.ts';
import { amountOfLine, interestOn, type LateDebt } from './interest.ts';
import { fixedSumRules, interestRules, type InterestRule } from './interest-rules.ts';
import type { InterestShown } from './message-data.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';

/** What holds for payers of a country. */
export type LateCharge = {
  country: string;
  /** Absent: for whoever of the country no other one is meant. */
  customers?: 'government' | undefined;
  /** Ids of rules; absent: that one is off. */
  interestRule?: string | undefined;
  fixedSumRule?: string | undefined;
  /** The contract or law, as whoever checked it calls it. */
  basis: string;
};

/** A public body has its own where there is one (R135); what is meant for public bodies holds for nobody else. */
export const lateChargeOf = (
  charges: readonly LateCharge[],
  { country, kind }: { country: string; kind?: string | undefined },
): LateCharge | undefined => {
  const there = charges.filter((one) => one.country === country);
  const own = kind === 'government' ? there.find(({ customers }) => customers === kind) : undefined;
  return own ?? there.find(({ customers }) => customers === undefined);
};

export type LateWanted = {
  items: readonly StepItem[];
  known: ReadonlyMap<string, AccountItem>;
  today: Day;
  charge: LateCharge;
  /** Released by somebody who may: fees above 40 euros are named only then. */
  isApproved: boolean;
  limitFactors?: Readonly<Record<Currency, number>> | undefined;
};

const mostFeeUnapproved = 4_000;

export const lateChargesOf = (wanted: LateWanted): InterestShown[] => {
  const currencies = [...new Set(wanted.items.map(({ currency }) => currency))].toSorted();
  return currencies.flatMap((currency) => inCurrency(currency, wanted) ?? []);
};

type Debt = LateDebt & { number: string };

const inCurrency = (currency: Currency, wanted: LateWanted): InterestShown | undefined => {
  const own = wanted.items.filter((one) => one.currency === currency);
  const charged = own.some(({ itemId }) =>
    ['interest', 'fee'].includes(wanted.known.get(itemId)?.kind ?? ''),
  );
  // what the books charge already is asked for as an item: never twice
  if (charged) return undefined;
  const debts = own.flatMap((one) => debtOf(one, wanted));
  const claim = interestOf(debts, wanted);
  const fixedSum = fixedSumsOf(debts, currency, wanted);
  if (claim === undefined || (claim.interest === 0 && fixedSum === 0)) return undefined;
  return { currency, source: wanted.charge.basis, ...claim, fixedSum, isInSum: false };
};

/** What is asked, and what of it was there before payments: parts that are contested or promised bear nothing here. */
const debtOf = ({ itemId, asked }: StepItem, { known, today }: LateWanted): Debt[] => {
  const item = known.get(itemId);
  if (item === undefined || asked <= 0 || item.dueOn >= today) return [];
  if (item.kind !== 'invoice' && item.kind !== 'debitNote') return [];
  const payments = item.changes
    .filter((change) => !change.isReversed && !isRaising(change))
    .map(({ on, amount }) => ({ on, amount }))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const principal = sum(asked, ...payments.map(({ amount }) => amount));
  return [{ number: item.number, principal, dueOn: item.dueOn, payments }];
};

type Claim = Pick<InterestShown, 'lines' | 'interest'>;

const interestOf = (debts: readonly Debt[], { charge, today }: LateWanted): Claim | undefined => {
  if (charge.interestRule === undefined) return { lines: [], interest: zero };
  const rule = interestRules.find(({ id }) => id === charge.interestRule);
  if (rule === undefined) return undefined;
  const lines: InterestShown['lines'][number][] = [];
  let interest: AmountMinor = zero;
  for (const debt of debts) {
    const found = interestOn(debt, today, rule);
    if (!found.ok) return undefined;
    interest = sum(interest, found.value.amount);
    lines.push(...linesOf(debt.number, found.value.lines, rule));
  }
  return { lines, interest };
};

const linesOf = (
  number: string,
  lines: readonly Parameters<typeof amountOfLine>[0][],
  rule: InterestRule,
): InterestShown['lines'] => lines.map((line) => ({ number, ...line, amount: amountOfLine(line, rule) }));

/** Once for each invoice, by its size. */
const fixedSumsOf = (
  debts: readonly Debt[],
  currency: Currency,
  { charge, isApproved, limitFactors }: LateWanted,
): AmountMinor => {
  const rule = fixedSumRules.find(({ id }) => id === charge.fixedSumRule);
  if (rule === undefined) return zero;
  const sums = debts.flatMap(({ principal }) => {
    const found = fixedSumOf(principal, currency, rule);
    return found.ok ? [found.value] : [];
  });
  const all = sum(zero, ...sums);
  const limit = limitIn(currency, mostFeeUnapproved, limitFactors);
  const isSmall = limit.ok && subtract(all, limit.value) <= 0;
  return isApproved || isSmall ? all : zero;
};
