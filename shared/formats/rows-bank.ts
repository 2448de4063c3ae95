/**
 * One booking from the cells of a bank's table.
 * From: `rows-mapper.ts`. Next: `bank-table.ts` makes a statement of all of them. The amount has its sign, or stands
 * unsigned beside a debit or credit mark, or in a column of credits or of debits.
 */
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import { negate, type AmountMinor } from '../domain/money.ts';
import { givenReference } from './bank-references.ts';
import type { BankRow } from './bank-shape.ts';
import type { DocumentOptions } from './rows-document.ts';
import { fault, type Cell, type Line } from './rows-fields.ts';

const longestText = 4_000;
/** Banks cut what the payer wrote into several columns. */
const textFields = ['text', 'text2', 'text3'];

/** Undefined when a reason was noted. Amounts are signed from our side: money that came in is positive. */
export const bankRowIn = (line: Line, options: DocumentOptions): BankRow | undefined => {
  const { values } = options;
  const account = values.identifier(line, 'account', true)?.replace(/\s+/g, '');
  const currency = values.currency(line);
  const decimals = decimalsOf(currency ?? '');
  const amount = decimals.ok ? amountIn(line, options, decimals.value) : undefined;
  const balance = decimals.ok ? values.amount(line, 'balance', decimals.value) : undefined;
  const bookedOn = values.documentDay(line, 'postingDate');
  const valueOn = values.documentDay(line, 'valueDate') ?? bookedOn;
  const reference = givenReference(values.text(line, 'bankReference'));
  const structuredReference = values.text(line, 'structuredReference');
  const counter = {
    counterName: values.text(line, 'payerName'),
    counterAccount: values.text(line, 'payerBankAccount'),
  };
  const booked = values.cell(line, 'postingDate');
  if (booked.text === '') fault(line, booked, 'invalid-date', 'the booking day may not be blank');
  if (line.reasons.length > 0 || account === undefined || currency === undefined) return undefined;
  if (amount === undefined || bookedOn === undefined || valueOn === undefined) return undefined;
  return {
    ...{ row: line.row, account, currency, amount, bookedOn, valueOn, text: textOf(line, options) },
    ...(balance !== undefined && { balance: turned(options, balance) }),
    ...(reference !== undefined && { reference }),
    ...(structuredReference !== undefined && { structuredReference }),
    ...Object.fromEntries(Object.entries(counter).filter(([, said]) => said !== undefined)),
  };
};

const textOf = (line: Line, { values }: DocumentOptions): string =>
  textFields
    .flatMap((field) => values.cell(line, field).text || [])
    .join(' ')
    .slice(0, longestText);

const turned = ({ profile }: DocumentOptions, amount: AmountMinor): AmountMinor =>
  profile.sign === 'inverted' ? negate(amount) : amount;

const amountIn = (line: Line, options: DocumentOptions, decimals: Decimals): AmountMinor | undefined => {
  const { profile, values } = options;
  const cell = values.cell(line, 'amount');
  const read = (field: string) => values.amount(line, field, decimals);
  if (profile.fields['amount'] === undefined) return fromTwoColumns(line, options, read);
  const amount = read('amount');
  if (cell.text === '') return fault(line, cell, 'invalid-amount', 'the amount may not be blank');
  if (amount === undefined) return undefined;
  return profile.marks === undefined ? turned(options, amount) : marked(line, options, amount);
};

/** `S` and `H`, `D` and `C`: a credit is money that came in. */
const marked = (line: Line, { profile, values }: DocumentOptions, amount: AmountMinor) => {
  const cell = values.cell(line, 'debitCredit');
  const word = cell.text.toUpperCase();
  const has = (side: 'debit' | 'credit'): boolean =>
    profile.marks?.[side].some((mark) => mark.toUpperCase() === word) === true;
  if (has('debit') === has('credit'))
    return fault(line, cell, 'invalid-mark', 'neither the debit nor the credit mark');
  if (amount < 0) return fault(line, cell, 'invalid-mark', 'the amount has a sign beside its mark');
  return has('credit') ? amount : negate(amount);
};

const fromTwoColumns = (
  line: Line,
  { values }: DocumentOptions,
  read: (field: string) => AmountMinor | undefined,
): AmountMinor | undefined => {
  const [credit, debit] = [values.cell(line, 'credit'), values.cell(line, 'debit')];
  const [creditAmount, debitAmount] = [read('credit'), read('debit')];
  if (!isOne(credit, creditAmount, debit, debitAmount))
    return fault(line, credit, 'invalid-amount', 'credit or debit, one of them');
  if (creditAmount !== undefined && creditAmount !== 0)
    return creditAmount > 0 ? creditAmount : fault(line, credit, 'invalid-amount', 'a credit has no sign');
  return debitAmount === undefined ? undefined : negate(debitAmount < 0 ? negate(debitAmount) : debitAmount);
};

/** One column says an amount; the other is blank or zero. */
const isOne = (
  credit: Cell,
  creditAmount: AmountMinor | undefined,
  debit: Cell,
  debitAmount: AmountMinor | undefined,
): boolean => {
  const isBlank = (cell: Cell, amount: AmountMinor | undefined): boolean => cell.text === '' || amount === 0;
  return isBlank(credit, creditAmount) !== isBlank(debit, debitAmount);
};
