/**
 * Time as the domain sees it: instants that are handed in, never read from a clock.
 * From: `now` of a handler, ISO text of documents and messages. Next: the rules beside this file.
 */
import { Temporal } from 'temporal-polyfill';

export type Instant = Temporal.Instant;

/** Reads ISO text such as `2026-11-22T10:05:00Z`. @throws RangeError when it is not an instant. */
export const instantFromText = (text: string): Instant => Temporal.Instant.from(text);

/** The instant this many milliseconds after 1970 began in UTC. */
export const instantFromMs = (epochMs: number): Instant => Temporal.Instant.fromEpochMilliseconds(epochMs);

/** ISO text in UTC, to the second when nothing finer is there. */
export const textOfInstant = (instant: Instant): string => instant.toString();
