/**
 * Reads a UBL 2.1 remittance advice: its lines, its total and the reference of the payment.
 * From: `xml-reader.ts`. Next: `remittance.ts`.
 */
import { amountOf, type AmountMinor } from '../domain/money.ts';
import type { Told, ToldLine } from './remittance-rows.ts';
import type { RemittanceRules } from './remittance-shape.ts';
import { ublAmount } from './ubl-invoice.ts';
import { all, identifierAt, one, required } from './xml-elements.ts';
import { xmlRoot, type XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

const space = 'urn:oasis:names:specification:ubl:schema:xsd:RemittanceAdvice-2';

export const ublRemittance = (bytes: Uint8Array, rules: RemittanceRules): Told => {
  const root = xmlRoot(bytes);
  if (root.name !== 'RemittanceAdvice' || root.space !== space)
    return stop('unknown-format', `"${root.name}" is no remittance advice`);
  const total = one(root, 'TotalPaymentAmount');
  const reference = identifierAt(root, 'PaymentOrderReference') ?? identifierAt(root, 'ID');
  return {
    lines: all(root, 'RemittanceAdviceLine').map((line, index) => lineOf(line, index + 1, rules)),
    unread: [],
    ...(total === undefined ? {} : { declaredTotal: ublAmount(total, rules.currency) }),
    ...(reference === undefined ? {} : { reference }),
  };
};

const lineOf = (line: XmlElement, row: number, rules: RemittanceRules): ToldLine => {
  const amountAt = (name: string): AmountMinor | undefined => {
    const element = one(line, name);
    return element === undefined ? undefined : ublAmount(element, rules.currency);
  };
  const [debit, credit] = [amountAt('DebitLineAmount'), amountAt('CreditLineAmount')];
  const amount = amountAt('PaidAmount') ?? amountOf((debit ?? 0) - (credit ?? 0));
  const number =
    identifierAt(line, 'BillingReference', 'InvoiceDocumentReference', 'ID') ??
    identifierAt(line, 'BillingReference', 'CreditNoteDocumentReference', 'ID') ??
    identifierAt(line, 'BillingReference', 'SelfBilledInvoiceDocumentReference', 'ID');
  return { row, number: required(number, 'document of the line'), amount };
};
