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

export const relayLatestMs = 10 * 60_000;
export const deadLettersLatestMs = 60 * 60_000;

/** Whoever runs the platform works Monday to Friday, whatever is a holiday where its companies are. */
const platformCalendar = { weekend: [6, 7], holidays: new Set<never>() };

export type RelayProgress = {
  /** ISO instant of the newest entry it ever failed to pass on. */
  failedAt: string | undefined;
  /** ISO instant of the newest entry it passed on, and when it did. */
  relayed: { entryAt: string; at: string } | undefined;
};

/**
 * How long the newest entry known has waited, or waited when it was last passed on; 0 when nothing waits. A delay
 * that is over is told for ten minutes: that long a relay catching up may be silent about it.
 */
export const relayLagMs = ({ failedAt, relayed }: RelayProgress, now: Instant): number => {
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
