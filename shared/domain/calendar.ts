/**
 * Time as the domain sees it: instants that are handed in, never read from a clock, and days without a zone.
 * From: `now` of a handler, ISO text of documents and messages. Next: the rules beside this file.
 */
import { Temporal } from 'temporal-polyfill';
import { numberOfDay, textOfDayNumber, weekdayOfNumber } from './day-numbers.ts';

export type Instant = Temporal.Instant;

declare const calendarDay: unique symbol;

/** A calendar day without a zone, as ISO text `2026-11-22`; sorts as text in the order of time. */
export type Day = string & { readonly [calendarDay]: true };

/** The same day so many months later, or the last of that month where it has none such. */
export const addMonths = (day: Day, months: number): Day =>
  dayFromText(Temporal.PlainDate.from(day).add({ months }).toString());

const asDay = /^\d{4}-\d{2}-\d{2}$/;

/** @throws RangeError when it is not a day of the calendar. */
export const dayFromText = (text: string): Day => {
  // what is written back as it came is a day: 30 February is not
  if (asDay.test(text) && textOfDayNumber(numberOfDay(text) ?? Infinity) === text) return text as Day;
  const day = Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  if (day !== text) throw new RangeError(`not a day as YYYY-MM-DD: ${text}`);
  return day as Day;
};

export const addDays = (day: Day, days: number): Day => {
  const number = numberOfDay(day);
  const text = number === undefined ? undefined : textOfDayNumber(number + days);
  return (text ?? Temporal.PlainDate.from(day).add({ days }).toString()) as Day;
};

/** How many days `to` is after `from`; negative when before. */
export const daysBetween = (from: Day, to: Day): number => {
  const [start, end] = [numberOfDay(from), numberOfDay(to)];
  if (start !== undefined && end !== undefined) return end - start;
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
};

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: Day): number => {
  const number = numberOfDay(day);
  return number === undefined ? Temporal.PlainDate.from(day).dayOfWeek : weekdayOfNumber(number);
};

/** The last day of the month a day lies in. */
export const endOfMonth = (day: Day): Day => {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).toString() as Day;
};

/** What was worked out of a zone: the day asked about last, and when days begin. It is so for ever. */
type ZoneDays = { last?: { day: Day; fromMs: number; beforeMs: number }; starts: Map<Day, number> };

const zones = new Map<string, ZoneDays>();
const [mostZones, mostStarts] = [1_000, 1_000];

const daysOf = (zone: string): ZoneDays => {
  const known = zones.get(zone);
  if (known !== undefined) return known;
  if (zones.size >= mostZones) zones.clear();
  const days: ZoneDays = { starts: new Map() };
  zones.set(zone, days);
  return days;
};

const dayMs = 86_400_000;

/** The day it is in a zone such as `Europe/Berlin` at an instant. */
export const dayAt = (instant: Instant, zone: string): Day => {
  const atMs = instant.epochMilliseconds;
  const known = daysOf(zone);
  const { last } = known;
  if (last !== undefined && last.fromMs <= atMs && atMs < last.beforeMs) return last.day;
  const near = spanOf(atMs, zone);
  // clocks may go back across midnight, as in St. John's until 2011: then a day comes twice and is no one span
  if (near?.beforeMs !== (near?.fromMs ?? 0) + dayMs)
    return instant.toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
  known.last = near;
  return near.day;
};

/** From the day in UTC to the zone's own, which is the one before, the same or the next; undefined after the year 9999. */
const spanOf = (atMs: number, zone: string): ZoneDays['last'] => {
  let day = textOfDayNumber(Math.floor(atMs / dayMs)) as Day | undefined;
  if (day === undefined) return undefined;
  while (startMs(day, zone) > atMs) day = addDays(day, -1);
  let next = addDays(day, 1);
  for (; startMs(next, zone) <= atMs; next = addDays(day, 1)) day = next;
  return { day, fromMs: startMs(day, zone), beforeMs: startMs(next, zone) };
};

/** The first instant of a day in a zone. */
export const startOfDay = (day: Day, zone: string): Instant => instantFromMs(startMs(day, zone));

const startMs = (day: Day, zone: string): number => {
  const { starts } = daysOf(zone);
  const known = starts.get(day);
  if (known !== undefined) return known;
  if (starts.size >= mostStarts) starts.clear();
  const found = Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().epochMilliseconds;
  starts.set(day, found);
  return found;
};

/** Minutes after midnight on the wall clock, so that a change of clocks moves nothing. */
export const wallTime = (day: Day, minute: number, zone: string): Instant => {
  const fromMs = startMs(day, zone);
  if (startMs(addDays(day, 1), zone) - fromMs === dayMs) return instantFromMs(fromMs + minute * 60_000);
  return instantFromMs(fromMs)
    .toZonedDateTimeISO(zone)
    .with({ hour: Math.floor(minute / 60), minute: minute % 60 })
    .toInstant();
};

/** Whole seconds in UTC, as nearly all instants are written. */
const wholeSeconds = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** What was read last, since accounts of a company are often looked at the same instants. */
const read = new Map<string, Instant>();
const mostRead = 1_000;

/** Reads ISO text such as `2026-11-22T10:05:00Z`. @throws RangeError when it is not an instant. */
export const instantFromText = (text: string): Instant => {
  const known = read.get(text);
  if (known !== undefined) return known;
  const instant = instantRead(text);
  if (read.size >= mostRead) read.clear();
  read.set(text, instant);
  return instant;
};

const instantRead = (text: string): Instant => {
  const epochMs = wholeSeconds.test(text) ? Date.parse(text) : Number.NaN;
  // what is written back as it came is an instant: 30 February is not
  return !Number.isNaN(epochMs) && secondsText(epochMs) === text
    ? instantFromMs(epochMs)
    : Temporal.Instant.from(text);
};

const secondsText = (epochMs: number): string => new Date(epochMs).toISOString().replace('.000Z', 'Z');

/** The instant this many milliseconds after 1970 began in UTC. */
export const instantFromMs = (epochMs: number): Instant => Temporal.Instant.fromEpochMilliseconds(epochMs);

/** Worked out of an instant once: looks of a run ask for that of their own again and again. */
const milliseconds = new WeakMap<Instant, number>();

/** Milliseconds after 1970 began in UTC. */
export const msOfInstant = (instant: Instant): number => {
  const known = milliseconds.get(instant);
  if (known !== undefined) return known;
  const found = instant.epochMilliseconds;
  milliseconds.set(instant, found);
  return found;
};

/** An instant says the same for ever: a run writes its own on each of its entries. */
const written = new WeakMap<Instant, string>();

/** ISO text in UTC, to the second when nothing finer is there. */
export const textOfInstant = (instant: Instant): string => {
  const known = written.get(instant);
  if (known !== undefined) return known;
  const text = instantWritten(instant);
  written.set(instant, text);
  return text;
};

const instantWritten = (instant: Instant): string => {
  const isWhole = instant.epochNanoseconds % 1_000_000_000n === 0n;
  const text = isWhole ? secondsText(instant.epochMilliseconds) : '';
  return text.length === '2026-11-22T10:05:00Z'.length ? text : instant.toString();
};
