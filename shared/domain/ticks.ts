/**
 * Ticks: the steady beat that starts recurring work, counted in slots so that a tick has a name.
 * From: `now` of the timer, the last slot worked. Next: tick messages and run documents.
 * A slot is the instant its period began; the same slot is the same tick, however often it comes.
 */
import { instantFromMs, instantFromText, textOfInstant, type Instant } from './calendar.ts';

const minuteMs = 60_000;

/** The slot `now` lies in, as ISO text: 10:07 in slots of 5 minutes is `…T10:05:00Z`. */
export const slotAt = (now: Instant, everyMinutes: number): string => {
  const periodMs = everyMinutes * minuteMs;
  return textOfInstant(instantFromMs(Math.floor(now.epochMilliseconds / periodMs) * periodMs));
};

/** The slot after this one. */
export const slotAfter = (slot: string, everyMinutes: number): string =>
  textOfInstant(instantFromText(slot).add({ minutes: everyMinutes }));

/** How many slots between the last one worked and this one nobody worked; 0 before the first. */
export const missedSlots = (lastSlot: string | undefined, slot: string, everyMinutes: number): number => {
  if (lastSlot === undefined) return 0;
  const betweenMs = instantFromText(slot).epochMilliseconds - instantFromText(lastSlot).epochMilliseconds;
  return Math.max(0, Math.floor(betweenMs / (everyMinutes * minuteMs)) - 1);
};

/** The same for every sender of the same tick, so that a second one is recognised. */
export const tickMessageId = (job: string, slot: string): string => `tick:${job}:${slot}`;

/** Whether the beat has stopped: nothing worked for three whole periods. */
export const isBeatLost = (lastSlot: string | undefined, now: Instant, everyMinutes: number): boolean =>
  lastSlot === undefined || missedSlots(lastSlot, slotAt(now, everyMinutes), everyMinutes) >= 3;
