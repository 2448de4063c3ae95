/**
 * When a case is out of control: the rules that tell the CFO, each once per breach.
 * From: a case with what is known of its customer, the limits. Next: one alert per case and rule, by derived id.
 */
import { daysBetween, type Day } from './calendar.ts';
import { disputedAmount, type Dispute } from './dispute.ts';
import { limitIn } from './euro-limits.ts';
import type { AmountMinor } from './money.ts';

export type ControlRules = {
  olderThanDays: number;
  fromEuroCents: number;
  /** Share of the customer's receivables from which on it counts, in hundredths of a percent. */
  fromSharePercentHundredths: number;
  owners: number;
  missedDates: number;
  reopened: number;
};

export const defaultControlRules: ControlRules = {
  ...{ olderThanDays: 30, fromEuroCents: 2_500_000, fromSharePercentHundredths: 2_000 },
  ...{ owners: 3, missedDates: 2, reopened: 1 },
};

export type ControlBreach = 'age' | 'amount' | 'share' | 'owners' | 'missedDates' | 'reopened';
export type ControlAlert = { id: string; disputeId: string; breach: ControlBreach };

/**
 * Breaches of a case on a day; none of a closed one. `customerOpen`: what the
 * customer owes in its currency. A sum in a currency without limits counts as above them, so that it is seen.
 */
export const breachesOf = (
  dispute: Dispute,
  customerOpen: AmountMinor,
  today: Day,
  rules: ControlRules,
): ControlBreach[] => {
  if (dispute.state === 'closed') return [];
  const amount = disputedAmount(dispute);
  const limit = limitIn(dispute.currency, rules.fromEuroCents);
  const share = BigInt(amount) * 10_000n >= BigInt(customerOpen) * BigInt(rules.fromSharePercentHundredths);
  const owners = new Set(dispute.hands.map(({ owner }) => owner)).size;
  const found: [ControlBreach, boolean][] = [
    ['age', daysBetween(dispute.openedOn, today) > rules.olderThanDays],
    ['amount', !limit.ok || amount >= limit.value],
    ['share', customerOpen > 0 && share],
    ['owners', owners >= rules.owners],
    ['missedDates', dispute.missed.length >= rules.missedDates],
    ['reopened', dispute.reopened >= rules.reopened],
  ];
  return found.filter(([, isSo]) => isSo).map(([breach]) => breach);
};

/**
 * How far a breach has grown beyond its limit: 1, and 2, 4, 8 with each doubling, which is a breach of its own. Only of
 * what never falls again: a sum that was paid down, or a share of other receivables, is told once.
 */
export const timesOf = (
  { openedOn, hands, missed, reopened }: Dispute,
  breach: ControlBreach,
  today: Day,
  rules: ControlRules,
): number => {
  const grown: Partial<Record<ControlBreach, [value: number, limit: number]>> = {
    // the limit itself is no breach yet
    age: [daysBetween(openedOn, today), rules.olderThanDays + 1],
    owners: [new Set(hands.map(({ owner }) => owner)).size, rules.owners],
    missedDates: [missed.length, rules.missedDates],
    reopened: [reopened, rules.reopened],
  };
  const [value, limit] = grown[breach] ?? [1, 1];
  return value <= limit || limit <= 0 ? 1 : 2 ** Math.floor(Math.log2(value / limit));
};

/**
 * Alerts not sent yet. `sent`: their ids; the same breach is never told twice, one that has doubled is told again.
 */
export const controlAlerts = (
  dispute: Dispute,
  breaches: readonly ControlBreach[],
  sent: ReadonlySet<string>,
  times: (breach: ControlBreach) => number = () => 1,
): ControlAlert[] =>
  breaches
    .map((breach) => {
      const grown = times(breach);
      const id = `out-of-control:${dispute.id}:${breach}${grown > 1 ? `:x${grown}` : ''}`;
      return { id, disputeId: dispute.id, breach };
    })
    .filter(({ id }) => !sent.has(id));

export type EarlierCase = { code: string; openedOn: Day; outcome?: string | undefined };

/** The cases of one code in the days before a new one, and how many were upheld: "6th of this kind, 4 upheld". */
export const sameKind = (
  earlier: readonly EarlierCase[],
  { code, on, days }: { code: string; on: Day; days: number },
): { count: number; upheld: number } => {
  const same = earlier.filter(
    (one) => one.code === code && one.openedOn <= on && daysBetween(one.openedOn, on) <= days,
  );
  const upheld = same.filter(({ outcome }) => outcome !== undefined && outcome !== 'rejected');
  return { count: same.length, upheld: upheld.length };
};
