/**
 * Decides a case: who may for how much, and what becomes of every minor unit of it.
 * From: an owner through an addressed link, staff, or the limits under which nobody is asked. Next:
 * `disputeDecided`, or a refusal that names the role whose turn it is.
 */
import type { Day } from './calendar.ts';
import type { DecisionRole, DisputeRules } from './dispute-codes.ts';
import { isUndecided } from './dispute-steps.ts';
import { disputedAmount, type Dispute, type DisputeFact, type DisputeSplit } from './dispute.ts';
import { limitIn } from './euro-limits.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type DecideRequest = {
  /** What is given up, by way; the rest is upheld for us. */
  credited?: AmountMinor;
  repaid?: AmountMinor;
  writtenOff?: AmountMinor;
  by: string;
  role: DecisionRole;
  on: Day;
  reason: string;
  /** Departments concerned that do not agree: then only the CFO decides. */
  isContested?: boolean;
};

export type DecideRefusal =
  | ('wrong-state' | 'same-person' | 'above-authority' | 'not-the-sum')
  | ('reason-missing' | 'limits-lack-currency');

/** Roles that may decide a case of this amount, the lowest first. */
export const rolesFor = (
  amount: AmountMinor,
  currency: Currency,
  { authority }: DisputeRules,
  isContested = false,
): Outcome<DecisionRole[], 'limits-lack-currency'> => {
  const roles: DecisionRole[] = [];
  for (const { role, upToEuroCents } of authority) {
    if (upToEuroCents === undefined) {
      roles.push(role);
      continue;
    }
    const limit = limitIn(currency, upToEuroCents);
    if (!limit.ok) return limit;
    if (!isContested && amount <= limit.value) roles.push(role);
  }
  return done(roles);
};

/** The whole of the case is decided at once: what is not given up is upheld. */
export const decideDispute = (
  dispute: Dispute,
  request: DecideRequest,
  rules: DisputeRules,
): Outcome<DisputeFact[], DecideRefusal> => {
  const { by, role, on, reason, isContested } = request;
  const amount = disputedAmount(dispute);
  const split = splitOf(amount, request);
  if (!isUndecided(dispute)) return refuse('wrong-state', `${dispute.id} is ${dispute.state}`);
  if (by === dispute.openedBy) return refuse('same-person', `${by} opened ${dispute.id}`);
  if (reason === '') return refuse('reason-missing', `a decision on ${dispute.id} needs a reason`);
  if (split === undefined) return refuse('not-the-sum', `the parts do not make ${amount}`);
  const roles = rolesFor(amount, dispute.currency, rules, isContested);
  if (!roles.ok) return roles;
  if (!roles.value.includes(role))
    return refuse('above-authority', `${amount} is for ${roles.value.join(' or ')}, not ${role}`);
  return done([decided(split, { by, role, on, reason })]);
};

/** A case accepted without a person, whole, as a credit. */
export const acceptByItself = (dispute: Dispute, on: Day): Outcome<DisputeFact[], 'wrong-state'> => {
  if (!isUndecided(dispute)) return refuse('wrong-state', `${dispute.id} is ${dispute.state}`);
  const split = { ...noSplit, credited: disputedAmount(dispute) };
  return done([decided(split, { by: 'system', role: 'rule', on, reason: 'within the limit of its code' })]);
};

const noSplit: DisputeSplit = { credited: zero, repaid: zero, writtenOff: zero, upheldForUs: zero };

const splitOf = (
  amount: AmountMinor,
  { credited = zero, repaid = zero, writtenOff = zero }: DecideRequest,
): DisputeSplit | undefined => {
  const given = sum(credited, repaid, writtenOff);
  const isWrong = [credited, repaid, writtenOff].some((part) => part < 0) || given > amount;
  return isWrong ? undefined : { credited, repaid, writtenOff, upheldForUs: (amount - given) as AmountMinor };
};

const decided = (
  split: DisputeSplit,
  who: { by: string; role: string; on: Day; reason: string },
): DisputeFact => ({ kind: 'disputeDecided', outcome: outcomeOf(split), split, ...who });

const outcomeOf = ({ upheldForUs, credited, repaid, writtenOff }: DisputeSplit) => {
  if (upheldForUs === 0) return 'accepted' as const;
  return sum(credited, repaid, writtenOff) === 0 ? ('rejected' as const) : ('partlyAccepted' as const);
};
