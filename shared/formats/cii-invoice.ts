/**
 * Reads a UN/CEFACT cross-industry invoice (Factur-X, ZUGFeRD 2, XRechnung) into its content.
 * From: the elements of `xml-reader.ts`. Next: `xml-invoice.ts`. Amounts are in the invoice currency; the tax
 * total may stand once more in the accounting currency.
 */
import type { AmountMinor, Currency } from '../domain/money.ts';
import { ciiCustomer, ciiReferences, ciiShipTo } from './cii-parties.ts';
import { ciiDates } from './cii-terms.ts';
import { embeddedFiles } from './xml-attachments.ts';
import { all, decimalAmount, identifierAt, one, required, textAt, textOf } from './xml-elements.ts';
import type { InvoiceContent, InvoiceTotals, TaxPart } from './xml-invoice-content.ts';
import { kindOfCode } from './xml-invoice-kinds.ts';
import type { XmlElement } from './xml-reader.ts';
import { stop } from './xml-refusal.ts';

/** Whether the root is a cross-industry invoice (D16B and later). */
export const isCiiInvoice = ({ name, space }: XmlElement): boolean =>
  name === 'CrossIndustryInvoice' && space === 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100';

type AmountAt = (from: XmlElement | undefined, name: string) => AmountMinor | undefined;

const amountsIn =
  (currency: Currency): AmountAt =>
  (from, name) => {
    const element = one(from, name);
    const own = element?.attributes.get('currencyID') ?? currency;
    if (own !== currency) stop('currency-mismatch', `${name} is in ${own}, the document in ${currency}`);
    const text = textOf(element);
    return text === undefined ? undefined : decimalAmount(text, currency, name);
  };

/** The content of a cross-industry invoice. Stops with the code of what is missing or unreadable. */
export const ciiContent = (root: XmlElement): InvoiceContent => {
  const document = one(root, 'ExchangedDocument');
  const transaction = required(one(root, 'SupplyChainTradeTransaction'), 'SupplyChainTradeTransaction');
  const agreement = one(transaction, 'ApplicableHeaderTradeAgreement');
  const settlement = one(transaction, 'ApplicableHeaderTradeSettlement');
  const currency = required(textAt(settlement, 'InvoiceCurrencyCode'), 'InvoiceCurrencyCode');
  const amountAt = amountsIn(currency);
  const typeCode = required(textAt(document, 'TypeCode'), 'TypeCode');
  const adjustments = adjustmentsOf(settlement, amountAt);
  return {
    format: 'cii',
    number: required(identifierAt(document, 'ID'), 'ID'),
    typeCode,
    isCreditNote: kindOfCode(typeCode) === 'creditNote',
    isExtended: isExtended(root),
    currency,
    ...ciiDates(document, settlement, currency),
    ...ciiCustomer(agreement),
    references: ciiReferences(transaction),
    ...ciiShipTo(transaction),
    lineAmounts: linesOf(transaction, amountAt),
    allowanceAmounts: adjustments.filter(({ isCharge }) => !isCharge).map(({ amount }) => amount),
    chargeAmounts: adjustments.filter(({ isCharge }) => isCharge).map(({ amount }) => amount),
    taxParts: taxPartsOf(settlement, amountAt),
    totals: totalsOf(settlement, currency, amountAt),
    attachments: embeddedFiles(all(agreement, 'AdditionalReferencedDocument', 'AttachmentBinaryObject')),
  };
};

const isExtended = (root: XmlElement): boolean =>
  /#conformant#/.test(
    textAt(root, ...['ExchangedDocumentContext', 'GuidelineSpecifiedDocumentContextParameter', 'ID']) ?? '',
  );

/** Group headings and notes of the extended profile are lines that add nothing. */
const linesOf = (transaction: XmlElement, amountAt: AmountAt): AmountMinor[] =>
  all(transaction, 'IncludedSupplyChainTradeLineItem')
    .filter(
      (line) =>
        !/^(GROUP|INFORMATION)$/.test(
          textAt(line, 'AssociatedDocumentLineDocument', 'LineStatusReasonCode') ?? '',
        ),
    )
    .map((line) => {
      const summation = one(
        line,
        ...['SpecifiedLineTradeSettlement', 'SpecifiedTradeSettlementLineMonetarySummation'],
      );
      return required(amountAt(summation, 'LineTotalAmount'), 'line LineTotalAmount');
    });

const adjustmentsOf = (
  settlement: XmlElement | undefined,
  amountAt: AmountAt,
): { isCharge: boolean; amount: AmountMinor }[] => [
  ...all(settlement, 'SpecifiedTradeAllowanceCharge').map((element) => ({
    isCharge: textAt(element, 'ChargeIndicator', 'Indicator') === 'true',
    amount: required(amountAt(element, 'ActualAmount'), 'ActualAmount'),
  })),
  ...all(settlement, 'SpecifiedLogisticsServiceCharge').map((element) => ({
    isCharge: true,
    amount: required(amountAt(element, 'AppliedAmount'), 'AppliedAmount'),
  })),
];

const taxPartsOf = (settlement: XmlElement | undefined, amountAt: AmountAt): TaxPart[] =>
  all(settlement, 'ApplicableTradeTax').map((part) => {
    const percent = textAt(part, 'RateApplicablePercent');
    return {
      taxable: required(amountAt(part, 'BasisAmount'), 'BasisAmount'),
      tax: required(amountAt(part, 'CalculatedAmount'), 'CalculatedAmount'),
      ...(percent === undefined ? {} : { percent }),
    };
  });

const totalsOf = (
  settlement: XmlElement | undefined,
  currency: Currency,
  amountAt: AmountAt,
): InvoiceTotals => {
  const from = required(
    one(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation'),
    'SpecifiedTradeSettlementHeaderMonetarySummation',
  );
  const lines = amountAt(from, 'LineTotalAmount');
  const tax = taxTotal(from, currency);
  const none = 0 as AmountMinor;
  return {
    ...(lines === undefined ? {} : { lines }),
    ...(tax === undefined ? {} : { tax }),
    allowances: amountAt(from, 'AllowanceTotalAmount') ?? none,
    charges: amountAt(from, 'ChargeTotalAmount') ?? none,
    taxExclusive: required(amountAt(from, 'TaxBasisTotalAmount'), 'TaxBasisTotalAmount'),
    taxInclusive: required(amountAt(from, 'GrandTotalAmount'), 'GrandTotalAmount'),
    prepaid: amountAt(from, 'TotalPrepaidAmount') ?? none,
    rounding: amountAt(from, 'RoundingAmount') ?? none,
    payable: required(amountAt(from, 'DuePayableAmount'), 'DuePayableAmount'),
  };
};

const taxTotal = (from: XmlElement, currency: Currency): AmountMinor | undefined => {
  const own = all(from, 'TaxTotalAmount').filter(
    (element) => (element.attributes.get('currencyID') ?? currency) === currency,
  );
  if (own.length > 1) stop('structure', 'two tax totals in the currency of the document');
  const text = textOf(own[0]);
  return text === undefined ? undefined : decimalAmount(text, currency, 'TaxTotalAmount');
};
