/**
 * The notations of numbers and days that go by the name of a locale, for a person to declare at upload.
 * From: the locale chosen for a source. Next: `withNotation` completes a mapping profile. A day is always also
 * read as `YYYY-MM-DD`, which no locale writes differently.
 */
import { plainAmountStyle, type NumberMarks } from './amount-style.ts';
import { amountReader } from './amount-text.ts';
import { dayFromText } from './calendar.ts';
import { dayReader, dayText } from './day-text.ts';
import type { MappingProfile, Notation } from './mapping-profile.ts';
import { done, refuse, type Outcome } from './outcome.ts';

const isoDay = 'YYYY-MM-DD';

const notation = (marks: NumberMarks, day: string, grouping: 'threes' | 'indian' = 'threes'): Notation => ({
  amounts: { ...plainAmountStyle, ...marks, grouping },
  days: day === isoDay ? [isoDay] : [isoDay, day],
});

const comma = { decimal: '.', group: ',' } as const;
const dot = { decimal: ',', group: '.' } as const;
const space = { decimal: ',', group: ' ' } as const;

/** `plain` is what machines write: `1234.50`, `2026-11-22`. */
const notations: Readonly<Record<string, Notation>> = {
  plain: { amounts: plainAmountStyle, days: [isoDay] },
  'en-US': notation(comma, 'M/D/YYYY'),
  'en-GB': notation(comma, 'D/M/YYYY'),
  'en-IE': notation(comma, 'D/M/YYYY'),
  'en-AU': notation(comma, 'D/M/YYYY'),
  'en-CA': notation(comma, isoDay),
  'en-IN': notation(comma, 'D/M/YYYY', 'indian'),
  'de-DE': notation(dot, 'D.M.YYYY'),
  'de-AT': notation(dot, 'D.M.YYYY'),
  'de-CH': notation({ decimal: '.', group: "'" }, 'D.M.YYYY'),
  'fr-FR': notation(space, 'D/M/YYYY'),
  'fr-CA': notation(space, isoDay),
  'es-ES': notation(dot, 'D/M/YYYY'),
  'it-IT': notation(dot, 'D/M/YYYY'),
  'nl-NL': notation(dot, 'D-M-YYYY'),
  'pl-PL': notation(space, 'D.M.YYYY'),
  'sv-SE': notation(space, isoDay),
  'he-IL': notation(comma, 'D.M.YYYY'),
  'ja-JP': notation(comma, 'YYYY/MM/DD'),
};

export const localeNames: readonly string[] = Object.keys(notations);

/** The notation of a locale; `unknown-locale` when it is none of `localeNames`. */
export const notationOf = (locale: string): Outcome<Notation, 'unknown-locale'> =>
  Object.hasOwn(notations, locale)
    ? done(notations[locale] as Notation)
    : refuse('unknown-locale', `"${locale}" is none of ${localeNames.join(', ')}`);

/** The profile with the notation of a declared locale; one that has its own keeps it. */
export const withNotation = (
  profile: MappingProfile,
  locale: string | undefined,
): Outcome<MappingProfile, 'unknown-locale' | 'locale-needed'> => {
  if (profile.notation !== undefined) return done(profile);
  if (locale === undefined)
    return refuse('locale-needed', `profile ${profile.name} does not say how numbers and days are written`);
  const declared = notationOf(locale);
  return declared.ok ? done({ ...profile, notation: declared.value }) : declared;
};

/** Days whose parts are all different or could stand for one another. */
const tellingDays = ['2021-03-04', '2012-11-10', '2003-02-01', '2010-12-11'].map(dayFromText);

/**
 * What is wrong with a notation: a format that is none, two formats that read one text as different days, or
 * marks that clash; undefined when nothing is.
 */
export const notationFault = ({ days, amounts }: Partial<Notation>): string | undefined => {
  try {
    if (amounts !== undefined) amountReader(amounts, 2);
    const readers = (days ?? []).map(dayReader);
    for (const format of days ?? [])
      for (const day of tellingDays) {
        const text = dayText(day, format);
        const other = readers.map((read) => read(text)).find((read) => read.ok && read.value !== day);
        if (other !== undefined) return `"${text}" could mean two days; declare one of the formats`;
      }
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
};
