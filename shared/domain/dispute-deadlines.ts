/**
 * When a case wants what from whom: deadlines in business days, the reminder at 80 %, and who has it once missed.
 * From: a case, its company's calendar, a day. Next: tasks, reminders, the customer's plain status, CFO alerts.
 */
import { addBusinessDays, businessDaysBetween, type BusinessCalendar } from './business-days.ts';
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { DisputeRules, QueryCode } from './dispute-codes.ts';
import type { Dispute } from './dispute.ts';

export type DisputeStep = 'validate' | 'facts' | 'decide' | 'recode' | 'proposeEffect' | 'close' | 'none';

/** What a case does next; no case that is not closed is without one. */
export const nextStep = ({ state, recipe }: Pick<Dispute, 'state' | 'recipe'>): DisputeStep => {
  const { facts, decide } = recipe.deadlines;
  switch (state) {
    case 'opened':
      return 'validate';
    case 'validated':
      return decide === undefined ? 'recode' : facts === undefined ? 'decide' : 'facts';
    case 'factsKnown':
      return 'decide';
    case 'decided':
      return 'proposeEffect';
    case 'effectProposed':
      return 'close';
    case 'closed':
      return 'none';
  }
};

/** A code not yet known is told apart within two business days. */
const recodeDays = 2;
/** Books have a few days for what was decided. */
const postingDays = 3;

const daysFor = (step: DisputeStep, { recipe, extraDays }: Dispute): number => {
  const { validate, facts = validate, decide = recodeDays } = recipe.deadlines;
  if (step === 'validate') return validate;
  if (step === 'facts') return facts + extraDays;
  if (step === 'recode') return recodeDays;
  return decide + extraDays;
};

export type Standing = {
  step: DisputeStep;
  owner: string;
  dueOn: Day;
  remindOn: Day;
  /** Who has it on the day: its owner, after a missed deadline the superior, later the credit manager. */
  level: 'owner' | 'superior' | 'creditManager';
  isPast: boolean;
  ageDays: number;
};

/** State, age, next step, owner and due day of a case; undefined once it is closed. */
export const standingOf = (
  dispute: Dispute,
  today: Day,
  calendar: BusinessCalendar,
  rules: DisputeRules,
): Standing | undefined => {
  const step = nextStep(dispute);
  if (step === 'none') return undefined;
  const isBooks = step === 'proposeEffect' || step === 'close';
  const from = isBooks ? (dispute.decision?.on ?? dispute.clockFrom) : dispute.clockFrom;
  const days = isBooks ? postingDays : daysFor(step, dispute);
  const dueOn = addBusinessDays(from, days, calendar);
  const past = today > dueOn ? businessDaysBetween(dueOn, today, calendar) : 0;
  const level = past === 0 ? 'owner' : past >= rules.managerAfterDays ? 'creditManager' : 'superior';
  return {
    ...{ step, dueOn, owner: dispute.hands.at(-1)?.owner ?? '', level, isPast: today > dueOn },
    remindOn: addBusinessDays(from, Math.floor((days * rules.remindAtPercent) / 100), calendar),
    ageDays: daysBetween(dispute.openedOn, today),
  };
};

/** What the customer is told: plain words, no names, no blame. */
export type CustomerStatus =
  'received' | 'weNeedPapers' | 'weAreLooking' | 'decidedForYou' | 'decidedPartly' | 'decidedAgainst';

export const customerStatus = (dispute: Dispute, isPaperAsked: boolean): CustomerStatus => {
  if (dispute.decision !== undefined)
    return { accepted: 'decidedForYou', partlyAccepted: 'decidedPartly', rejected: 'decidedAgainst' }[
      dispute.decision.outcome
    ] as CustomerStatus;
  if (isPaperAsked) return 'weNeedPapers';
  return dispute.state === 'opened' ? 'received' : 'weAreLooking';
};

/** The day by which the customer has an answer: that of the decision, whatever comes before it. */
export const answerBy = (dispute: Dispute, calendar: BusinessCalendar): Day =>
  addBusinessDays(dispute.clockFrom, daysFor('decide', dispute), calendar);

/** A portal case holds its amount until this day unless it was validated; undefined: until it is decided. */
export const holdsUntil = (
  { from, state, clockFrom }: Dispute,
  calendar: BusinessCalendar,
  rules: DisputeRules,
): Day | undefined =>
  from === 'portal' && state === 'opened'
    ? addBusinessDays(clockFrom, rules.portalHoldDays, calendar)
    : undefined;

/** A query pauses its items and is to be done by a day; it holds no amount and moves no due day. */
export const queryTimes = (
  { days }: QueryCode,
  openedOn: Day,
  calendar: BusinessCalendar,
  rules: DisputeRules,
): { dueOn: Day; pausesUntil: Day } => ({
  dueOn: addBusinessDays(openedOn, days, calendar),
  pausesUntil: addBusinessDays(openedOn, rules.queryPauseDays, calendar),
});

/** The last day on which a deduction can be contested; undefined where the payment's day is not known. */
export const contestUntil = ({ takenOn }: Dispute, rules: DisputeRules): Day | undefined =>
  takenOn === undefined ? undefined : addDays(takenOn, rules.contestWithinDays);

/** Days each hand held the case, the last one until the day it was closed or asked about. */
export const chainOfHands = (
  { hands, closed }: Dispute,
  today: Day,
): { owner: string; department: string; days: number }[] =>
  hands.map(({ owner, department, fromAt }, at) => ({
    ...{ owner, department },
    days: daysBetween(
      fromAt.slice(0, 10) as Day,
      (hands[at + 1]?.fromAt.slice(0, 10) as Day | undefined) ?? closed?.on ?? today,
    ),
  }));
