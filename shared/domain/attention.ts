/**
 * What needs a look: how far the relay is behind, and how long failed work has been waiting.
 * From: run documents and counts of parked work. Next: `GET api/health` (codes alone) and the status of operations.
 */
import { addBusinessDays } from './business-days.ts';
import { dayAt, daysBetween, instantFromText, type Instant } from './calendar.ts';
import type { ParkedCount } from './parked-work.ts';

export type Attention = 'beat-lost' | 'relay-behind' | 'dead-letters-waiting' | 'work-parked';

/** Code under which a message the bus gave up on is parked. */
export const deadLetterCode = 'delivery-gave-up';

/** Jobs whose latest slot is the instant of the newest entry the relay failed on, or passed on. */
export const relayJobs = { failed: 'relay-failed', relayed: 'relay-entries' } as const;

/** Marks for the relay lie in turn in so many places, so that each range of the feed has one sooner or later. */
const probePlaces = 4;
const beatMs = 5 * 60_000;

/** The place of a beat's mark. */
export const probeOf = (slot: string): string => String(Math.floor(msOf(slot) / beatMs) % probePlaces);

/** Job under which the relay notes the newest mark it found in a place. */
export const probeJob = (probe: string): string => `relay-probe:${probe}`;

/** Marks not found so far and the new one; of many the oldest tell all, so that the list stays short. */
export const silenceAfter = (unfound: readonly string[], slot: string): string[] => [
  ...unfound.slice(0, 2 * probePlaces),
  slot,
];

/** How long the oldest mark that was looked for was not found; the newest is looked for with the next beat. */
const relaySilentMs = (unfound: readonly string[], now: Instant): number => {
  const [oldest] = unfound.slice(0, -1);
  return oldest === undefined ? 0 : Math.max(0, now.epochMilliseconds - msOf(oldest));
};

export const relayLatestMs = 10 * 60_000;
export const deadLettersLatestMs = 60 * 60_000;

/** Whoever runs the platform works Monday to Friday, whatever is a holiday where its companies are. */
const platformCalendar = { weekend: [6, 7], holidays: new Set<never>() };

export type RelayProgress = {
  /** ISO instant of the newest entry it ever failed to pass on. */
  failedAt: string | undefined;
  /** ISO instant of the newest entry it passed on, and when it did. */
  relayed: { entryAt: string; at: string } | undefined;
  /** Beats whose marks it has not found yet, oldest first. */
  unfound?: readonly string[];
};

/** How far the relay is behind: what it noted of entries, or marks it never came by. */
export const relayLagMs = (progress: RelayProgress, now: Instant): number =>
  Math.max(entryLagMs(progress, now), relaySilentMs(progress.unfound ?? [], now));

/**
 * How long the newest entry known has waited, or waited when it was last passed on; 0 when nothing waits. A delay
 * that is over is told for ten minutes: that long a relay catching up may be silent about it.
 */
const entryLagMs = ({ failedAt, relayed }: RelayProgress, now: Instant): number => {
  const nowMs = now.epochMilliseconds;
  if (failedAt !== undefined && (relayed === undefined || failedAt > relayed.entryAt))
    return Math.max(0, nowMs - msOf(failedAt));
  if (relayed === undefined || nowMs - msOf(relayed.at) > relayLatestMs) return 0;
  return Math.max(0, msOf(relayed.at) - msOf(relayed.entryAt));
};

/** The oldest instant of work parked for a reason that counts; undefined when none waits. */
export const oldestOf = (
  counts: readonly ParkedCount[],
  concerns: (code: string) => boolean = () => true,
): string | undefined => {
  const waiting = counts.filter(({ code, count }) => count > 0 && concerns(code));
  return waiting.map(({ oldestAt }) => oldestAt).toSorted((a, b) => msOf(a) - msOf(b))[0];
};

/** What has waited too long: a dead letter an hour, any parked work one business day. */
export const waitedTooLong = (
  { deadLetterAt, parkedAt }: { deadLetterAt: string | undefined; parkedAt: string | undefined },
  now: Instant,
): Attention[] => {
  const codes: Attention[] = [];
  if (deadLetterAt !== undefined && now.epochMilliseconds - msOf(deadLetterAt) > deadLettersLatestMs)
    codes.push('dead-letters-waiting');
  if (parkedAt !== undefined && now.epochMilliseconds > businessDayLaterMs(parkedAt))
    codes.push('work-parked');
  return codes;
};

/** The same time of day (UTC) on the next business day. */
const businessDayLaterMs = (text: string): number => {
  const day = dayAt(instantFromText(text), 'UTC');
  return msOf(text) + daysBetween(day, addBusinessDays(day, 1, platformCalendar)) * 86_400_000;
};

const msOf = (text: string): number => instantFromText(text).epochMilliseconds;
