/**
 * A document typed in by a person: what is wrong with it at entry, field by field, and the row it is posted as.
 * From: the entry route. Next: `enter-item.ts` of the ledger posts the row like one of a file. What contradicts itself
 * is refused here; what only differs from what is known of the customer is posted and held (`held-faults.ts`, R16).
 */
import { addDays, type Day } from './calendar.ts';
import { decimalsOf } from './currencies.ts';
import type { DeltaRow } from './feed-rows.ts';
import type { DiscountTier, Item } from './item.ts';
import { negate, type AmountMinor, type Currency } from './money.ts';
import { isCreditKind } from './postings.ts';
import { dueUnder, termsFromCode } from './terms.ts';

export const enteredKinds = ['invoice', 'creditNote', 'debitNote'] as const;
export type EnteredKind = (typeof enteredKinds)[number];

/** The source of everything typed in here. */
export const manualSource = 'manual';

/** Amounts as they stand on the document: positive, of a credit note, too. */
export type EnteredItem = {
  accountId: string;
  kind: EnteredKind;
  number: string;
  fiscalYear?: string;
  part: string;
  originalNumber?: string;
  /** Whom the document bills, as it stands on it. */
  billTo?: string;
  documentOn: Day;
  /** Today of the company when absent. */
  postedOn?: Day;
  dueOn?: Day;
  termsCode?: string;
  currency: Currency;
  amount: AmountMinor;
  net?: AmountMinor;
  tax?: AmountMinor;
  /** What the order says it costs. */
  ordered?: AmountMinor;
  discountTiers?: readonly DiscountTier[];
  parties: Item['parties'];
  references: Item['references'];
  method?: string;
  assignedTo?: string;
  isInsured: boolean;
  isIntercompany: boolean;
  retention?: NonNullable<Item['retention']>;
};

export type EntryFaultCode =
  | 'unknown-currency'
  | 'amount-not-possible'
  | 'document-day-not-possible'
  | 'due-before-document'
  | 'due-date-missing'
  | 'unknown-terms'
  | 'tax-mismatch'
  | 'discount-not-possible';
export type EntryFault = { field: string; code: EntryFaultCode; detail: string };

/** Days a document lies back at most, ahead at most, and is due ahead: ten years, one, three. */
const window = { back: 3_653, ahead: 366, due: 1_096 };

/** All that is wrong with it, in the order of its fields; none: it can be posted. */
export const entryFaults = (entered: EnteredItem, today: Day): EntryFault[] => [
  ...amountFaults(entered),
  ...dayFaults(entered, today),
  ...discountFaults(entered),
];

const fault = (holds: boolean, field: string, code: EntryFaultCode, detail: string): EntryFault[] =>
  holds ? [{ field, code, detail }] : [];

const amountFaults = ({ currency, amount, net, tax, retention }: EnteredItem): EntryFault[] => {
  const isOff = net !== undefined && net + (tax ?? 0) !== amount;
  return [
    ...fault(!decimalsOf(currency).ok, 'currency', 'unknown-currency', `${currency} is no currency in use`),
    ...fault(amount <= 0, 'amount', 'amount-not-possible', 'it comes to nothing'),
    ...fault(isOff, 'net', 'tax-mismatch', `${net} and ${tax ?? 0} tax do not make ${amount}`),
    ...fault((tax ?? 0) > amount, 'tax', 'tax-mismatch', `${tax} is more than ${amount}`),
    ...fault(
      (retention?.amount ?? 0) > amount,
      'retention.amount',
      'amount-not-possible',
      `${retention?.amount} of ${amount} can not be held back`,
    ),
  ];
};

const dayFaults = (entered: EnteredItem, today: Day): EntryFault[] => {
  const { documentOn, postedOn = today, termsCode } = entered;
  const terms = termsCode === undefined ? undefined : termsFromCode(termsCode);
  const dueOn = dueOf(entered);
  const isFar = documentOn < addDays(today, -window.back) || documentOn > addDays(today, window.ahead);
  return [
    ...fault(isFar, 'documentOn', 'document-day-not-possible', `${documentOn} is too far from ${today}`),
    ...fault(postedOn > today, 'postedOn', 'document-day-not-possible', `${postedOn} is after ${today}`),
    ...(terms?.ok === false ? fault(true, 'termsCode', terms.code, terms.detail) : []),
    ...fault(
      dueOn === undefined && terms === undefined,
      'dueOn',
      'due-date-missing',
      'neither a due day nor terms',
    ),
    ...fault(
      dueOn !== undefined && dueOn < documentOn,
      'dueOn',
      'due-before-document',
      `${dueOn} is before ${documentOn}`,
    ),
    ...fault(
      dueOn !== undefined && dueOn > addDays(today, window.due),
      'dueOn',
      'document-day-not-possible',
      `${dueOn} is too far ahead`,
    ),
  ];
};

const discountFaults = ({ discountTiers = [], documentOn }: EnteredItem): EntryFault[] =>
  discountTiers.flatMap(({ percentHundredths, untilOn }, index) => {
    const before = discountTiers[index - 1];
    const isInOrder =
      before === undefined || (percentHundredths < before.percentHundredths && untilOn > before.untilOn);
    const isGood = percentHundredths > 0 && percentHundredths < 10_000 && untilOn >= documentOn && isInOrder;
    const detail = 'each is smaller and later than the one before';
    return fault(!isGood, `discountTiers.${index}`, 'discount-not-possible', detail);
  });

/** Credits are due when they are issued. */
const dueOf = ({ kind, dueOn, documentOn, termsCode }: EnteredItem): Day | undefined => {
  if (dueOn !== undefined) return dueOn;
  if (isCreditKind(kind)) return documentOn;
  const terms = termsCode === undefined ? undefined : termsFromCode(termsCode);
  return terms?.ok ? dueUnder(terms.value, documentOn).dueOn : undefined;
};

/** The row of a document without faults. @throws when it has one that leaves it without a due day. */
export const rowOfEntry = (entered: EnteredItem, today: Day, changedAt: string): DeltaRow => {
  const { billTo, postedOn = today, termsCode, amount, net: _net, tax, ordered, ...rest } = entered;
  const dueOn = dueOf(entered);
  if (dueOn === undefined) throw new Error(`${entered.number} has no due day`);
  const terms = termsCode === undefined ? undefined : termsFromCode(termsCode);
  const byTerms = terms?.ok ? dueUnder(terms.value, entered.documentOn) : undefined;
  const signed = (one: AmountMinor): AmountMinor => (isCreditKind(entered.kind) ? negate(one) : one);
  return {
    ...{ ...rest, row: 1, postedOn, dueOn, original: signed(amount), open: signed(amount) },
    ...(billTo === undefined ? {} : { accountName: billTo }),
    ...(tax === undefined ? {} : { tax: signed(tax) }),
    discountTiers: entered.discountTiers ?? byTerms?.discountTiers ?? [],
    faults: [
      ...(byTerms !== undefined && byTerms.dueOn !== dueOn ? ['due-date-differs'] : []),
      ...(ordered !== undefined && ordered !== amount ? ['price-differs'] : []),
    ],
    news: { change: 'upsert', changedAt },
  };
};
