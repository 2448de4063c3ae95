/**
 * What is told to fit into so many bytes does, whatever it is made of; instants read fast are those read exactly.
 */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { bytesOfJson, fitsAsJson } from '../../shared/domain/json-size.ts';

it('says of any content and any room what writing it says', () => {
  const content = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), {
    ...{ noNullPrototype: true, maxKeys: 4 },
  });
  fc.assert(
    fc.property(content, fc.integer({ min: 0, max: 400 }), (value, room) => {
      expect(fitsAsJson(value, room)).toBe(bytesOfJson(value) <= room);
    }),
    { numRuns: 100 },
  );
});

it.each([
  ...['2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:61:00Z'],
  ...['2026-01-01T00:00:60Z', '2026-01-01T00:00:00', '0000-02-30T00:00:00Z', '2026-1-1T00:00:00Z'],
])('reads %s as the exact reader does', (text) => {
  const read = (from: (text: string) => Temporal.Instant): string => {
    try {
      return from(text).toString();
    } catch (fault) {
      return (fault as Error).name;
    }
  };
  expect(read(instantFromText)).toBe(read((one) => Temporal.Instant.from(one)));
});

it('writes and reads any instant as the exact writer and reader do', () => {
  const any = fc.bigInt({ min: -8_640_000_000_000_000_000_000n, max: 8_640_000_000_000_000_000_000n });
  const whole = fc.integer({ min: -8e12, max: 8e12 }).map((seconds) => BigInt(seconds) * 1_000_000_000n);
  fc.assert(
    fc.property(fc.oneof(any, whole), (nanoseconds) => {
      const instant = new Temporal.Instant(nanoseconds);
      expect(textOfInstant(instant)).toBe(instant.toString());
      expect(instantFromText(instant.toString()).epochNanoseconds).toBe(nanoseconds);
    }),
    { numRuns: 500 },
  );
});
