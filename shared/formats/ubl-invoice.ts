/**
 * Reads a UBL 2.1 invoice or credit note (Peppol BIS Billing 3, XRechnung) into its content.
 * From: the elements of `xml-reader.ts`. Next: `xml-invoice.ts`. Amounts in another currency than the
 * document's are refused, except the tax total that states the same tax in the accounting currency.
 */
import type { AmountMinor, Currency } from '../domain/money.ts';
import { embeddedFiles } from './xml-attachments.ts';
import {
  all,
  field,
  dayAt,
  decimalAmount,
  identifierAt,
  one,
  required,
  textAt,
  textOf,
} from './xml-elements.ts';
import type { CustomerId, InvoiceContent, InvoiceTotals, TaxPart } from './xml-invoice-content.ts';
import type { XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

const invoiceSpace = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';
const creditNoteSpace = 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2';

/** Whether the root is a UBL invoice or credit note. */
export const isUblInvoice = ({ name, space }: XmlElement): boolean =>
  (name === 'Invoice' && space === invoiceSpace) || (name === 'CreditNote' && space === creditNoteSpace);

/** An amount element in the currency of the document. */
export const ublAmount = (element: XmlElement, currency: Currency): AmountMinor => {
  const own = element.attributes.get('currencyID') ?? currency;
  return own === currency
    ? decimalAmount(element.text.trim(), currency, element.name)
    : stop('currency-mismatch', `${element.name} is in ${own}, the document in ${currency}`);
};

type AmountAt = (from: XmlElement | undefined, ...path: string[]) => AmountMinor | undefined;

const amountsIn =
  (currency: Currency): AmountAt =>
  (from, ...path) => {
    const element = one(from, ...path);
    return element === undefined ? undefined : ublAmount(element, currency);
  };

/** The content of a UBL document. Stops with the code of what is missing or unreadable. */
export const ublContent = (root: XmlElement): InvoiceContent => {
  const isCreditNote = root.name === 'CreditNote';
  const currency = required(textAt(root, 'DocumentCurrencyCode'), 'DocumentCurrencyCode');
  const amountAt = amountsIn(currency);
  const lines = all(root, isCreditNote ? 'CreditNoteLine' : 'InvoiceLine');
  if (lines.length === 0) stop('missing-term', 'the document has no line');
  const allowances = all(root, 'AllowanceCharge').map((element) => ({
    isCharge: textAt(element, 'ChargeIndicator') === 'true',
    amount: required(amountAt(element, 'Amount'), 'AllowanceCharge/Amount'),
  }));
  const tax = taxOf(root, currency);
  return {
    format: 'ubl',
    number: required(identifierAt(root, 'ID'), 'ID'),
    typeCode: required(textAt(root, `${root.name}TypeCode`), `${root.name}TypeCode`),
    isCreditNote,
    isExtended: /#conformant#/.test(textAt(root, 'CustomizationID') ?? ''),
    currency,
    ...datesOf(root),
    ...customerOf(root),
    references: referencesOf(root),
    ...shipToOf(root),
    lineAmounts: lines.map((line) =>
      required(amountAt(line, 'LineExtensionAmount'), 'line LineExtensionAmount'),
    ),
    allowanceAmounts: allowances.filter(({ isCharge }) => !isCharge).map(({ amount }) => amount),
    chargeAmounts: allowances.filter(({ isCharge }) => isCharge).map(({ amount }) => amount),
    taxParts: tax.parts,
    totals: totalsOf(root, amountAt, tax.total),
    attachments: embeddedFiles(
      all(root, 'AdditionalDocumentReference', 'Attachment', 'EmbeddedDocumentBinaryObject'),
    ),
  };
};

const datesOf = (
  root: XmlElement,
): Pick<InvoiceContent, 'documentOn' | 'dueOn' | 'termsTexts' | 'discountTiers'> => {
  const days = [all(root, 'DueDate'), all(root, 'PaymentMeans', 'PaymentDueDate')].flat();
  const texts = new Set(days.map((element) => textOf(element)).filter((text) => text !== undefined));
  if (texts.size > 1) stop('structure', `several due days: ${[...texts].join(', ')}`);
  const dueOn = dayAt(root, 'DueDate') ?? dayAt(all(root, 'PaymentMeans')[0], 'PaymentDueDate');
  return {
    documentOn: required(dayAt(root, 'IssueDate'), 'IssueDate'),
    ...(dueOn === undefined ? {} : { dueOn }),
    termsTexts: all(root, 'PaymentTerms', 'Note').map(({ text }) => text),
    discountTiers: [],
  };
};

const totalsOf = (root: XmlElement, amountAt: AmountAt, tax: AmountMinor | undefined): InvoiceTotals => {
  const from = required(one(root, 'LegalMonetaryTotal'), 'LegalMonetaryTotal');
  const optional = {
    lines: required(amountAt(from, 'LineExtensionAmount'), 'LineExtensionAmount'),
    allowances: amountAt(from, 'AllowanceTotalAmount') ?? (0 as AmountMinor),
    charges: amountAt(from, 'ChargeTotalAmount') ?? (0 as AmountMinor),
  };
  return {
    ...optional,
    ...(tax === undefined ? {} : { tax }),
    taxExclusive: required(amountAt(from, 'TaxExclusiveAmount'), 'TaxExclusiveAmount'),
    taxInclusive: required(amountAt(from, 'TaxInclusiveAmount'), 'TaxInclusiveAmount'),
    prepaid: amountAt(from, 'PrepaidAmount') ?? (0 as AmountMinor),
    rounding: amountAt(from, 'PayableRoundingAmount') ?? (0 as AmountMinor),
    payable: required(amountAt(from, 'PayableAmount'), 'PayableAmount'),
  };
};

/** The tax total of the document's currency; one in another currency repeats it for the books. */
const taxOf = (root: XmlElement, currency: Currency): { total?: AmountMinor; parts: TaxPart[] } => {
  const own = all(root, 'TaxTotal').filter(
    (total) => (one(total, 'TaxAmount')?.attributes.get('currencyID') ?? currency) === currency,
  );
  const [total] = own;
  if (own.length > 1) stop('structure', 'two tax totals in the currency of the document');
  if (total === undefined) return { parts: [] };
  const parts = all(total, 'TaxSubtotal').map((part): TaxPart => {
    const percent = textAt(part, 'TaxCategory', 'Percent');
    return {
      taxable: ublAmount(required(one(part, 'TaxableAmount'), 'TaxableAmount'), currency),
      tax: ublAmount(required(one(part, 'TaxAmount'), 'TaxSubtotal/TaxAmount'), currency),
      ...(percent === undefined ? {} : { percent }),
    };
  });
  return { total: ublAmount(required(one(total, 'TaxAmount'), 'TaxAmount'), currency), parts };
};

const customerOf = (
  root: XmlElement,
): Pick<InvoiceContent, 'customerIds' | 'customerName' | 'contactEmail'> => {
  const customer = one(root, 'AccountingCustomerParty');
  const party = one(customer, 'Party');
  const ids = [
    idsAt('supplierAssignedId', customer, 'SupplierAssignedAccountID'),
    idsAt('buyerId', party, 'PartyIdentification', 'ID'),
    idsAt('buyerReference', root, 'BuyerReference'),
    idsAt('endpointId', party, 'EndpointID'),
    ...all(party, 'PartyTaxScheme').map((tax) =>
      idsAt(textAt(tax, 'TaxScheme', 'ID') === 'VAT' ? 'vatId' : 'taxId', tax, 'CompanyID'),
    ),
    idsAt('legalId', party, 'PartyLegalEntity', 'CompanyID'),
  ].flat();
  const customerName =
    textAt(party, 'PartyLegalEntity', 'RegistrationName') ?? textAt(party, 'PartyName', 'Name');
  const contactEmail = textAt(party, 'Contact', 'ElectronicMail');
  return {
    customerIds: ids,
    ...(customerName === undefined ? {} : { customerName }),
    ...(contactEmail === undefined ? {} : { contactEmail }),
  };
};

const idsAt = (kind: CustomerId['kind'], from: XmlElement | undefined, ...path: string[]): CustomerId[] =>
  all(from, ...path).flatMap((element) => {
    const value = identifierAt(element);
    const scheme = element.attributes.get('schemeID');
    return value === undefined ? [] : [{ kind, value, ...(scheme === undefined ? {} : { scheme }) }];
  });

const referencesOf = (root: XmlElement): InvoiceContent['references'] => ({
  ...field('purchaseOrder', identifierAt(root, 'OrderReference', 'ID')),
  ...field('salesOrder', identifierAt(root, 'OrderReference', 'SalesOrderID')),
  ...field('delivery', identifierAt(root, 'DespatchDocumentReference', 'ID')),
  ...field('contract', identifierAt(root, 'ContractDocumentReference', 'ID')),
  ...field('buyerReference', identifierAt(root, 'BuyerReference')),
  preceding: all(root, 'BillingReference', 'InvoiceDocumentReference', 'ID').flatMap((element) => {
    const number = identifierAt(element);
    return number === undefined ? [] : [number];
  }),
});

const shipToOf = (root: XmlElement): Pick<InvoiceContent, 'shipTo' | 'paymentMeans'> => ({
  ...field('shipTo', textOf(all(root, 'Delivery', 'DeliveryLocation', 'ID')[0])),
  ...field('paymentMeans', textOf(all(root, 'PaymentMeans', 'PaymentMeansCode')[0])),
});
