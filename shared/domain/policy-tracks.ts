/**
 * Tracks: what runs instead of a stage when something happened (`defaults.md` §4.3 debit, §4.4). Data, and which of its
 * steps is due on a day.
 * From: returns of debits, decisions, broken promises, replies, calendars. Next: tasks and messages of the dunning piece.
 */
import { addBusinessDays, businessDayFrom, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import type { Duty, TextCode } from './policy.ts';

export type TrackStep = {
  name: string;
  /** After the day the track began; before it when negative. */
  after: number;
  unit: 'days' | 'businessDays';
  act: 'mail' | 'call' | 'task' | 'hold' | 'resume';
  text?: TextCode;
  does: readonly Duty[];
  fromEuroCents?: number;
  /** Where items go on when the track ends, as a stage of *Standard*. */
  stage?: number;
  /** How long a hold lasts, in business days. */
  holdsBusinessDays?: number;
};

export type Track = { id: string; version: number; steps: readonly TrackStep[] };

const step = (
  name: string,
  after: number,
  act: TrackStep['act'],
  more: Partial<TrackStep> = {},
): TrackStep => ({
  ...{ name, after, act, unit: 'days', does: [] },
  ...more,
});
const bd = { unit: 'businessDays' } as const;
const collector = { does: ['collector'] } as const;
const clerk = { does: ['arClerk'] } as const;

export const defaultTracks: readonly Track[] = [
  {
    ...{ id: 'brokenPromise', version: 1 },
    steps: [
      step('call', 1, 'call', { ...bd, ...collector }),
      step('missed', 2, 'mail', { ...bd, text: 'T7' }),
    ],
  },
  {
    ...{ id: 'saysPaid', version: 1 },
    steps: [
      step('hold', 0, 'hold', { holdsBusinessDays: 5 }),
      step('trace', 3, 'task', { ...bd, ...clerk }),
      step('call', 5, 'call', { ...bd, ...collector }),
    ],
  },
  {
    ...{ id: 'apApproved', version: 1 },
    steps: [step('hold', 0, 'hold', { holdsBusinessDays: 3 })],
  },
  {
    ...{ id: 'disputeRefused', version: 1 },
    steps: [
      step('decided', 0, 'mail', { text: 'T9' }),
      step('call', 7, 'call', collector),
      step('resume', 7, 'resume'),
    ],
  },
  {
    ...{ id: 'deductionInvalid', version: 1 },
    steps: [
      ...[0, 14, 30].map((after) => step(`refused+${after}`, after, 'mail', { text: 'T12' })),
      step('decide', 30, 'task', { does: ['creditManager'] }),
    ],
  },
  {
    ...{ id: 'bounced', version: 1 },
    steps: [step('findContact', 1, 'task', { ...bd, ...collector })],
  },
  {
    ...{ id: 'downPayment', version: 1 },
    steps: [
      step('mail', 3, 'mail', { text: 'T2' }),
      step('call', 7, 'call', { does: ['collector', 'salesOwner'] }),
    ],
  },
  {
    ...{ id: 'debitAnnounced', version: 1 },
    steps: [step('announce', -14, 'mail', { text: 'T10' })],
  },
  {
    ...{ id: 'debitReturnedNoFunds', version: 1 },
    steps: [
      step('returned', 0, 'mail', { text: 'T11' }),
      step('call', 0, 'call', { ...collector, fromEuroCents: 100_000 }),
      step('again', 5, 'task', { ...bd, ...clerk }),
      step('join', 5, 'resume', { ...bd, stage: 5 }),
    ],
  },
  {
    ...{ id: 'debitReturnedMandate', version: 1 },
    steps: [
      step('returned', 0, 'mail', { text: 'T11' }),
      step('newMandate', 0, 'task', clerk),
      step('join', 5, 'resume', { ...bd, stage: 5 }),
    ],
  },
];

/** The day a step of a track falls on, on a business day where somebody is to act. */
export const trackDayOf = ({ after, unit }: TrackStep, startedOn: Day, calendar: BusinessCalendar): Day =>
  unit === 'businessDays'
    ? addBusinessDays(startedOn, after, calendar)
    : businessDayFrom(addDays(startedOn, after), calendar);

/** Steps reached and not done, in order; a missed day is caught up. */
export const trackStepsDue = (
  { steps }: Track,
  { startedOn, today, done }: { startedOn: Day; today: Day; done: readonly string[] },
  calendar: BusinessCalendar,
): TrackStep[] =>
  steps.filter((one) => !done.includes(one.name) && trackDayOf(one, startedOn, calendar) <= today);

/** Insurer's dates of the oldest insured item (R161): when to report, when to place, tasks before, latest final notice. */
export type InsuranceDates = { reportBy: Day; placeBy: Day; tasksOn: readonly Day[]; finalBy: Day };

export const insuranceRules = {
  reportAfterDays: 60,
  placeAfterDays: 30,
  tasksBeforeDays: [20, 5],
  finalBeforeDays: 15,
};

export const insuranceDates = (dueOn: Day, rules = insuranceRules): InsuranceDates => {
  const reportBy = addDays(dueOn, rules.reportAfterDays);
  const placeBy = addDays(reportBy, rules.placeAfterDays);
  const tasksOn = [reportBy, placeBy].flatMap((by) =>
    rules.tasksBeforeDays.map((days) => addDays(by, -days)),
  );
  return { reportBy, placeBy, tasksOn, finalBy: addDays(reportBy, -rules.finalBeforeDays) };
};

/** Business days a person has to release it. */
const releaseBusinessDays = 2;

/** The latest day the final notice of an insured item is planned on, at whatever stage it is. */
export const insuredFinalOn = (dueOn: Day, calendar: BusinessCalendar): Day =>
  addBusinessDays(insuranceDates(dueOn).finalBy, -releaseBusinessDays, calendar);

/** The third business day of the month a day lies in: statements go out. */
export const statementDayOf = (day: Day, calendar: BusinessCalendar): Day =>
  addBusinessDays(addDays(`${day.slice(0, 7)}-01` as Day, -1), 3, calendar);
