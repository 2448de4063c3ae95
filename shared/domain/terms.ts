/**
 * Payment terms: from a code and the document day to the due day and the discounts on the way.
 * From: the terms code of a feed row or an account. Next: items. Codes that trade reads in two ways, such as
 * `30 days end of month` (count first, or month end first?), are refused; a profile maps them to one of ours.
 */
import { addDays, endOfMonth, type Day } from './calendar.ts';
import type { DiscountTier } from './item.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type PaymentTerms = {
  /** Days are counted from the document day or from the end of its month. */
  countedFrom: 'documentDay' | 'endOfMonth';
  netDays: number;
  /** Percent in hundredths: 2 % is 200. Earlier tiers give more. */
  discounts: readonly { percentHundredths: number; days: number }[];
};

const netShape = /^((?:\d{1,2}(?:\.\d{1,2})?\/\d{1,3} )*)(?:net ?|n\/?)(\d{1,3})$/;
const endOfMonthShape = /^(?:eom|end of month)(?: ?\+ ?(\d{1,3}))?$/;

/**
 * Reads `net 30`, `2/10 net 30` (2 % within 10 days), `3/7 1.5/14 n/45`, `end of month`, `EOM + 15`, `due on
 * receipt`; capitals do not matter. `unknown-terms` when it is none of them, or a later discount is not
 * smaller, or runs beyond the due day.
 */
export const termsFromCode = (code: string): Outcome<PaymentTerms, 'unknown-terms'> => {
  const text = code.trim().toLowerCase().replace(/\s+/g, ' ');
  const net = netShape.exec(text);
  const endsMonth = endOfMonthShape.exec(text);
  if (endsMonth)
    return done({ countedFrom: 'endOfMonth', netDays: Number(endsMonth[1] ?? 0), discounts: [] });
  if (text === 'due on receipt') return done({ countedFrom: 'documentDay', netDays: 0, discounts: [] });
  if (!net) return refuse('unknown-terms', `"${code.slice(0, 60)}" is not a code of payment terms`);
  const netDays = Number(net[2]);
  const discounts = (net[1] ?? '').split(' ').filter(Boolean).map(discountOf);
  return areInOrder(discounts, netDays)
    ? done({ countedFrom: 'documentDay', netDays, discounts })
    : refuse('unknown-terms', `"${code}": each discount is smaller and later than the one before`);
};

const discountOf = (text: string): PaymentTerms['discounts'][number] => {
  const [percent = '', days = ''] = text.split('/');
  const [whole = '', hundredths = ''] = percent.split('.');
  return { percentHundredths: Number(whole + hundredths.padEnd(2, '0')), days: Number(days) };
};

const areInOrder = (discounts: PaymentTerms['discounts'], netDays: number): boolean =>
  discounts.every(({ percentHundredths, days }, index) => {
    const before = discounts[index - 1];
    if (percentHundredths === 0 || days > netDays) return false;
    return before === undefined || (percentHundredths < before.percentHundredths && days > before.days);
  });

/** The due day and the discount tiers of a document under these terms. */
export const dueUnder = (
  { countedFrom, netDays, discounts }: PaymentTerms,
  documentOn: Day,
): { dueOn: Day; discountTiers: DiscountTier[] } => ({
  dueOn: addDays(countedFrom === 'endOfMonth' ? endOfMonth(documentOn) : documentOn, netDays),
  discountTiers: discounts.map(({ percentHundredths, days }) => ({
    percentHundredths,
    untilOn: addDays(documentOn, days),
  })),
});
