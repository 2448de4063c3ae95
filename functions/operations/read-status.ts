/**
 * Shows how far behind anything is: the beat, the relay, dead letters, parked work.
 * From: `GET api/operations/status`. Next: IT's page of operations. Numbers and ages alone, no business data.
 */
import type { StatusAnswer } from '../../shared/contracts/operations.ts';
import {
  deadLetterCode,
  oldestOf,
  relayLagMs,
  relayLatestMs,
  waitedTooLong,
} from '../../shared/domain/attention.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Done } from '../../shared/domain/outcome.ts';
import type { ParkedCount } from '../../shared/domain/parked-work.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { isBeatLostAt, readRelay } from './read-health.ts';

/** `scope` is the asker's; `platform` reads the run documents, which belong to no company. */
export const readStatus = async (
  { now, scope, platform }: { now: Instant; scope: Scope; platform: Scope },
  { parked, runs }: { parked: ParkedWorkStore; runs: RunStore },
): Promise<Done<StatusAnswer>> => {
  const [beat, relay, counts] = await Promise.all([
    runs.latest(platform, 'heartbeat'),
    readRelay(platform, runs),
    parked.allCounts(scope),
  ]);
  const letters = counts.filter(({ code }) => code === deadLetterCode);
  const lagMs = relayLagMs(relay, now);
  return done({
    at: textOfInstant(now),
    attention: [
      ...(isBeatLostAt(beat?.slot, now) ? (['beat-lost'] as const) : []),
      ...(lagMs > relayLatestMs ? (['relay-behind'] as const) : []),
      ...waitedTooLong({ deadLetterAt: oldestOf(letters), parkedAt: oldestOf(counts) }, now),
    ],
    beat: beat
      ? { slot: beat.slot, missedSlots: beat.missedSlots, ageMinutes: ageMinutes(beat.slot, now) }
      : null,
    relay: {
      relayedEntryAt: relay.relayed?.entryAt ?? null,
      failedEntryAt: relay.failedAt ?? null,
      lagMinutes: Math.floor(lagMs / 60_000),
    },
    deadLetters: waitingOf(letters, now),
    parked: {
      ...waitingOf(counts, now),
      byCode: counts.map((one) => ({ code: one.code, ...waitingOf([one], now) })),
    },
  });
};

const waitingOf = (counts: readonly ParkedCount[], now: Instant) => {
  const oldestAt = oldestOf(counts) ?? null;
  const count = counts.reduce((all, one) => all + one.count, 0);
  return { count, oldestAt, ageMinutes: oldestAt === null ? 0 : ageMinutes(oldestAt, now) };
};

const ageMinutes = (text: string, now: Instant): number =>
  Math.max(0, Math.floor((now.epochMilliseconds - instantFromText(text).epochMilliseconds) / 60_000));
