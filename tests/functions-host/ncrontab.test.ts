/**
 * Schedules as NCRONTAB and as intervals.
 */
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../local/functions-host/timers/ncrontab.ts';

const nextOf = (schedule: string, after: string, timeZone = 'UTC'): string =>
  new Date(parseSchedule(schedule, timeZone).nextAfterMs(Date.parse(after))).toISOString();

describe('the next instant', () => {
  it.each([
    ['0 */5 * * * *', '2026-03-01T10:02:00Z', '2026-03-01T10:05:00.000Z'],
    ['0 */5 * * * *', '2026-03-01T10:05:00Z', '2026-03-01T10:10:00.000Z'],
    ['30 15 2 * * *', '2026-03-01T10:00:00Z', '2026-03-02T02:15:30.000Z'],
    ['0 0 9 * * 1-5', '2026-03-06T09:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['0 0 9 * * Mon', '2026-03-03T00:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['0 0 0 1 Jan *', '2026-03-01T00:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 0 29 2 *', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['*/10 * * * * *', '2026-03-01T10:00:01Z', '2026-03-01T10:00:10.000Z'],
    ['0 0 8,12,16 * * *', '2026-03-01T12:00:00Z', '2026-03-01T16:00:00.000Z'],
    ['01:30:00', '2026-03-01T10:00:00Z', '2026-03-01T11:30:00.000Z'],
  ])('%s after %s', (schedule, after, expected) => {
    expect(nextOf(schedule, after)).toBe(expected);
  });

  it('day of the month and day of the week must both fit', () => {
    expect(nextOf('0 0 0 13 * 5', '2026-03-14T00:00:00Z')).toBe('2026-11-13T00:00:00.000Z');
  });

  it('goes by the time zone, through the change to summer time', () => {
    expect(nextOf('0 0 9 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z');
    expect(nextOf('0 0 9 * * *', '2026-03-27T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-28T08:00:00.000Z');
  });
});

describe('refused', () => {
  it.each([
    ['five fields', '*/5 * * * *'],
    ['seven fields', '0 0 0 1 1 * 2027'],
    ['the last day', '0 0 0 L * *'],
    ['the last Friday', '0 0 0 * * 5L'],
    ['the nearest weekday', '0 0 0 15W * *'],
    ['the second Monday', '0 0 0 * * 1#2'],
    ['no particular day', '0 0 0 ? * *'],
    ['a nickname', '@daily'],
    ['a day of the week 7', '0 0 0 * * 7'],
    ['a minute 60', '0 60 * * * *'],
    ['words', '0 0 0 * Spring *'],
    ['an empty interval', '00:00:00'],
    ['a day that never comes', '0 0 0 31 2 *'],
    ['nothing', ''],
  ])('%s', (_what, schedule) => {
    expect(() => parseSchedule(schedule, 'UTC')).toThrow();
  });

  it('a time zone that does not exist', () => {
    expect(() => parseSchedule('0 0 9 * * *', 'Mars/Olympus')).toThrow();
  });
});

it.each([
  ['0 */5 * * * *', true],
  ['30 * * * * *', true],
  ['*/30 * * * * *', false],
  ['00:01:00', true],
  ['00:00:59', false],
])('%s is monitored by itself: %s', (schedule, expected) => {
  expect(parseSchedule(schedule, 'UTC').isMinuteOrLonger).toBe(expected);
});
