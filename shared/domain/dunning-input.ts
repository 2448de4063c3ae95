/**
 * What evaluating accounts needs beside them: the instant and day of the company, its rules, what is known of the payer.
 * From: settings, feeds, contacts, calendars, read by the workflow. Next: `evaluate-account.ts` and the gate.
 */
import type { AccountHead, AccountItem } from './account.ts';
import { businessDayFrom, type BusinessCalendar } from './business-days.ts';
import {
  addDays,
  dayAt,
  msOfInstant,
  startOfDay,
  textOfInstant,
  wallTime,
  type Day,
  type Instant,
} from './calendar.ts';
import type { HashText } from './document-ids.ts';
import type { Currency } from './money.ts';
import type { Policy } from './policy.ts';
import type { DunningRules } from './policy-rules.ts';
import type { ByHand } from './text-by-hand.ts';
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
  /** Collectors whose accounts are silent by their own word. */
  stoppedFor?: ReadonlySet<string>;
  /** Factors the customers were told to pay, as `assignedTo` of items. */
  disclosedFactors: ReadonlySet<string>;
  /** Other than the usual, see `euro-limits.ts`. */
  limitFactors?: Readonly<Record<Currency, number>>;
  hash: HashText;
};

/** What keeps an account silent as part of its company, or of its collector's accounts. */
export const blocksOf = (
  { blocks, stoppedFor }: Pick<CompanyNow, 'blocks' | 'stoppedFor'>,
  { assignedTo }: Pick<AccountHead, 'assignedTo'>,
): readonly WithheldReason[] =>
  assignedTo === undefined || stoppedFor?.has(assignedTo) !== true || blocks.includes('stop-all')
    ? blocks
    : [...blocks, 'stop-all'];

/** The same for all accounts of a run, with what is worked out once. */
export type DunningFrame = CompanyNow & {
  today: Day;
  /** The instant of looking at an account on a day, or the business day after it, as ISO text. */
  reviewAt: (day: Day) => string;
  /** The same in milliseconds. */
  reviewMs: (day: Day) => number;
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
  /** The text of a reminder that a person chose; absent: what the policy asks for. */
  byHand?: ByHand;
  /** Days on which its tracks go on: promises, plans, dates of an insurer. */
  trackDays?: readonly Day[];
};

/** What frames of the same company, zone and rules found out before: for a night's looks it is worked out once. */
export type FrameMemory = {
  /** The company's day, and the milliseconds it lasts from and to. */
  day?: { zone: string; today: Day; fromMs: number; beforeMs: number };
  reviews: Map<Day, { text: string; atMs: number }>;
  windows: WeakMap<BusinessCalendar, Map<string, ContactWindow>>;
};

export const frameMemory = (): FrameMemory => ({ reviews: new Map(), windows: new WeakMap() });

/** @param known what was found out before; the same whether it is or not. */
export const dunningFrame = <Company extends CompanyNow>(
  company: Company,
  known = frameMemory(),
): Company & DunningFrame => {
  const { now, zone, calendar, rules } = company;
  const review = (day: Day): { text: string; atMs: number } => {
    const before = known.reviews.get(day);
    if (before !== undefined) return before;
    const at = wallTime(businessDayFrom(day, calendar), rules.reviewAtMinute, zone);
    const found = { text: textOfInstant(at), atMs: at.epochMilliseconds };
    known.reviews.set(day, found);
    return found;
  };
  return {
    ...company,
    today: todayAt(now, zone, known),
    reviewAt: (day) => review(day).text,
    reviewMs: (day) => review(day).atMs,
    contactTime: contactTimes(company, known.windows),
  };
};

const todayAt = (now: Instant, zone: string, known: FrameMemory): Day => {
  const nowMs = msOfInstant(now);
  const { day } = known;
  if (day?.zone === zone && day.fromMs <= nowMs && nowMs < day.beforeMs) return day.today;
  const today = dayAt(now, zone);
  const [fromMs, beforeMs] = [today, addDays(today, 1)].map((one) => startOfDay(one, zone).epochMilliseconds);
  known.day = { zone, today, fromMs: fromMs!, beforeMs: beforeMs! };
  return today;
};

/** When a message may reach its recipient. */
export type ContactTime =
  { isOpen: true } | { isOpen: false; reason: 'quiet-hours' | 'holiday'; opensAt: Instant };

/** The same answer for every instant from one to before the other, in milliseconds. */
type ContactWindow = { time: ContactTime; fromMs: number; beforeMs: number };

/** Hours of the recipient's business days, in its zone: at 20:30 there it waits until the morning. */
export const contactTimeAt = (
  now: Instant,
  payer: Pick<PayerFacts, 'zone' | 'calendar'>,
  rules: DunningRules,
): ContactTime => windowAt(now, payer, rules).time;

const windowAt = (
  now: Instant,
  { zone, calendar }: Pick<PayerFacts, 'zone' | 'calendar'>,
  { contactFromMinute, contactUntilMinute }: DunningRules,
): ContactWindow => {
  const day = dayAt(now, zone);
  const at = (on: Day, minute: number): Instant => wallTime(on, minute, zone);
  const isBusiness = businessDayFrom(day, calendar) === day;
  const [opens, closes] = [at(day, contactFromMinute), at(day, contactUntilMinute)];
  const nowMs = now.epochMilliseconds;
  if (isBusiness && nowMs >= opens.epochMilliseconds && nowMs < closes.epochMilliseconds)
    return { time: { isOpen: true }, fromMs: nowMs, beforeMs: closes.epochMilliseconds };
  const isBefore = isBusiness && nowMs < opens.epochMilliseconds;
  const next = isBefore ? day : businessDayFrom(addDays(day, 1), calendar);
  const opensAt = at(next, contactFromMinute);
  const midnightMs = startOfDay(addDays(day, 1), zone).epochMilliseconds;
  return {
    time: { isOpen: false, reason: isBusiness ? 'quiet-hours' : 'holiday', opensAt },
    fromMs: nowMs,
    beforeMs: Math.min(opensAt.epochMilliseconds, midnightMs),
  };
};

/** Once per zone and calendar, as long as the answer stays the same: payers of a country share them. */
const contactTimes = (
  { now, rules }: CompanyNow,
  known: FrameMemory['windows'],
): DunningFrame['contactTime'] => {
  const nowMs = msOfInstant(now);
  return (payer) => {
    const byZone = known.get(payer.calendar) ?? new Map<string, ContactWindow>();
    known.set(payer.calendar, byZone);
    const before = byZone.get(payer.zone);
    if (before !== undefined && before.fromMs <= nowMs && nowMs < before.beforeMs) return before.time;
    const found = windowAt(now, payer, rules);
    byZone.set(payer.zone, found);
    return found.time;
  };
};
