/**
 * One document from the cells of a row: an open item, an invoice, a line of a delta, a closed item.
 * From: `rows-mapper.ts`. Next: ingestion spreads the rows by account. Faults that do not refuse a row stand in
 * `faults`; who may not be billed or chased because of them is decided later.
 */
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import type { DocumentRow } from '../domain/feed-rows.ts';
import type { ItemKind } from '../domain/item.ts';
import type { MappingProfile } from '../domain/mapping-profile.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import { amountsIn, type Amounts } from './rows-amounts.ts';
import { datesIn, type Dates } from './rows-dates.ts';
import { fault, type Line } from './rows-fields.ts';
import { identifierFault } from './rows-identifier.ts';
import { restIn, type Rest } from './rows-rest.ts';
import type { Values } from './rows-values.ts';

/** What names the document, as far as it could be read. */
export type RowKey = { kind: ItemKind; number: string; fiscalYear?: string; part: string };
/**
 * The document, or what is known of a row that is none. `keys`: those the row may be of. Two where the kind follows
 * from the sign of an amount nobody can read.
 */
export type DocumentRead =
  { document: DocumentRow } | { document?: never; accountId?: string; keys?: readonly RowKey[] };

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
  const rest = restIn(line, values, decimals);
  checkRequired(line, options);
  const [key] = keys;
  const isSound = line.reasons.length === 0 && currency !== undefined;
  if (isSound && accountId !== undefined && key !== undefined && amounts !== undefined && dates !== undefined)
    return { document: documentOf(line, options, { accountId, key, currency, amounts, dates, rest }) };
  return { ...(accountId !== undefined && { accountId }), ...(keys.length > 0 && { keys }) };
};

type Read = {
  accountId: string;
  key: RowKey;
  currency: Currency;
  amounts: Amounts;
  dates: Dates;
  rest: Rest;
};

/** Each field named: one object for each row of a large file, and what is spread into another is one more. */
const documentOf = (
  line: Line,
  options: DocumentOptions,
  { accountId, key, currency, amounts, dates, rest }: Read,
): DocumentRow => ({
  ...{ row: line.row, accountId, kind: key.kind, number: key.number, part: key.part },
  ...(key.fiscalYear !== undefined && { fiscalYear: key.fiscalYear }),
  documentOn: dates.documentOn,
  postedOn: dates.postedOn,
  dueOn: dates.dueOn,
  currency,
  original: amounts.original,
  open: amounts.open,
  ...(amounts.tax !== undefined && { tax: amounts.tax }),
  discountTiers: dates.discountTiers,
  ...(rest.who.accountName !== undefined && { accountName: rest.who.accountName }),
  ...(rest.who.contactEmail !== undefined && { contactEmail: rest.who.contactEmail }),
  ...(rest.originalNumber !== undefined && { originalNumber: rest.originalNumber }),
  ...(rest.reversesNumber !== undefined && { reversesNumber: rest.reversesNumber }),
  parties: rest.parties,
  references: rest.references,
  ...(rest.handling.method !== undefined && { method: rest.handling.method }),
  ...(rest.handling.assignedTo !== undefined && { assignedTo: rest.handling.assignedTo }),
  isInsured: rest.isInsured,
  isIntercompany: rest.isIntercompany,
  ...(rest.retention !== undefined && { retention: rest.retention }),
  ...(rest.state.erpBlock !== undefined && { erpBlock: rest.state.erpBlock }),
  ...(rest.state.apStatus !== undefined && { apStatus: rest.state.apStatus }),
  faults: faultsOf(amounts, dates, line, options),
});

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

const faultsOf = (
  { original, net, tax, ordered }: Amounts,
  { dueOn, documentOn, dueByTerms }: Dates,
  line: Line,
  { profile, values }: DocumentOptions,
): string[] => {
  const isBlank = (field: string): boolean => values.cell(line, field).text === '';
  const faults: string[] = [];
  const when = (holds: boolean, code: string): void => void (holds && faults.push(code));
  when(original === 0, 'zero-total');
  when(net !== undefined && tax !== undefined && !addsUp(net, tax, original), 'tax-mismatch');
  when(ordered !== undefined && ordered !== original, 'price-differs-from-order');
  when(dueByTerms !== undefined && dueByTerms !== dueOn, 'due-date-not-by-terms');
  when(dueOn < documentOn, 'due-before-document');
  when(profile.wanted.includes('purchaseOrder') && isBlank('purchaseOrder'), 'missing-purchase-order');
  when(profile.wanted.includes('attachment') && isBlank('attachment'), 'missing-attachment');
  return faults;
};

const addsUp = (net: AmountMinor, tax: AmountMinor, gross: AmountMinor): boolean => net + tax === gross;
