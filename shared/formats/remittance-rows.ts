/**
 * One line of a remittance advice as an allocation.
 * From: `remittance-csv.ts`, `remittance-text.ts`, `ubl-remittance.ts`. Next: `remittance.ts`.
 */
import { numberKeys } from '../domain/document-numbers.ts';
import type { AllocationRow } from '../domain/feed-rows.ts';
import { amountOf, type AmountMinor } from '../domain/money.ts';
import type { KnownDocument, RemittanceRules } from './remittance-shape.ts';

/** The one known document the number means; undefined when none or several do. */
export const knownDocument = (number: string, known: readonly KnownDocument[]): KnownDocument | undefined => {
  const exact = known.filter((document) => document.number === number);
  if (exact.length > 0) return exact.length === 1 ? exact[0] : undefined;
  const keys = new Set(numberKeys(number));
  const alike = known.filter((document) => numberKeys(document.number).some((key) => keys.has(key)));
  return alike.length === 1 ? alike[0] : undefined;
};

export type ToldLine = {
  row: number;
  number: string;
  amount: AmountMinor;
  discount?: AmountMinor;
  difference?: AmountMinor;
  reasonCode?: string;
  claimNumber?: string;
};

/** A document not known keeps the number as written: an invoice, or a credit note where it is negative. */
export const allocationOf = (told: ToldLine, fromId: string, rules: RemittanceRules): AllocationRow => {
  const document = knownDocument(told.number, rules.known);
  const accountId = document?.accountId ?? rules.accountId;
  return {
    row: told.row,
    fromId,
    ...(accountId === undefined ? {} : { accountId }),
    kind: document?.kind ?? (told.amount < 0 ? 'creditNote' : 'invoice'),
    number: document?.number ?? told.number,
    ...(document?.fiscalYear === undefined ? {} : { fiscalYear: document.fiscalYear }),
    part: document?.part ?? '1',
    currency: rules.currency,
    amount: told.amount,
    discount: told.discount ?? amountOf(0),
    difference: told.difference ?? amountOf(0),
    ...(told.reasonCode === undefined ? {} : { reasonCode: told.reasonCode }),
    ...(told.claimNumber === undefined ? {} : { claimNumber: told.claimNumber }),
    postedOn: rules.postedOn,
    isReversal: false,
  };
};
