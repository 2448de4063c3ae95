/**
 * One booking of a CAMT statement: itself, or the payments of a batch that add up to it.
 * From: `camt-statement.ts`. Next: `bank-statement.ts`.
 */
import { amountOf, type AmountMinor, type Currency } from '../domain/money.ts';
import { givenReference, structuredReferenceOf } from './bank-references.ts';
import type { BankLine } from './bank-shape.ts';
import { foreignOf } from './camt-foreign.ts';
import { all, field, dayAt, decimalAmount, one, required, textAt, textOf } from './xml-elements.ts';
import type { XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

const signOf = (element: XmlElement): 1 | -1 | undefined => {
  const mark = textAt(element, 'CdtDbtInd');
  if (mark !== undefined && mark !== 'CRDT' && mark !== 'DBIT') stop('structure', `CdtDbtInd is "${mark}"`);
  return mark === undefined ? undefined : mark === 'CRDT' ? 1 : -1;
};

/**
 * Lines of a booking in the currency of its account. A credit with several payments is split when each says its
 * amount; stops with `control-total-mismatch` when they do not add up to the booking.
 */
export const entryLines = (entry: XmlElement, currency: Currency): BankLine[] => {
  const amount = required(one(entry, 'Amt'), 'Ntry/Amt');
  const own = amount.attributes.get('Ccy') ?? currency;
  if (own !== currency) stop('currency-mismatch', `a booking in ${own} on an account in ${currency}`);
  const size = decimalAmount(amount.text.trim(), currency, 'Ntry/Amt');
  const sign = signOf(entry) ?? stop('missing-term', 'Ntry/CdtDbtInd is missing');
  const whole = amountOf(sign * size);
  const payments = all(entry, 'NtryDtls', 'TxDtls');
  const amounts = payments.map((payment) => paymentAmount(payment, currency, sign));
  const isSplit = payments.length > 1 && amounts.every((part) => part !== undefined);
  if (!isSplit) return [lineOf(entry, payments, whole, currency)];
  const total = amounts.reduce<bigint>((all, part) => all + BigInt(part ?? 0), 0n);
  if (total !== BigInt(whole))
    stop('control-total-mismatch', `a booking of ${whole} has payments of ${total} (minor units)`);
  return payments.map((payment, index) =>
    lineOf(entry, [payment], amounts[index] ?? whole, currency, String(index + 1)),
  );
};

/** What one payment adds to the booking, where it says so in the currency of the account. */
const paymentAmount = (payment: XmlElement, currency: Currency, sign: 1 | -1): AmountMinor | undefined => {
  const element = one(payment, 'Amt') ?? one(payment, 'AmtDtls', 'TxAmt', 'Amt');
  if (element?.attributes.get('Ccy') !== currency) return undefined;
  return amountOf((signOf(payment) ?? sign) * decimalAmount(element.text.trim(), currency, 'TxDtls/Amt'));
};

const lineOf = (
  entry: XmlElement,
  payments: readonly XmlElement[],
  amount: AmountMinor,
  currency: Currency,
  part?: string,
): BankLine => {
  const [payment] = payments;
  const single = payments.length === 1 ? payment : undefined;
  const bookedOn = required(dayAt(entry, 'BookgDt', 'Dt') ?? dayAt(entry, 'BookgDt', 'DtTm'), 'BookgDt');
  const reference = referenceOf(entry, single);
  const returnReason = textAt(single, 'RtrInf', 'Rsn', 'Cd') ?? textAt(single, 'RtrInf', 'Rsn', 'Prtry');
  const foreign = foreignOf(single, currency);
  return {
    amount,
    bookedOn,
    valueOn: dayAt(entry, 'ValDt', 'Dt') ?? dayAt(entry, 'ValDt', 'DtTm') ?? bookedOn,
    ...field('entryReference', reference),
    ...field('partReference', part === undefined ? undefined : partReference(payment, part)),
    ...field('endToEndId', givenReference(textAt(single, 'Refs', 'EndToEndId'))),
    ...field('mandateId', givenReference(textAt(single, 'Refs', 'MndtId'))),
    ...field('structuredReference', structuredOf(single)),
    text: textsOf(entry, payments),
    ...counterparty(single, amount),
    ...(foreign === undefined ? {} : { foreign }),
    code: codeOf(entry),
    isReversal: textAt(entry, 'RvslInd') === 'true' || returnReason !== undefined,
    ...field('returnReason', returnReason),
  };
};

/** The bank's own, wherever it puts it; a mere count of the bookings of a file names none of them. */
const referenceOf = (entry: XmlElement, single: XmlElement | undefined): string | undefined => {
  const counted = textAt(entry, 'NtryRef')?.trim() ?? '';
  return (
    givenReference(textAt(entry, 'AcctSvcrRef')) ??
    givenReference(textAt(single, 'Refs', 'AcctSvcrRef')) ??
    (/^\d{1,6}$/.test(counted) ? undefined : givenReference(counted))
  );
};

/** What tells one payment of a batch from the others: the bank's id of it, else its references. */
const partReference = (payment: XmlElement | undefined, part: string): string =>
  textAt(payment, 'Refs', 'AcctSvcrRef') ??
  textAt(payment, 'Refs', 'TxId') ??
  [textAt(payment, 'Refs', 'InstrId'), textAt(payment, 'Refs', 'EndToEndId'), part].join('|');

/** Several structured references of one payment name no single document. */
const structuredOf = (payment: XmlElement | undefined): string | undefined => {
  const found = all(payment, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref').map((ref) =>
    structuredReferenceOf(textOf(ref)),
  );
  const [reference, ...others] = new Set(found.filter((ref) => ref !== undefined));
  return others.length === 0 ? reference : undefined;
};

const longestText = 4_000;

/** Everything a person wrote: remittance texts, references with document numbers, the bank's own words. */
const textsOf = (entry: XmlElement, payments: readonly XmlElement[]): string => {
  const texts = payments.flatMap((payment) => [
    ...all(payment, 'RmtInf', 'Ustrd'),
    ...all(payment, 'RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
    ...all(payment, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'),
    ...all(payment, 'RmtInf', 'Strd', 'AddtlRmtInf'),
    ...all(payment, 'AddtlTxInf'),
  ]);
  const written = [...texts, ...all(entry, 'AddtlNtryInf')].map((element) => element.text.trim());
  return written
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, longestText);
};

/** The other side: who paid a credit, who was paid a debit. Names lie one deeper since version 8. */
const counterparty = (
  payment: XmlElement | undefined,
  amount: AmountMinor,
): Pick<BankLine, 'counterName' | 'counterAccount'> => {
  const parties = one(payment, 'RltdPties');
  const side = amount < 0 ? 'Cdtr' : 'Dbtr';
  const nameOf = (who: string): string | undefined =>
    textAt(parties, who, 'Nm') ?? textAt(parties, who, 'Pty', 'Nm');
  const account = one(parties, `${side}Acct`, 'Id');
  return {
    ...field('counterName', nameOf(side) ?? nameOf(`Ultmt${side}`)),
    ...field('counterAccount', textAt(account, 'IBAN') ?? textAt(account, 'Othr', 'Id')),
  };
};

const codeOf = (entry: XmlElement): string => {
  const domain = one(entry, 'BkTxCd', 'Domn');
  const parts = [
    textAt(domain, 'Cd'),
    textAt(domain, 'Fmly', 'Cd'),
    textAt(domain, 'Fmly', 'SubFmlyCd'),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('/') : (textAt(entry, 'BkTxCd', 'Prtry', 'Cd') ?? '');
};
