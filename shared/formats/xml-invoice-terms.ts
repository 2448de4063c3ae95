/**
 * Payment terms as e-invoices write them: the due day, a text, lines `#SKONTO#TAGE=14#PROZENT=2.00#`.
 * From: the content of a document. Next: due day and discount tiers of its row. A text is read only where it is
 * a code of terms; what people write in words is not guessed at.
 */
import { addDays, type Day } from '../domain/calendar.ts';
import type { DiscountTier } from '../domain/item.ts';
import { dueUnder, termsFromCode, type PaymentTerms } from '../domain/terms.ts';
import type { InvoiceContent } from './xml-invoice-content.ts';
import { stop } from './xml-refusal.ts';

const discountLine = /^#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,2})?)#(BASISBETRAG=[^#]*#)?$/;

export type Due = {
  dueOn: Day;
  discountTiers: readonly DiscountTier[];
  /** Where the due day came from. */
  dueFrom: 'document' | 'terms' | 'companyTerms' | 'documentDay';
  faults: string[];
  notes: string[];
};

/** Percent text in hundredths: `2.25` is 225. */
export const hundredthsOf = (percent: string): number => {
  const [whole = '', fraction = ''] = percent.split('.');
  return Number(whole + fraction.slice(0, 2).padEnd(2, '0'));
};

/**
 * Due day and tiers: the day as written, else terms that are a code, else the company's terms; a credit can be
 * used from its own day. Stops with `missing-due-date` when there is none of these.
 */
export const dueOf = (content: InvoiceContent, companyTerms?: PaymentTerms): Due => {
  const { documentOn } = content;
  const lines = content.termsTexts.flatMap((text) => text.split(/\r?\n/)).map((line) => line.trim());
  const faults: string[] = [];
  const notes: string[] = [];
  const tiers = [...content.discountTiers, ...lines.flatMap((line) => tierOf(line, documentOn, notes))];
  const byText = lines.map((line) => termsFromCode(line)).find((terms) => terms.ok);
  const fromText = byText?.ok === true ? dueUnder(byText.value, documentOn) : undefined;
  const discountTiers = tiers.length > 0 ? tiers : (fromText?.discountTiers ?? []);
  if (content.dueOn !== undefined) {
    if (fromText !== undefined && fromText.dueOn !== content.dueOn) faults.push('due-date-differs');
    return { dueOn: content.dueOn, discountTiers, dueFrom: 'document', faults, notes };
  }
  if (fromText !== undefined)
    return { dueOn: fromText.dueOn, discountTiers, dueFrom: 'terms', faults, notes };
  if (content.isCreditNote)
    return { dueOn: documentOn, discountTiers, dueFrom: 'documentDay', faults, notes };
  if (companyTerms === undefined)
    return stop('missing-due-date', 'neither a due day nor terms that are a code');
  const due = dueUnder(companyTerms, documentOn);
  return { dueOn: due.dueOn, discountTiers, dueFrom: 'companyTerms', faults, notes };
};

/** A discount on part of the amount cannot be offered on the whole: the row says so and has no tier. */
const tierOf = (line: string, documentOn: Day, notes: string[]): DiscountTier[] => {
  if (!line.startsWith('#SKONTO#')) return [];
  const match = discountLine.exec(line);
  if (match === null || match[3] !== undefined) {
    notes.push('discount-terms-unread');
    return [];
  }
  return [
    { percentHundredths: hundredthsOf(match[2] ?? ''), untilOn: addDays(documentOn, Number(match[1])) },
  ];
};
