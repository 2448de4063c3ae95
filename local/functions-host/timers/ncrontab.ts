/**
 * When a timer is due: six-field NCRONTAB or an interval `hh:mm:ss`.
 * From: the `schedule` of a timer trigger. Next: `timer.ts` asks for the next instant.
 * `croner` does the calendar; signs it knows and the platform does not are refused first.
 */
import { Cron } from 'croner';

export type Schedule = {
  /** The first instant after `afterMs` (business milliseconds). */
  nextAfterMs(afterMs: number): number;
  /** At least a minute between any two: then the platform keeps record of it unless told otherwise. */
  isMinuteOrLonger: boolean;
};

const interval = /^(\d{1,2}):(\d{2}):(\d{2})$/;
const allowed = /^[\d\s*,/\-A-Za-z]+$/;
const foreignSigns = /(^|[\s,\d])[LW]($|[\s,])|[#?]/i;
const words = /[A-Za-z]+/g;
const knownWords = new Set(
  ['jan feb mar apr may jun jul aug sep oct nov dec', 'sun mon tue wed thu fri sat'].flatMap((line) =>
    line.split(' '),
  ),
);

/** @throws Error saying what about the schedule is wrong. */
export const parseSchedule = (text: string, timeZone: string): Schedule => {
  const spelled = text.trim();
  const times = spelled.match(interval);
  if (times) return everySoOften(times.slice(1).map(Number));
  if (foreignSigns.test(spelled)) throw new Error(`'${text}': L, W, # and ? are not part of NCRONTAB`);
  const fields = spelled.split(/\s+/);
  if (fields.length !== 6)
    throw new Error(`'${text}' has ${fields.length} fields; six are needed, seconds first`);
  const stranger = spelled.match(words)?.find((word) => !knownWords.has(word.slice(0, 3).toLowerCase()));
  if (/7/.test(fields[5] ?? '')) throw new Error(`'${text}': days of the week go from 0 (Sunday) to 6`);
  if (!allowed.test(spelled) || stranger !== undefined) throw new Error(`'${text}' is not a schedule`);
  return fromCron(spelled, timeZone);
};

const everySoOften = ([hours = 0, minutes = 0, seconds = 0]: number[]): Schedule => {
  const stepMs = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  if (stepMs <= 0) throw new Error('an interval must be longer than nothing');
  return { nextAfterMs: (afterMs) => afterMs + stepMs, isMinuteOrLonger: stepMs >= 60_000 };
};

const fromCron = (pattern: string, timezone: string): Schedule => {
  const cron = new Cron(pattern, { mode: '6-part', domAndDow: true, timezone, paused: true });
  const nextAfterMs = (afterMs: number): number => {
    const next = cron.nextRun(new Date(afterMs));
    if (!next) throw new Error(`'${pattern}' is never due`);
    return next.getTime();
  };
  nextAfterMs(0);
  return { nextAfterMs, isMinuteOrLonger: /^\d+\s/.test(pattern) };
};
