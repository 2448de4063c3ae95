/**
 * Values of one kind from the cells of a row: identifiers, texts, days, amounts, flags. What can not be read
 * is noted at the line and comes back as undefined.
 * From: `rows-mapper.ts` makes one reader per profile. Next: `rows-document.ts` and its neighbours.
 */
import { amountReader } from '../domain/amount-text.ts';
import { plainAmountStyle, type AmountStyle } from '../domain/amount-style.ts';
import type { Day } from '../domain/calendar.ts';
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import type { Outcome } from '../domain/outcome.ts';
import { dayFields } from './rows-days.ts';
import { fault, fieldsOf, type Cell, type Fields, type Line } from './rows-fields.ts';
import { identifierFault } from './rows-identifier.ts';

/** Days a document may bear, seen from the day of the file; years before and after it. */
export type RowPolicy = { asOf: Day; yearsBack: number; yearsAhead: number; dueYearsAhead: number };

/** The window of the rules the importer states: issued −10 to +1 years, due at most 3 years ahead. */
export const usualPolicy = (asOf: Day): RowPolicy => ({
  asOf,
  yearsBack: 10,
  yearsAhead: 1,
  dueYearsAhead: 3,
});

export type Values = {
  cell(line: Line, field: string): Cell;
  /** Of these fields those that may say something: the others are blank in every row. `fields` is one list for ever. */
  fieldsThere<Name extends string>(fields: readonly Name[]): readonly Name[];
  /** Blank and required: `identifier-missing`. */
  identifier(line: Line, field: string, isRequired: boolean): string | undefined;
  text(line: Line, field: string): string | undefined;
  flag(line: Line, field: string): boolean;
  currency(line: Line, field?: string): Currency | undefined;
  /** In minor units as written, before the sign style of the profile. Blank: undefined without a reason. */
  amount(line: Line, field: string, decimals: Decimals): AmountMinor | undefined;
  /** A positive number of up to 10 decimals as a fraction. Blank: undefined without a reason. */
  ratio(line: Line, field: string): { units: bigint; per: bigint } | undefined;
  /** Blank: undefined without a reason. */
  day(line: Line, field: string): Day | undefined;
  /** As `day`, but within the years a document may lie in. */
  documentDay(line: Line, field: string): Day | undefined;
  dueDay(line: Line, field: string): Day | undefined;
};

const longestText = 1_000;

export const valuesOf = (profile: MappingProfile, header: readonly string[], policy: RowPolicy): Values => {
  const fields = fieldsOf(profile, header);
  const dayOf = dayFields(fields, profile);
  const amountOf = amountFields(profile.notation?.amounts);
  const [first, last, lastDue] = [
    yearsFrom(policy.asOf, -policy.yearsBack),
    yearsFrom(policy.asOf, policy.yearsAhead),
    yearsFrom(policy.asOf, policy.dueYearsAhead),
  ];
  const cell = (line: Line, field: string): Cell => fields(field).cell(line);
  const within = (line: Line, field: string, latest: string): Day | undefined => {
    const day = dayOf(line, field);
    return day === undefined || (day >= first && day <= latest)
      ? day
      : fault(line, cell(line, field), 'date-out-of-window', `${day} lies outside ${first} to ${latest}`);
  };
  return {
    cell,
    fieldsThere: thereAmong(fields),
    identifier: (line, field, isRequired) => identifierIn(line, cell(line, field), isRequired),
    text: (line, field) => textIn(line, cell(line, field)),
    flag: (line, field) => flagIn(line, cell(line, field)),
    currency: (line, field = 'currency') => currencyIn(line, cell(line, field)),
    amount: (line, field, decimals) => amountOf(line, cell(line, field), decimals),
    ratio: (line, field) => ratioIn(line, cell(line, field), profile.notation?.amounts.decimal),
    day: dayOf,
    documentDay: (line, field) => within(line, field, last),
    dueDay: (line, field) => within(line, field, lastDue),
  };
};

/** Worked out once for each list. */
const thereAmong = (fields: Fields) => {
  const there = new Map<readonly string[], readonly string[]>();
  return <Name extends string>(names: readonly Name[]): readonly Name[] => {
    const known = there.get(names) ?? names.filter((name) => !fields(name).isAlwaysBlank);
    there.set(names, known);
    return known as readonly Name[];
  };
};

/** Only compared as text, so that it need not be a day of the calendar. */
const yearsFrom = (day: Day, years: number): string =>
  `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;

const identifierIn = (line: Line, cell: Cell, isRequired: boolean): string | undefined => {
  if (cell.text === '')
    return isRequired ? fault(line, cell, 'identifier-missing', 'this may not be blank') : undefined;
  const wrong = identifierFault(cell.text);
  return wrong === undefined ? composed(cell.text) : fault(line, cell, 'identifier-not-valid', wrong);
};

const textIn = (line: Line, cell: Cell): string | undefined => {
  if (cell.text === '') return undefined;
  if (cell.text.length > longestText)
    return fault(line, cell, 'text-too-long', `more than ${longestText} characters`);
  return composed(cell.text);
};

/** Letters with their marks as one character each; ASCII has none. */
const composed = (text: string): string => (/^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFC'));

const flags: Readonly<Record<string, boolean>> = {
  ...{ '': false, '0': false, no: false, n: false, false: false },
  ...{ '1': true, yes: true, y: true, true: true, x: true },
};

const flagIn = (line: Line, cell: Cell): boolean => {
  const word = cell.text.toLowerCase();
  if (Object.hasOwn(flags, word)) return flags[word] === true;
  fault(line, cell, 'invalid-flag', 'neither yes nor no');
  return false;
};

const currencyIn = (line: Line, cell: Cell): Currency | undefined => {
  const known = decimalsOf(cell.text);
  return known.ok ? cell.text : fault(line, cell, known.code, known.detail);
};

const amountFields = (declared: AmountStyle | undefined) => {
  const ofMachines = readersIn(plainAmountStyle);
  const ofSource = readersIn(declared ?? plainAmountStyle);
  return (line: Line, cell: Cell, decimals: Decimals): AmountMinor | undefined => {
    if (cell.text === '') return undefined;
    const isMachine = cell.type === 'number';
    if (!isMachine && declared === undefined && !/^-?\d{1,16}$/.test(cell.text))
      return fault(line, cell, 'locale-needed', 'how the source writes amounts is not declared');
    const amount = (isMachine ? ofMachines : ofSource)(decimals)(cell.text);
    return amount.ok ? amount.value : fault(line, cell, amount.code, amount.detail);
  };
};

/** One for each number of decimals, made when it is asked for. */
const readersIn = (style: AmountStyle) => {
  const readers: ((text: string) => Outcome<AmountMinor>)[] = [];
  return (decimals: Decimals) => (readers[decimals] ??= amountReader(style, decimals));
};

const ratioIn = (line: Line, cell: Cell, decimal: string | undefined) => {
  if (cell.text === '') return undefined;
  const mark = cell.type === 'number' || decimal === undefined ? '.' : decimal;
  const match = /^(\d{1,9})(?:([.,])(\d{1,10}))?$/.exec(cell.text);
  const [, whole = '', found = mark, fraction = ''] = match ?? [];
  const units = BigInt(`${whole}${fraction}` || '0');
  if (match === null || found !== mark || units === 0n)
    return fault(line, cell, 'invalid-rate', 'not a positive number of up to 10 decimals as declared');
  return { units, per: 10n ** BigInt(fraction.length) };
};
