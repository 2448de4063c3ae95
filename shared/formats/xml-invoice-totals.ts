/**
 * Do the sums of an e-invoice add up? The rules BR-CO-10 to BR-CO-16 of EN 16931, exact in minor units.
 * From: the content of a document. Next: a sum that does not refuses the file; VAT that does not follow from its
 * rate is a fault the row carries (held from delivery and chasing, `requirements.md` R16).
 */
import type { AmountMinor } from '../domain/money.ts';
import type { InvoiceContent, TaxPart } from './xml-invoice-content.ts';
import { stop } from './xml-refusal.ts';

/** In big integers: a file can hold more amounts than a safe integer adds up. */
const total = (amounts: readonly AmountMinor[]): bigint =>
  amounts.reduce((all, amount) => all + BigInt(amount), 0n);

const mustBe = (rule: string, declared: bigint, found: bigint): void => {
  if (declared !== found)
    stop('control-total-mismatch', `${rule}: declared ${declared}, adds up to ${found} (minor units)`);
};

/** Stops with `control-total-mismatch` naming the first rule that does not hold. */
export const checkTotals = (content: InvoiceContent): void => {
  const { totals } = content;
  const allowances = BigInt(totals.allowances ?? 0);
  const charges = BigInt(totals.charges ?? 0);
  if (totals.lines !== undefined) {
    if (content.lineAmounts.length > 0)
      mustBe('BR-CO-10 lines', BigInt(totals.lines), total(content.lineAmounts));
    const net = BigInt(totals.lines) - allowances + charges;
    mustBe('BR-CO-13 without tax', BigInt(totals.taxExclusive), net);
  }
  mustBe('BR-CO-11 allowances', allowances, total(content.allowanceAmounts));
  mustBe('BR-CO-12 charges', charges, total(content.chargeAmounts));
  checkTax(content);
  const payable = BigInt(totals.taxInclusive) - BigInt(totals.prepaid) + BigInt(totals.rounding);
  if (!content.isExtended) mustBe('BR-CO-16 payable', BigInt(totals.payable), payable);
};

const checkTax = ({ totals, taxParts }: InvoiceContent): void => {
  const tax = BigInt(totals.tax ?? 0);
  mustBe('BR-CO-15 with tax', BigInt(totals.taxInclusive), BigInt(totals.taxExclusive) + tax);
  if (taxParts.length === 0) return;
  mustBe('BR-CO-14 tax', tax, total(taxParts.map((part) => part.tax)));
  mustBe('tax bases', BigInt(totals.taxExclusive), total(taxParts.map((part) => part.taxable)));
};

/** Whether each tax follows from base and rate; half a minor unit for every line that may have been rounded. */
export const isTaxPlausible = ({ taxParts, lineAmounts }: InvoiceContent): boolean => {
  const tolerance = BigInt(Math.max(1, Math.ceil(lineAmounts.length / 2)));
  return taxParts.every((part) => isNear(part, tolerance));
};

const isNear = ({ taxable, tax, percent }: TaxPart, tolerance: bigint): boolean => {
  const match = /^(\d{1,3})(?:\.(\d{0,8}))?$/.exec(percent ?? '0');
  if (match === null) return false;
  const rate = BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(8, '0'));
  const one = 10_000_000_000n;
  const difference = BigInt(taxable) * rate - BigInt(tax) * one;
  return (difference < 0n ? -difference : difference) <= tolerance * one;
};
