/**
 * Customers, contacts, sales, order holds, AP status and exchange rates from the cells of a row.
 * From: `rows-mapper.ts`. Next: ingestion keeps them as master data, histories and holds.
 */
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import { amountOf, type AmountMinor, type Currency } from '../domain/money.ts';
import type {
  ApStatusRow,
  ContactRow,
  CustomerRow,
  ExchangeRateRow,
  OrderHoldRow,
  SalesRow,
} from '../domain/other-rows.ts';
import type { DocumentOptions } from './rows-document.ts';
import { fault, type Line } from './rows-fields.ts';
import type { Values } from './rows-values.ts';

/** Leaves out what is undefined. */
const given = <Shape extends Record<string, unknown>>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]?: Exclude<Shape[Name], undefined>;
  };

const neededText = (line: Line, values: Values, field: string): string | undefined => {
  const cell = values.cell(line, field);
  return cell.text === ''
    ? fault(line, cell, 'value-missing', `${field} may not be blank`)
    : values.text(line, field);
};

const neededDay = (line: Line, values: Values, field: string) => {
  const cell = values.cell(line, field);
  return cell.text === ''
    ? fault(line, cell, 'invalid-date', `${field} may not be blank`)
    : values.day(line, field);
};

const decimalsIn = (currency: Currency | undefined): Decimals | undefined => {
  const decimals = decimalsOf(currency ?? '');
  return decimals.ok ? decimals.value : undefined;
};

const neededAmount = (
  line: Line,
  values: Values,
  field: string,
  currency: Currency | undefined,
): AmountMinor | undefined => {
  const decimals = decimalsIn(currency);
  if (decimals === undefined) return undefined;
  const cell = values.cell(line, field);
  return cell.text === ''
    ? fault(line, cell, 'invalid-amount', `${field} may not be blank`)
    : values.amount(line, field, decimals);
};

export const customerIn = (
  line: Line,
  { values, profile }: Pick<DocumentOptions, 'values' | 'profile'>,
): CustomerRow | undefined => {
  const accountId = values.identifier(line, 'account', true);
  const name = neededText(line, values, 'accountName');
  const isMoney = values.cell(line, 'currency').text !== '' || values.cell(line, 'creditLimit').text !== '';
  const currency = isMoney ? values.currency(line) : undefined;
  const decimals = decimalsIn(currency);
  const creditLimit = decimals === undefined ? undefined : values.amount(line, 'creditLimit', decimals);
  const countryCell = values.cell(line, 'country');
  if (!/^([A-Z]{2})?$/.test(countryCell.text))
    fault(line, countryCell, 'unknown-country', 'two capital letters of ISO 3166');
  const texts = given({
    address: values.text(line, 'address'),
    postalCode: values.text(line, 'postalCode'),
    city: values.text(line, 'city'),
    ledgerAccount: values.identifier(line, 'ledgerAccount', false),
    country: values.text(line, 'country'),
    taxId: values.text(line, 'taxId'),
    termsCode: termsCodeIn(values.text(line, 'terms'), profile),
    segment: values.text(line, 'segment'),
    language: values.text(line, 'language'),
    contactEmail: values.text(line, 'contactEmail'),
    parentId: values.identifier(line, 'parent', false),
    salesOwner: values.text(line, 'salesOwner'),
  });
  const isClosed = values.flag(line, 'closed');
  const requiresPurchaseOrder =
    values.cell(line, 'purchaseOrderRequired').text === ''
      ? undefined
      : values.flag(line, 'purchaseOrderRequired');
  if (creditLimit !== undefined && creditLimit < 0)
    fault(line, values.cell(line, 'creditLimit'), 'invalid-amount', 'a limit is not below zero');
  if (line.reasons.length > 0 || accountId === undefined || name === undefined) return undefined;
  return {
    row: line.row,
    accountId,
    name,
    isClosed,
    ...texts,
    ...given({ currency, creditLimit, requiresPurchaseOrder }),
  };
};

/** In our words where the profile says what the source's code means. */
const termsCodeIn = (code: string | undefined, { terms }: DocumentOptions['profile']): string | undefined =>
  code !== undefined && Object.hasOwn(terms, code) ? terms[code] : code;

