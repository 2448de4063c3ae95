/**
 * Payment terms: due day and discounts from a code, or a refusal.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { dueUnder, termsFromCode } from '../../shared/domain/terms.ts';

const documentOn = dayFromText('2026-01-15');

const dueOf = (code: string) => {
  const terms = termsFromCode(code);
  return terms.ok ? dueUnder(terms.value, documentOn) : terms.code;
};

describe('a document of 15 January', () => {
  it.each([
    ['net 30', '2026-02-14'],
    ['NET30', '2026-02-14'],
    ['n/30', '2026-02-14'],
    ['Net 0', '2026-01-15'],
    ['due on receipt', '2026-01-15'],
    ['end of month', '2026-01-31'],
    ['EOM', '2026-01-31'],
    ['EOM + 30', '2026-03-02'],
    ['end of month+15', '2026-02-15'],
  ])('under "%s" is due on %s', (code, dueOn) => {
    expect(dueOf(code)).toEqual({ dueOn, discountTiers: [] });
  });

  it('under 2/10 net 30 may be paid less 2 % until the 25th', () => {
    expect(dueOf('2/10 net 30')).toEqual({
      dueOn: '2026-02-14',
      discountTiers: [{ percentHundredths: 200, untilOn: '2026-01-25' }],
    });
  });

  it('under 3/7 1.5/14 0.25/21 n/45 has three discounts, each smaller and later', () => {
    expect(dueOf('3/7 1.5/14 0.25/21 N/45')).toEqual({
      dueOn: '2026-03-01',
      discountTiers: [
        { percentHundredths: 300, untilOn: '2026-01-22' },
        { percentHundredths: 150, untilOn: '2026-01-29' },
        { percentHundredths: 25, untilOn: '2026-02-05' },
      ],
    });
  });
});

describe('a code is refused', () => {
  it.each([
    ['that trade reads in two ways', '30 days end of month'],
    ['that says neither what 30 is', '30'],
    ['whose end of month follows a net', 'net 30 EOM'],
    ['whose discount counts from the end of the month', '2/10 EOM'],
    ['whose later discount is larger', '2/10 3/14 net 30'],
    ['whose later discount is not later', '3/10 2/10 net 30'],
    ['whose discount outlives the due day', '2/40 net 30'],
    ['whose discount is nothing', '0/10 net 30'],
    ['with a decimal comma', '1,5/10 net 30'],
    ['of a source’s own', 'ZB01'],
    ['that is empty', ''],
  ])('%s', (_what, code) => {
    expect(dueOf(code)).toBe('unknown-terms');
  });
});

it('net days, however written, are due that many days after any document', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays(dayFromText('2000-01-01'), count));
  const writings = fc.constantFrom('NET ', 'n/', 'N', 'Net');
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 365 }), writings, (on, netDays, writing) => {
      const terms = termsFromCode(`${writing}${netDays}`);
      expect(terms.ok && dueUnder(terms.value, on).dueOn).toBe(addDays(on, netDays));
    }),
    { numRuns: 10_000 },
  );
});
