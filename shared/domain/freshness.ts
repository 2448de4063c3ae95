/**
 * Freshness: whether what the ledger knows is recent enough to write to a customer (`defaults.md` §2.5).
 * From: what arrived, and when. Next: the gate's reasons `feed-stale` and `cash-stale`, the page of feeds.
 */
import { addBusinessDays, businessTimeMs, isBusinessDay, type BusinessCalendar } from './business-days.ts';
import { dayAt, instantFromText, type Day, type Instant } from './calendar.ts';
import type { FileKind } from './imports.ts';
import type { AmountMinor } from './money.ts';

/** What came last of one kind from one source. */
export type Arrival = {
  kind: FileKind;
  source: string;
  /** ISO instants: the first of all, the last file received, and what it was extracted at. */
  firstAt: string;
  receivedAt: string;
  asOf?: string;
  /** Of a bank file: the last booked day. */
  bookedOn?: Day;
  /** The highest number seen, and those below it that never came. */
  sequence?: number;
  missing: readonly number[];
};

/** What one file tells about its feed. */
export type Arrived = Pick<Arrival, 'kind' | 'source' | 'receivedAt'> &
  Partial<Pick<Arrival, 'asOf' | 'bookedOn' | 'sequence'>>;

/** Numbers remembered as missing; a longer gap is one too many to fill. */
const mostMissing = 100;

/** Takes one file in, whatever the order files come in; the same again changes nothing. */
export const arrive = (before: Arrival | undefined, file: Arrived): Arrival => {
  const { kind, source, receivedAt } = file;
  const known = before ?? { kind, source, firstAt: receivedAt, receivedAt, missing: [] };
  const asOf = later(known.asOf, file.asOf);
  const bookedOn = later(known.bookedOn, file.bookedOn);
  return {
    ...known,
    firstAt: receivedAt < known.firstAt ? receivedAt : known.firstAt,
    receivedAt: later(known.receivedAt, receivedAt) ?? receivedAt,
    ...(asOf === undefined ? {} : { asOf }),
    ...(bookedOn === undefined ? {} : { bookedOn }),
    ...numbered(known, file.sequence),
  };
};

const later = <Text extends string>(a: Text | undefined, b: Text | undefined): Text | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

const numbered = (
  { sequence, missing }: Arrival,
  next: number | undefined,
): Pick<Arrival, 'missing'> & { sequence?: number } => {
  if (next === undefined) return { missing, ...(sequence === undefined ? {} : { sequence }) };
  if (sequence === undefined) return { sequence: next, missing };
  if (next <= sequence) return { sequence, missing: missing.filter((one) => one !== next) };
  const gap = Array.from(
    { length: Math.min(next - sequence - 1, mostMissing) },
    (_, at) => sequence + 1 + at,
  );
  return { sequence: next, missing: [...missing, ...gap].slice(-mostMissing) };
};

/** A snapshot tells all that lost files would have told. */
export const forgiveGaps = (arrival: Arrival): Arrival => ({ ...arrival, missing: [] });

export type FreshnessReason = 'feed-stale' | 'cash-stale';
export type FeedReason = FreshnessReason | 'sequence-gap' | 'no-snapshot';
export type FeedColour = 'green' | 'amber' | 'red';

/** 26 hours of business days: what an ERP does not do on a Sunday makes nothing stale (`docs/decisions/0008`). */
const staleAfterMs = 26 * 3_600_000;
const amberAfterDays = 7;
const redAfterDays = 14;

/** Kinds of files that tell what is in the book of an ERP. */
export const bookFeeds: readonly FileKind[] = ['snapshot', 'delta', 'journal'];

/** Why nothing automatic leaves this company just now; empty when all is recent. */
export const staleBecause = (
  arrivals: readonly Arrival[],
  now: Instant,
  zone: string,
  calendar: BusinessCalendar,
): FreshnessReason[] => {
  const today = dayAt(now, zone);
  const book = arrivals.filter(({ kind }) => bookFeeds.includes(kind));
  const bank = arrivals.filter(({ kind }) => kind === 'bankStatement');
  const reasons: FreshnessReason[] = [];
  const isRecent = ({ asOf, receivedAt }: Arrival): boolean => {
    const span = { from: instantFromText(asOf ?? receivedAt), to: now, most: staleAfterMs + 1 };
    return businessTimeMs(span, zone, calendar) <= staleAfterMs;
  };
  if (isBusinessDay(today, calendar) && !book.some(isRecent)) reasons.push('feed-stale');
  const lastBookedDay = addBusinessDays(today, -1, calendar);
  if (bank.some(({ bookedOn }) => bookedOn === undefined || bookedOn < lastBookedDay))
    reasons.push('cash-stale');
  return reasons;
};

/** What is wrong with a company's feeds beside their age, and how bad: changes without proof, files missing. */
export const provenBy = (
  arrivals: readonly Arrival[],
  hasControl: boolean,
  now: Instant,
): { colour: FeedColour; reasons: FeedReason[] } => {
  const reasons: FeedReason[] = [];
  let colour: FeedColour = 'green';
  if (arrivals.some(({ missing }) => missing.length > 0)) {
    reasons.push('sequence-gap');
    colour = 'red';
  }
  const days = unprovenDays(arrivals, hasControl, now);
  if (days > amberAfterDays) {
    reasons.push('no-snapshot');
    if (colour !== 'red') colour = days > redAfterDays ? 'red' : 'amber';
  }
  return { colour, reasons };
};

/** Days since a snapshot last proved what deltas and journals changed; 0 where nothing needs proof. */
const unprovenDays = (arrivals: readonly Arrival[], hasControl: boolean, now: Instant): number => {
  const snapshot = arrivals
    .filter(({ kind }) => kind === 'snapshot')
    .map(({ asOf, receivedAt }) => asOf ?? receivedAt);
  const changing = arrivals.filter(({ kind }) => kind === 'delta' || (kind === 'journal' && !hasControl));
  const since = snapshot.toSorted().at(-1) ?? changing.map(({ firstAt }) => firstAt).toSorted()[0];
  if (changing.length === 0 || since === undefined) return 0;
  return (now.epochMilliseconds - instantFromText(since).epochMilliseconds) / 86_400_000;
};

/**
 * Whether an account's own money covers what would be claimed: it gets no reminder, the clerk a task.
 * @param claim and `unallocated` of one currency; `unallocated` as a positive size.
 */
export const isCoveredByCash = (claim: AmountMinor, unallocated: AmountMinor): boolean =>
  claim > 0 && unallocated >= claim;
