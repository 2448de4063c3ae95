/**
 * Reads CAMT.053 statements, versions 2 to 8 and later, and by choice 052 reports and 054 notifications.
 * From: `xml-reader.ts`. Next: `bank-statement.ts`. A 052 may still change and is refused unless chosen; pending
 * bookings are counted and left out. A 053 must state its opening and closing booked balance.
 */
import type { AmountMinor, Currency } from '../domain/money.ts';
import { entryLines } from './camt-entry.ts';
import type { RawStatement, StatementRules } from './bank-shape.ts';
import { all, dayAt, decimalAmount, one, required, textAt } from './xml-elements.ts';
import { xmlRoot, type XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

const kinds = {
  BkToCstmrStmt: { format: 'camt053', statement: 'Stmt' },
  BkToCstmrAcctRpt: { format: 'camt052', statement: 'Rpt' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt054', statement: 'Ntfctn' },
} as const;

const space = /^urn:iso:std:iso:20022:tech:xsd:camt\.05[234]\.001\.(0[2-9]|1\d)$/;

/** The statements of a file, as they stand in it. */
export const camtStatements = (bytes: Uint8Array, rules: StatementRules): RawStatement[] => {
  const root = xmlRoot(bytes);
  if (root.name !== 'Document' || !(root.space === '' || space.test(root.space)))
    return stop('unknown-format', `"${root.name}" in "${root.space}" is no CAMT that is read`);
  const [message, ...others] = root.children;
  const kind = Object.entries(kinds).find(([name]) => name === message?.name)?.[1];
  if (message === undefined || kind === undefined || others.length > 0)
    return stop('unknown-format', `"${message?.name ?? ''}" is no bank statement`);
  if (kind.format === 'camt052' && rules.acceptIntraday !== true)
    return stop('intraday-report', 'a camt.052 is of the running day; bring the camt.053');
  if (kind.format === 'camt054' && rules.acceptNotifications !== true)
    return stop('intraday-report', 'a camt.054 repeats what the camt.053 says; bring that');
  return all(message, kind.statement).map((statement) => rawOf(statement, kind.format));
};

const rawOf = (statement: XmlElement, format: RawStatement['format']): RawStatement => {
  const account = textAt(statement, 'Acct', 'Id', 'IBAN') ?? textAt(statement, 'Acct', 'Id', 'Othr', 'Id');
  const balances = balancesOf(statement);
  const currency = currencyOf(statement, balances);
  const entries = all(statement, 'Ntry');
  const booked = entries.filter((entry) => statusOf(entry) === 'BOOK');
  const lines = booked.flatMap((entry) => entryLines(entry, currency));
  const [opening, closing] = format === 'camt053' ? endsOf(balances, currency) : [];
  const sequence = textAt(statement, 'ElctrncSeqNb') ?? textAt(statement, 'LglSeqNb');
  return {
    format,
    account: required(account, 'Acct/Id').replace(/\s+/g, ''),
    currency,
    reference: required(textAt(statement, 'Id'), 'Id'),
    ...(sequence === undefined ? {} : { sequence }),
    bookedOn: closing?.on ?? dayOfStatement(statement),
    ...(opening === undefined ? {} : { opening: opening.amount }),
    ...(closing === undefined ? {} : { closing: closing.amount }),
    declared: summaryOf(statement, booked, entries, currency),
    lines,
    notBooked: entries.length - booked.length,
  };
};

/** `<Sts>BOOK</Sts>` up to version 7, `<Sts><Cd>BOOK</Cd></Sts>` since. */
const statusOf = (entry: XmlElement): string =>
  required(textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts'), 'Sts');

const dayOfStatement = (statement: XmlElement): RawStatement['bookedOn'] =>
  required(dayAt(statement, 'FrToDt', 'ToDtTm') ?? dayAt(statement, 'CreDtTm'), 'CreDtTm');

type Balance = { code: string; text: string; sign: 1 | -1; currency: Currency; on: RawStatement['bookedOn'] };

const balancesOf = (statement: XmlElement): Balance[] =>
  all(statement, 'Bal').flatMap((balance) => {
    const code = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd');
    const amount = required(one(balance, 'Amt'), 'Bal/Amt');
    const on = dayAt(balance, 'Dt', 'Dt') ?? dayAt(balance, 'Dt', 'DtTm');
    if (code === undefined) return [];
    const currency = required(amount.attributes.get('Ccy'), 'Bal/Amt@Ccy');
    return [{ code, text: amount.text.trim(), sign: signOf(balance), currency, on: required(on, 'Bal/Dt') }];
  });

/** Credit is money of ours. */
const signOf = (element: XmlElement): 1 | -1 => {
  const mark = textAt(element, 'CdtDbtInd');
  if (mark !== 'CRDT' && mark !== 'DBIT') return stop('structure', `CdtDbtInd is "${mark ?? ''}"`);
  return mark === 'CRDT' ? 1 : -1;
};

const currencyOf = (statement: XmlElement, balances: readonly Balance[]): Currency =>
  required(
    textAt(statement, 'Acct', 'Ccy') ??
      balances.find(({ code }) => code === 'OPBD' || code === 'PRCD')?.currency ??
      all(statement, 'Ntry', 'Amt')[0]?.attributes.get('Ccy'),
    'Acct/Ccy',
  );

type End = { amount: AmountMinor; on: RawStatement['bookedOn'] };

/** The opening booked balance, or the previous closing one; and the closing booked balance. */
const endsOf = (balances: readonly Balance[], currency: Currency): [End, End] => {
  const end = (...codes: string[]): End => {
    const found = codes.map((code) => balances.filter((balance) => balance.code === code));
    const named = found.find((some) => some.length > 0) ?? [];
    if (named.length > 1) stop('structure', `balance ${codes[0]} stands ${named.length} times`);
    const balance = required(named[0], `balance ${codes.join(' or ')}`);
    if (balance.currency !== currency)
      stop(
        'currency-mismatch',
        `balance ${balance.code} is in ${balance.currency}, the account in ${currency}`,
      );
    const size = decimalAmount(balance.text, currency, balance.code);
    return { amount: (balance.sign * size || 0) as AmountMinor, on: balance.on };
  };
  return [end('OPBD', 'PRCD'), end('CLBD')];
};

/** Sums and counts the statement declares over its entries, where all of them are booked. */
const summaryOf = (
  statement: XmlElement,
  booked: readonly XmlElement[],
  entries: readonly XmlElement[],
  currency: Currency,
): RawStatement['declared'] => {
  if (booked.length !== entries.length) return [];
  return (['TtlNtries', 'TtlCdtNtries', 'TtlDbtNtries'] as const).flatMap((name) => {
    const part = one(statement, 'TxsSummry', name);
    const mark = { TtlNtries: undefined, TtlCdtNtries: 'CRDT', TtlDbtNtries: 'DBIT' }[name];
    const own = booked.filter((entry) => mark === undefined || textAt(entry, 'CdtDbtInd') === mark);
    const count = textAt(part, 'NbOfNtries');
    const sum = textAt(part, 'Sum');
    const found = own.reduce((all, entry) => all + sizeOf(entry, currency), 0n);
    return [
      ...(count === undefined
        ? []
        : [{ what: `${name} count`, declared: countOf(count), found: BigInt(own.length) }]),
      ...(sum === undefined
        ? []
        : [{ what: `${name} sum`, declared: BigInt(decimalAmount(sum, currency, name)), found }]),
    ];
  });
};

const countOf = (text: string): bigint =>
  /^\d{1,15}$/.test(text) ? BigInt(text) : stop('structure', `"${text}" is no count`);

const sizeOf = (entry: XmlElement, currency: Currency): bigint =>
  BigInt(decimalAmount(textAt(entry, 'Amt') ?? '', currency, 'Ntry/Amt'));
