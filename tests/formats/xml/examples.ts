/**
 * Invented e-invoices for the tests: a document written from what it is meant to say.
 * From: nothing but its arguments. Next: the tests beside it.
 */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export type Intent = {
  number: string;
  typeCode: string;
  currency: string;
  documentOn: string;
  dueOn?: string;
  terms?: string;
  customer?: string;
  lines: readonly number[];
  tax: number;
  prepaid?: number;
  payable?: number;
  order?: string;
};

const decimals: Record<string, number> = { JPY: 0, KWD: 3 };

/** Minor units as XML writes them. */
export const written = (minor: number, currency: string): string => {
  const places = decimals[currency] ?? 2;
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return minor < 0 ? `-${text}` : text;
};

const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** A UBL invoice, or a credit note for type 381. */
export const ublText = (intent: Intent): string => {
  const { currency } = intent;
  const name = intent.typeCode === '381' ? 'CreditNote' : 'Invoice';
  const amount = (tag: string, minor: number): string =>
    `<cbc:${tag} currencyID="${currency}">${written(minor, currency)}</cbc:${tag}>`;
  const net = sumOf(intent.lines);
  const gross = net + intent.tax;
  const payable = intent.payable ?? gross - (intent.prepaid ?? 0);
  const lines = intent.lines.map(
    (line, at) =>
      `<cac:${name}Line><cbc:ID>${at + 1}</cbc:ID>${amount('LineExtensionAmount', line)}</cac:${name}Line>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<${name} xmlns="${ubl}${name}-2" xmlns:cac="${ubl}CommonAggregateComponents-2" xmlns:cbc="${ubl}CommonBasicComponents-2">
<cbc:ID>${intent.number}</cbc:ID><cbc:IssueDate>${intent.documentOn}</cbc:IssueDate>
${intent.dueOn === undefined ? '' : `<cbc:DueDate>${intent.dueOn}</cbc:DueDate>`}
<cbc:${name}TypeCode>${intent.typeCode}</cbc:${name}TypeCode><cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>
${intent.order === undefined ? '' : `<cac:OrderReference><cbc:ID>${intent.order}</cbc:ID></cac:OrderReference>`}
<cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID>${intent.customer ?? 'C-1'}</cbc:ID></cac:PartyIdentification></cac:Party></cac:AccountingCustomerParty>
${intent.terms === undefined ? '' : `<cac:PaymentTerms><cbc:Note>${intent.terms}</cbc:Note></cac:PaymentTerms>`}
<cac:TaxTotal>${amount('TaxAmount', intent.tax)}</cac:TaxTotal>
<cac:LegalMonetaryTotal>${amount('LineExtensionAmount', net)}${amount('TaxExclusiveAmount', net)}${amount('TaxInclusiveAmount', gross)}${amount('PrepaidAmount', intent.prepaid ?? 0)}${amount('PayableAmount', payable)}</cac:LegalMonetaryTotal>
${lines.join('')}</${name}>`;
};

const cii = 'urn:un:unece:uncefact:data:standard:';

/** The same as a cross-industry invoice. */
export const ciiText = (intent: Intent): string => {
  const { currency } = intent;
  const net = sumOf(intent.lines);
  const gross = net + intent.tax;
  const payable = intent.payable ?? gross - (intent.prepaid ?? 0);
  const amount = (tag: string, minor: number): string =>
    `<ram:${tag}>${written(minor, currency)}</ram:${tag}>`;
  const day = (text: string): string =>
    `<udt:DateTimeString format="102">${text.replaceAll('-', '')}</udt:DateTimeString>`;
  const lines = intent.lines.map(
    (line) =>
      `<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedLineTradeSettlement><ram:SpecifiedTradeSettlementLineMonetarySummation>${amount('LineTotalAmount', line)}</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>`,
  );
  return `<rsm:CrossIndustryInvoice xmlns:rsm="${cii}CrossIndustryInvoice:100" xmlns:ram="${cii}ReusableAggregateBusinessInformationEntity:100" xmlns:udt="${cii}UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>${intent.number}</ram:ID><ram:TypeCode>${intent.typeCode}</ram:TypeCode><ram:IssueDateTime>${day(intent.documentOn)}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>${lines.join('')}
<ram:ApplicableHeaderTradeAgreement><ram:BuyerTradeParty><ram:ID>${intent.customer ?? 'C-1'}</ram:ID></ram:BuyerTradeParty>
${intent.order === undefined ? '' : `<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${intent.order}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>`}</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>${currency}</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms>${intent.terms === undefined ? '' : `<ram:Description>${intent.terms}</ram:Description>`}${intent.dueOn === undefined ? '' : `<ram:DueDateDateTime>${day(intent.dueOn)}</ram:DueDateDateTime>`}</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>${amount('LineTotalAmount', net)}${amount('TaxBasisTotalAmount', net)}<ram:TaxTotalAmount currencyID="${currency}">${written(intent.tax, currency)}</ram:TaxTotalAmount>${amount('GrandTotalAmount', gross)}${amount('TotalPrepaidAmount', intent.prepaid ?? 0)}${amount('DuePayableAmount', payable)}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
};

export const plain: Intent = {
  number: 'R-100',
  typeCode: '380',
  currency: 'EUR',
  documentOn: '2026-03-02',
  dueOn: '2026-04-01',
  lines: [10_000, 2_550],
  tax: 2_385,
};
