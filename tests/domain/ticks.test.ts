/**
 * Ticks: slots are named by the instant their period began.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFromMs, instantFromText } from '../../shared/domain/calendar.ts';
import { isBeatLost, missedSlots, slotAfter, slotAt, tickMessageId } from '../../shared/domain/ticks.ts';

const instants = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instantFromMs);
const periods = fc.constantFrom(1, 5, 15, 60, 1440);

describe('slots', () => {
  it('are named by the instant the period began', () => {
    expect(slotAt(instantFromText('2026-11-22T10:07:59.999Z'), 5)).toBe('2026-11-22T10:05:00Z');
    expect(slotAt(instantFromText('2026-11-22T10:05:00Z'), 5)).toBe('2026-11-22T10:05:00Z');
    expect(slotAt(instantFromText('2026-11-22T10:04:59Z'), 1440)).toBe('2026-11-22T00:00:00Z');
  });

  it('hold every instant between their begin and the next begin', () => {
    fc.assert(
      fc.property(instants, periods, (now, every) => {
        const slot = slotAt(now, every);
        const begin = instantFromText(slot).epochMilliseconds;
        const next = instantFromText(slotAfter(slot, every)).epochMilliseconds;
        expect(begin).toBeLessThanOrEqual(now.epochMilliseconds);
        expect(next).toBeGreaterThan(now.epochMilliseconds);
        expect(slotAt(instantFromMs(next), every)).toBe(slotAfter(slot, every));
      }),
      { numRuns: 10_000 },
    );
  });

  it('sort as text in the order of time', () => {
    fc.assert(
      fc.property(instants, instants, periods, (a, b, every) => {
        const inTime = Math.sign(instantFromText(slotAt(a, every)).since(slotAt(b, every)).sign);
        const asText = slotAt(a, every) < slotAt(b, every) ? -1 : slotAt(a, every) > slotAt(b, every) ? 1 : 0;
        expect(asText).toBe(inTime);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('missed slots', () => {
  it('are none before the first, none between neighbours, and none backwards', () => {
    expect(missedSlots(undefined, '2026-11-22T10:05:00Z', 5)).toBe(0);
    expect(missedSlots('2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z', 5)).toBe(0);
    expect(missedSlots('2026-11-22T10:05:00Z', '2026-11-22T10:00:00Z', 5)).toBe(0);
  });

  it('are those nobody worked in between', () => {
    expect(missedSlots('2026-11-22T10:00:00Z', '2026-11-22T10:20:00Z', 5)).toBe(3);
  });
});

describe('the beat', () => {
  it('is lost when nothing was ever worked, or three whole periods were missed', () => {
    const now = instantFromText('2026-11-22T10:21:00Z');
    expect(isBeatLost(undefined, now, 5)).toBe(true);
    expect(isBeatLost('2026-11-22T10:00:00Z', now, 5)).toBe(true);
    expect(isBeatLost('2026-11-22T10:05:00Z', now, 5)).toBe(false);
  });
});

it('a tick has the same id whoever sends it, and fits the bus', () => {
  expect(tickMessageId('heartbeat', '2026-11-22T10:05:00Z')).toBe('tick:heartbeat:2026-11-22T10:05:00Z');
  expect(tickMessageId('a'.repeat(90), '2026-11-22T10:05:00Z').length).toBeLessThanOrEqual(128);
});
