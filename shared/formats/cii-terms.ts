/**
 * Dates and payment terms of a cross-industry invoice: due day, discount terms with days or a day.
 * From: `cii-invoice.ts`. Next: the content of the document.
 */
import { addDays, type Day } from '../domain/calendar.ts';
import type { DiscountTier } from '../domain/item.ts';
import type { Currency } from '../domain/money.ts';
import { all, dayOfText, decimalAmount, one, required, textAt, textOf } from './xml-elements.ts';
import type { InvoiceContent } from './xml-invoice-content.ts';
import { hundredthsOf } from './xml-invoice-terms.ts';
import type { XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

/** A day in format 102 (YYYYMMDD); any other format is refused by name. */
const ciiDay = (from: XmlElement | undefined): Day | undefined => {
  const element = one(from, 'DateTimeString');
  const text = textOf(element);
  if (text === undefined) return undefined;
  const format = element?.attributes.get('format') ?? '102';
  return format === '102' && /^\d{8}$/.test(text)
    ? dayOfText(text, 'DateTimeString')
    : stop('invalid-date', `"${text}" in format ${format}; format 102 is read`);
};

/** Stops when there are several due days: instalments are several documents here. */
export const ciiDates = (
  document: XmlElement | undefined,
  settlement: XmlElement | undefined,
  currency: Currency,
): Pick<InvoiceContent, 'documentOn' | 'dueOn' | 'termsTexts' | 'discountTiers'> => {
  const documentOn = required(ciiDay(one(document, 'IssueDateTime')), 'IssueDateTime');
  const terms = all(settlement, 'SpecifiedTradePaymentTerms');
  const days = terms.flatMap((term) => ciiDay(one(term, 'DueDateDateTime')) ?? []);
  const [dueOn, ...others] = new Set(days);
  if (others.length > 0) stop('structure', `several due days: ${days.join(', ')}`);
  return {
    documentOn,
    ...(dueOn === undefined ? {} : { dueOn }),
    termsTexts: all(settlement, 'SpecifiedTradePaymentTerms', 'Description').map(({ text }) => text),
    discountTiers: terms
      .flatMap((term) => all(term, 'ApplicableTradePaymentDiscountTerms'))
      .flatMap((term) => tierOf(term, documentOn, currency)),
  };
};

/** Percent within days of the document; a discount named only as an amount has no tier. */
const tierOf = (term: XmlElement, documentOn: Day, currency: Currency): DiscountTier[] => {
  const percent = textAt(term, 'CalculationPercent');
  const period = one(term, 'BasisPeriodMeasure');
  const days = textOf(period);
  if (percent === undefined || days === undefined || !/^\d{1,3}(\.0+)?$/.test(days)) return [];
  if ((period?.attributes.get('unitCode') ?? 'DAY') !== 'DAY') return [];
  decimalAmount(textAt(term, 'BasisAmount') ?? '0', currency, 'BasisAmount');
  if (!/^\d{1,2}(\.\d{1,2}0*)?$/.test(percent)) return [];
  const from = ciiDay(one(term, 'BasisDateTime')) ?? documentOn;
  return [{ percentHundredths: hundredthsOf(percent), untilOn: addDays(from, Number.parseInt(days, 10)) }];
};
