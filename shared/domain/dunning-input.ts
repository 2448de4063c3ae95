/**
 * What evaluating accounts needs beside them: the instant and day of the company, its rules, what is known of the payer.
 * From: settings, feeds, contacts, calendars, read by the workflow. Next: `evaluate-account.ts` and the gate.
 */
import type { AccountHead, AccountItem } from './account.ts';
import { businessDayFrom, type BusinessCalendar } from './business-days.ts';
import { addDays, dayAt, startOfDay, textOfInstant, type Day, type Instant } from './calendar.ts';
import type { HashText } from './document-ids.ts';
import type { Currency } from './money.ts';
import type { Policy } from './policy.ts';
import type { DunningRules } from './policy-rules.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type CompanyNow = {
  now: Instant;
  zone: string;
  calendar: BusinessCalendar;
  rules: DunningRules;
  /** From this day on it dunned here; items due before it were somebody else's to chase. */
  goLiveOn?: Day;
  /** What keeps the whole company silent: stale feeds, a red morning check, the switch. */
  blocks: readonly WithheldReason[];
  /** Factors the customers were told to pay, as `assignedTo` of items. */
  disclosedFactors: ReadonlySet<string>;
  /** Other than the usual, see `euro-limits.ts`. */
  limitFactors?: Readonly<Record<Currency, number>>;
  hash: HashText;
};

/** The same for all accounts of a run, with what is worked out once. */
export type DunningFrame = CompanyNow & {
  today: Day;
  /** The instant of looking at an account on a day, or the business day after it, as ISO text. */
  reviewAt: (day: Day) => string;
  /** When a payer may be reached, at the instant of the frame. */
  contactTime: (payer: Pick<PayerFacts, 'zone' | 'calendar'>) => ContactTime;
};

export type PayerFacts = {
  /** Of the recipient: its hours, weekends and holidays. */
  zone: string;
  calendar: BusinessCalendar;
  /** Whether anybody can be written to, and what is in the way. */
  contactProblem?: Extract<
    WithheldReason,
    'no-valid-contact' | 'bounced' | 'language-missing' | 'opted-out' | 'suppressed'
  >;
  /** Invoices it has had so far, and how many days late it usually pays. */
  invoiceCount: number;
  usualLatenessDays?: number;
  /** Days on which it pays, as far as known. */
  payRunsOn?: readonly Day[];
};

export type DunningInput = {
  head: AccountHead;
  /** All that are open. */
  items: readonly AccountItem[];
  policy: Policy;
  payer: PayerFacts;
  /** Days on which its tracks go on: promises, plans, dates of an insurer. */
  trackDays?: readonly Day[];
};

/** @param known what `reviewAt` found out before, of the same company, zone and rules. */
export const dunningFrame = (company: CompanyNow, known = new Map<Day, string>()): DunningFrame => {
  const { now, zone, calendar, rules } = company;
  const reviewAt = (day: Day): string => {
    const at = known.get(day);
    if (at !== undefined) return at;
    const text = textOfInstant(wallTime(businessDayFrom(day, calendar), rules.reviewAtMinute, zone));
    known.set(day, text);
    return text;
  };
  return { ...company, today: dayAt(now, zone), reviewAt, contactTime: contactTimes(company) };
};

/** When a message may reach its recipient. */
export type ContactTime =
  { isOpen: true } | { isOpen: false; reason: 'quiet-hours' | 'holiday'; opensAt: Instant };

/** Hours of the recipient's business days, in its zone: at 20:30 there it waits until the morning. */
export const contactTimeAt = (
  now: Instant,
  { zone, calendar }: Pick<PayerFacts, 'zone' | 'calendar'>,
  { contactFromMinute, contactUntilMinute }: DunningRules,
): ContactTime => {
  const day = dayAt(now, zone);
  const at = (on: Day, minute: number): Instant => wallTime(on, minute, zone);
  const isBusiness = businessDayFrom(day, calendar) === day;
  const [opens, closes] = [at(day, contactFromMinute), at(day, contactUntilMinute)];
  const nowMs = now.epochMilliseconds;
  if (isBusiness && nowMs >= opens.epochMilliseconds && nowMs < closes.epochMilliseconds)
    return { isOpen: true };
  const isBefore = isBusiness && nowMs < opens.epochMilliseconds;
  const next = isBefore ? day : businessDayFrom(addDays(day, 1), calendar);
  return {
    isOpen: false,
    reason: isBusiness ? 'quiet-hours' : 'holiday',
    opensAt: at(next, contactFromMinute),
  };
};

/** Minutes after midnight on the wall clock, so that a change of clocks moves nothing. */
const wallTime = (day: Day, minute: number, zone: string): Instant =>
  startOfDay(day, zone)
    .toZonedDateTimeISO(zone)
    .with({ hour: Math.floor(minute / 60), minute: minute % 60 })
    .toInstant();

/** Once per zone and calendar: payers of a country share them. */
const contactTimes = ({ now, rules }: CompanyNow): DunningFrame['contactTime'] => {
  const known = new Map<BusinessCalendar, Map<string, ContactTime>>();
  return (payer) => {
    const byZone = known.get(payer.calendar) ?? new Map<string, ContactTime>();
    known.set(payer.calendar, byZone);
    const time = byZone.get(payer.zone) ?? contactTimeAt(now, payer, rules);
    byZone.set(payer.zone, time);
    return time;
  };
};
