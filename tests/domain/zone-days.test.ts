/**
 * Days and wall-clock times of zones, remembered or not: as the platform's own clock of the zone shows them.
 * From: invented instants. Next: everything that asks which day it is somewhere.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addDays,
  dayAt,
  dayFromText,
  instantFromMs,
  instantFromText,
  startOfDay,
  wallTime,
} from '../../shared/domain/calendar.ts';

const zones = [
  ...['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Beirut', 'Pacific/Apia', 'Australia/Lord_Howe'],
  ...['UTC', 'Asia/Kathmandu', 'America/St_Johns'],
];
const clocks = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
  ]),
);
const shown = (zone: string, atMs: number): string => clocks.get(zone)!.format(atMs);
const [fromMs, untilMs] = [Date.UTC(2005, 0, 1), Date.UTC(2030, 0, 1)];
const instants = fc.integer({ min: fromMs, max: untilMs });

it('it is the day that the zone’s clock shows, whatever was asked before', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.array(instants, { minLength: 1, maxLength: 6 }),
      (zone, list) => {
        for (const atMs of list) {
          // close by, so that what is remembered is asked again, and across midnight
          for (const near of [atMs, atMs + 3_600_000, atMs - 7_200_000])
            expect(dayAt(instantFromMs(near), zone)).toBe(shown(zone, near).slice(0, 10));
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('where clocks went back across midnight, the evening that came again is of the day before', () => {
  const at = (time: string): string => dayAt(instantFromText(`2007-11-04T${time}Z`), 'America/St_Johns');
  const times = ['05:00:00', '03:00:00', '02:30:30', '03:00:00', '03:30:00'];
  expect(times.map(at)).toEqual(['2007-11-04', '2007-11-03', '2007-11-04', '2007-11-03', '2007-11-04']);
});

it('a day begins when the day before is over', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, atMs) => {
      const day = dayAt(instantFromMs(atMs), zone);
      const startMs = startOfDay(day, zone).epochMilliseconds;
      expect(shown(zone, startMs).slice(0, 10)).toBe(day);
      expect(shown(zone, startMs - 1).slice(0, 10) < day).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it.each(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'])(
  'at 08:30 of %s the clock in Berlin shows 08:30',
  (day) => {
    const at = wallTime(dayFromText(day), 510, 'Europe/Berlin');
    expect(shown('Europe/Berlin', at.epochMilliseconds)).toBe(`${day} 08:30:00`);
    const next = wallTime(addDays(dayFromText(day), 1), 0, 'Europe/Berlin').epochMilliseconds;
    expect(shown('Europe/Berlin', next).slice(11)).toBe('00:00:00');
  },
);
