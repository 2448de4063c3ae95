/**
 * One document from the cells of a row: an open item, an invoice, a line of a delta, a closed item.
 * From: `rows-mapper.ts`. Next: ingestion spreads the rows by account. Faults that do not refuse a row stand in
 * `faults`; who may not be billed or chased because of them is decided later.
 */
import type { Day } from '../domain/calendar.ts';
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import type { DocumentRow } from '../domain/feed-rows.ts';
import type { ItemKind } from '../domain/item.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { zero, type AmountMinor } from '../domain/money.ts';
import { amountsIn, type Amounts } from './rows-amounts.ts';
import { datesIn, type Dates } from './rows-dates.ts';
import { fault, type Line } from './rows-fields.ts';
import { identifierFault } from './rows-identifier.ts';
import type { Values } from './rows-values.ts';

/** What names the document, as far as it could be read. */
export type RowKey = { kind: ItemKind; number: string; fiscalYear?: string; part: string };
/** `keys`: those the row may be of. Two where the kind follows from the sign of an amount nobody can read. */
export type DocumentRead = { document?: DocumentRow; accountId?: string; keys?: readonly RowKey[] };

export type DocumentOptions = {
  profile: MappingProfile;
  values: Values;
  /** The open amount may be blank: of a snapshot never, of what is settled always. */
  open: 'needed' | 'asOriginal' | 'none';
};

export const documentIn = (line: Line, options: DocumentOptions): DocumentRead => {
  const { profile, values } = options;
  const accountId = values.identifier(line, 'account', true);
  const number = values.identifier(line, 'number', true);
  const fiscalYear = values.identifier(line, 'fiscalYear', profile.numbersRepeatByYear);
  const part = values.identifier(line, 'part', false) ?? '1';
  const currency = values.currency(line);
  const decimals = currency === undefined ? undefined : decimalsIn(currency);
  const amounts = decimals === undefined ? undefined : amountsIn(line, options, decimals);
  const kinds = amounts === undefined ? kindsOfWord(line, options) : [amounts.kind];
  const [kind] = kinds.length === 1 ? kinds : [];
  const keys =
    number === undefined || isKeyUnread(line, options, fiscalYear)
      ? []
      : kinds.map((one) => ({ kind: one, number, part, ...(fiscalYear !== undefined && { fiscalYear }) }));
  const dates = datesIn(line, options, kind);
  const rest = restIn(line, options, decimals);
  checkRequired(line, options);
  const read = { ...(accountId !== undefined && { accountId }), ...(keys.length > 0 && { keys }) };
  const [key] = keys;
  if (line.reasons.length > 0 || accountId === undefined || key === undefined) return read;
  if (currency === undefined || amounts === undefined || dates === undefined) return read;
  const document: DocumentRow = {
    row: line.row,
    accountId,
    ...key,
    documentOn: dates.documentOn,
    postedOn: dates.postedOn,
    dueOn: dates.dueOn,
    currency,
    original: amounts.original,
    open: amounts.open,
    ...(amounts.tax !== undefined && { tax: amounts.tax }),
    discountTiers: dates.discountTiers,
    ...rest,
    faults: faultsOf(amounts, dates, line, options),
  };
  return { ...read, document };
};

const decimalsIn = (currency: string): Decimals | undefined => {
  const decimals = decimalsOf(currency);
  return decimals.ok ? decimals.value : undefined;
};

/** Without a year or part that stands there, or a year that has to, the number names another item or none. */
const isKeyUnread = (line: Line, { profile, values }: DocumentOptions, year: string | undefined): boolean =>
  (year === undefined && (profile.numbersRepeatByYear || values.cell(line, 'fiscalYear').text !== '')) ||
  identifierFault(values.cell(line, 'part').text) !== undefined;

/** What the kind may be by its word alone, for the key of a row whose amounts can not be read. */
const kindsOfWord = (line: Line, { profile, values }: DocumentOptions): ItemKind[] => {
  const word = values.cell(line, 'type').text.toLowerCase();
  if (word === '') return [...new Set([profile.kindBySign.debit, profile.kindBySign.credit])];
  const kind = Object.hasOwn(profile.kinds, word) ? profile.kinds[word] : undefined;
  return kind === undefined ? [] : [kind];
};

const checkRequired = (line: Line, { profile, values }: DocumentOptions): void => {
  for (const field of profile.required) {
    const cell = values.cell(line, field);
    if (cell.text === '') fault(line, cell, 'value-missing', `${field} may not be blank in this layout`);
  }
};

type Rest = Pick<DocumentRow, 'parties' | 'references' | 'isInsured' | 'isIntercompany'> &
  Partial<DocumentRow>;

const restIn = (line: Line, options: DocumentOptions, decimals: Decimals | undefined): Rest => {
  const { values } = options;
  const retention = retentionIn(line, options, decimals);
  const originalNumber = values.identifier(line, 'originalNumber', false);
  const reversesNumber = values.identifier(line, 'reverses', false);
  return {
    ...textsIn(line, values, ['accountName', 'contactEmail']),
    ...(originalNumber !== undefined && { originalNumber }),
    ...(reversesNumber !== undefined && { reversesNumber }),
    parties: textsIn(line, values, ['soldTo', 'shipTo', 'site', 'salesOwner']),
    references: textsIn(line, values, ['purchaseOrder', 'order', 'delivery', 'text']),
    ...textsIn(line, values, ['method', 'assignedTo']),
    isInsured: values.flag(line, 'insured'),
    isIntercompany: values.flag(line, 'intercompany'),
    ...(retention !== undefined && { retention }),
    ...textsIn(line, values, ['erpBlock', 'apStatus']),
  };
};

/** The fields of these names that say something. */
const textsIn = <Name extends string>(
  line: Line,
  values: Values,
  names: readonly Name[],
): { [key in Name]?: string } => {
  const texts: { [key in Name]?: string } = {};
  for (const name of names) {
    const text = values.text(line, name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
};

const retentionIn = (
  line: Line,
  { values }: DocumentOptions,
  decimals: Decimals | undefined,
): DocumentRow['retention'] => {
  const amount = decimals === undefined ? undefined : values.amount(line, 'retentionAmount', decimals);
  const releaseOn: Day | undefined = values.day(line, 'retentionRelease');
  if (amount === undefined || amount === zero) return undefined;
  return { amount, ...(releaseOn !== undefined && { releaseOn }) };
};

const faultsOf = (
  { original, net, tax, ordered }: Amounts,
  { dueOn, documentOn, dueByTerms }: Dates,
  line: Line,
  { profile, values }: DocumentOptions,
): string[] => {
  const isBlank = (field: string): boolean => values.cell(line, field).text === '';
  return [
    ...when(original === 0, 'zero-total'),
    ...when(net !== undefined && tax !== undefined && !addsUp(net, tax, original), 'tax-mismatch'),
    ...when(ordered !== undefined && ordered !== original, 'price-differs-from-order'),
    ...when(dueByTerms !== undefined && dueByTerms !== dueOn, 'due-date-not-by-terms'),
    ...when(dueOn < documentOn, 'due-before-document'),
    ...when(profile.wanted.includes('purchaseOrder') && isBlank('purchaseOrder'), 'missing-purchase-order'),
    ...when(profile.wanted.includes('attachment') && isBlank('attachment'), 'missing-attachment'),
  ];
};

const addsUp = (net: AmountMinor, tax: AmountMinor, gross: AmountMinor): boolean => net + tax === gross;

const when = (holds: boolean, code: string): string[] => (holds ? [code] : []);
