/**
 * The days of a document: issued, posted, due, and until when a discount may be taken.
 * From: `rows-document.ts`. Next: the row. A due day comes from its column or from a terms code, in this order;
 * credits and payments are due when they are issued.
 */
import type { Day } from '../domain/calendar.ts';
import type { DiscountTier, ItemKind } from '../domain/item.ts';
import { dueUnder, termsFromCode } from '../domain/terms.ts';
import type { DocumentOptions } from './rows-document.ts';
import { fault, type Line } from './rows-fields.ts';

export type Dates = {
  documentOn: Day;
  postedOn: Day;
  dueOn: Day;
  /** What the terms code comes to, where there is one that can be read. */
  dueByTerms?: Day;
  discountTiers: readonly DiscountTier[];
};

/** Undefined when a reason was noted. `kind` is undefined when that could not be read. */
export const datesIn = (
  line: Line,
  options: DocumentOptions,
  kind: ItemKind | undefined,
): Dates | undefined => {
  const { values } = options;
  const before = line.reasons.length;
  const issued = values.documentDay(line, 'documentDate');
  const posted = values.documentDay(line, 'postingDate');
  const documentOn = issued ?? posted;
  const told = values.dueDay(line, 'dueDate');
  const tiers = tiersIn(line, options);
  if (line.reasons.length > before) return undefined;
  if (documentOn === undefined)
    return fault(line, values.cell(line, 'documentDate'), 'invalid-date', 'the day of issue is missing');
  const terms = termsIn(line, options, documentOn);
  const isCredit = kind === 'creditNote' || kind === 'paymentOnAccount';
  const dueOn = told ?? terms?.dueOn ?? (isCredit ? documentOn : undefined);
  if (dueOn === undefined) return dueMissing(line, options);
  return {
    documentOn,
    postedOn: posted ?? documentOn,
    dueOn,
    ...(terms !== undefined && { dueByTerms: terms.dueOn }),
    discountTiers: tiers.length > 0 ? tiers : (terms?.discountTiers ?? []),
  };
};

/** What the terms code comes to; a code that can not be read only matters where no due day is told. */
const termsIn = (line: Line, { profile, values }: DocumentOptions, documentOn: Day) => {
  const code = values.cell(line, 'terms').text;
  if (code === '') return undefined;
  const terms = termsFromCode(Object.hasOwn(profile.terms, code) ? (profile.terms[code] ?? code) : code);
  return terms.ok ? dueUnder(terms.value, documentOn) : undefined;
};

const dueMissing = (line: Line, { values }: DocumentOptions): undefined => {
  const terms = values.cell(line, 'terms');
  return terms.text === ''
    ? fault(line, values.cell(line, 'dueDate'), 'due-date-missing', 'neither a due date nor terms')
    : fault(
        line,
        terms,
        'due-date-missing',
        `no due date, and "${terms.text.slice(0, 60)}" is no known terms code`,
      );
};

const tiers = [1, 2, 3];
const tierFields = tiers.flatMap((place) => [`discountPercent${place}`, `discountUntil${place}`]);

/** Up to three tiers of their own columns; percent with up to two decimals. */
const tiersIn = (line: Line, options: DocumentOptions): DiscountTier[] =>
  options.values.fieldsThere(tierFields).length === 0
    ? []
    : tiers.flatMap((place) => tierIn(line, options, `discountPercent${place}`, `discountUntil${place}`));

const tierIn = (line: Line, { values }: DocumentOptions, percent: string, until: string): DiscountTier[] => {
  const percentHundredths = values.amount(line, percent, 2);
  const untilOn = values.dueDay(line, until);
  if (percentHundredths === undefined || untilOn === undefined) return [];
  if (percentHundredths > 0 && percentHundredths <= 10_000) return [{ percentHundredths, untilOn }];
  const cell = values.cell(line, percent);
  fault(line, cell, 'invalid-percent', 'a discount is more than 0 and at most 100 percent');
  return [];
};