export const contactIn = (line: Line, values: Values): ContactRow | undefined => {
  const accountId = values.identifier(line, 'account', true);
  const name = neededText(line, values, 'name');
  const texts = given({
    email: values.text(line, 'contactEmail'),
    phone: values.text(line, 'phone'),
    role: values.text(line, 'role'),
    language: values.text(line, 'language'),
  });
  if (line.reasons.length > 0 || accountId === undefined || name === undefined) return undefined;
  return { row: line.row, accountId, name, ...texts };
};

export const salesIn = (line: Line, values: Values): SalesRow | undefined => {
  const fromOn = neededDay(line, values, 'from');
  const toOn = neededDay(line, values, 'to');
  const currency = values.currency(line);
  const gross = neededAmount(line, values, 'gross', currency);
  const decimals = decimalsIn(currency);
  const read = (field: string) => (decimals === undefined ? undefined : values.amount(line, field, decimals));
  const more = given({
    accountId: values.identifier(line, 'account', false),
    net: read('net'),
    creditNotes: read('creditNotes'),
  });
  if (fromOn !== undefined && toOn !== undefined && toOn < fromOn)
    fault(line, values.cell(line, 'to'), 'invalid-date', 'the period ends before it begins');
  if (line.reasons.length > 0 || fromOn === undefined || toOn === undefined) return undefined;
  if (currency === undefined || gross === undefined) return undefined;
  return { row: line.row, fromOn, toOn, currency, gross, ...more };
};

export const orderHoldIn = (line: Line, values: Values): OrderHoldRow | undefined => {
  const accountId = values.identifier(line, 'account', true);
  const orderNumber = values.identifier(line, 'order', true);
  const currency = values.currency(line);
  const amount = neededAmount(line, values, 'amount', currency);
  const heldOn = neededDay(line, values, 'heldDate');
  const reason = values.text(line, 'reason');
  if (line.reasons.length > 0 || accountId === undefined || orderNumber === undefined) return undefined;
  if (currency === undefined || amount === undefined || heldOn === undefined) return undefined;
  return { row: line.row, accountId, orderNumber, currency, amount, heldOn, ...given({ reason }) };
};

export const apStatusIn = (line: Line, values: Values): ApStatusRow | undefined => {
  const accountId = values.identifier(line, 'account', true);
  const number = values.identifier(line, 'number', true);
  const status = neededText(line, values, 'status');
  const statusOn = neededDay(line, values, 'statusDate');
  const part = values.identifier(line, 'part', false) ?? '1';
  const more = given({
    fiscalYear: values.identifier(line, 'fiscalYear', false),
    payOn: values.day(line, 'payDate'),
  });
  if (line.reasons.length > 0 || accountId === undefined || number === undefined) return undefined;
  if (status === undefined || statusOn === undefined) return undefined;
  return { row: line.row, accountId, number, part, status, statusOn, ...more };
};

/** `rate` units of `to` for one of `from`, up to 10 decimals: kept as two whole amounts, nothing is rounded. */
export const exchangeRateIn = (line: Line, values: Values): ExchangeRateRow | undefined => {
  const from = values.currency(line, 'fromCurrency');
  const to = values.currency(line, 'toCurrency');
  const on = neededDay(line, values, 'rateDate');
  const cell = values.cell(line, 'rate');
  const rate = values.ratio(line, 'rate');
  if (cell.text === '') fault(line, cell, 'invalid-rate', 'rate may not be blank');
  const decimals = { from: decimalsIn(from), to: decimalsIn(to) };
  if (line.reasons.length > 0 || from === undefined || to === undefined || on === undefined) return undefined;
  if (rate === undefined || decimals.from === undefined || decimals.to === undefined) return undefined;
  const worth = lowest(rate.units * 10n ** BigInt(decimals.to), rate.per * 10n ** BigInt(decimals.from));
  if (worth === undefined) return fault(line, cell, 'invalid-rate', 'too many digits');
  return { row: line.row, from, to, on, fromMinor: worth.per, toMinor: worth.units };
};

/** Both divided by what they share; undefined when they are no safe integers even so. */
const lowest = (units: bigint, per: bigint): { units: AmountMinor; per: AmountMinor } | undefined => {
  const shared = sharedDivisor(units, per);
  const [a, b] = [units / shared, per / shared];
  const most = BigInt(Number.MAX_SAFE_INTEGER);
  return a > most || b > most ? undefined : { units: amountOf(Number(a)), per: amountOf(Number(b)) };
};

const sharedDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : sharedDivisor(b, a % b));
