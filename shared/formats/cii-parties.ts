/**
 * Who the customer of a cross-industry invoice is, and which orders and deliveries it names.
 * From: `cii-invoice.ts`. Next: the content of the document.
 */
import { all, identifierAt, one, textAt, textOf } from './xml-elements.ts';
import type { CustomerId, CustomerIdKind, InvoiceContent } from './xml-invoice-content.ts';
import type { XmlElement } from './xml-reader.ts';

const idsAt = (kind: CustomerIdKind, from: XmlElement | undefined, ...path: string[]): CustomerId[] =>
  all(from, ...path).flatMap((element) => {
    const value = identifierAt(element);
    const scheme = element.attributes.get('schemeID');
    return value === undefined ? [] : [{ kind, value, ...(scheme === undefined ? {} : { scheme }) }];
  });

/** Name, address of mail, and every id the document gives the buyer. */
export const ciiCustomer = (
  agreement: XmlElement | undefined,
): Pick<InvoiceContent, 'customerIds' | 'customerName' | 'contactEmail'> => {
  const party = one(agreement, 'BuyerTradeParty');
  const taxIds = all(party, 'SpecifiedTaxRegistration', 'ID').flatMap((element) =>
    idsAt(element.attributes.get('schemeID') === 'VA' ? 'vatId' : 'taxId', element),
  );
  const customerName = textAt(party, 'Name');
  const contactEmail = textOf(
    all(party, 'DefinedTradeContact', 'EmailURIUniversalCommunication', 'URIID')[0],
  );
  return {
    customerIds: [
      ...idsAt('buyerId', party, 'ID'),
      ...idsAt('buyerId', party, 'GlobalID'),
      ...idsAt('buyerReference', agreement, 'BuyerReference'),
      ...idsAt('endpointId', party, 'URIUniversalCommunication', 'URIID'),
      ...taxIds,
      ...idsAt('legalId', party, 'SpecifiedLegalOrganization', 'ID'),
    ],
    ...(customerName === undefined ? {} : { customerName }),
    ...(contactEmail === undefined ? {} : { contactEmail }),
  };
};

export const ciiReferences = (transaction: XmlElement): InvoiceContent['references'] => {
  const agreement = one(transaction, 'ApplicableHeaderTradeAgreement');
  const delivery = one(transaction, 'ApplicableHeaderTradeDelivery');
  const settlement = one(transaction, 'ApplicableHeaderTradeSettlement');
  const found = {
    purchaseOrder: identifierAt(agreement, 'BuyerOrderReferencedDocument', 'IssuerAssignedID'),
    salesOrder: identifierAt(agreement, 'SellerOrderReferencedDocument', 'IssuerAssignedID'),
    contract: identifierAt(agreement, 'ContractReferencedDocument', 'IssuerAssignedID'),
    delivery: identifierAt(delivery, 'DespatchAdviceReferencedDocument', 'IssuerAssignedID'),
    buyerReference: identifierAt(agreement, 'BuyerReference'),
  };
  const kept = Object.entries(found).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(kept) as Omit<InvoiceContent['references'], 'preceding'>),
    preceding: all(settlement, 'InvoiceReferencedDocument', 'IssuerAssignedID').flatMap((element) => {
      const number = identifierAt(element);
      return number === undefined ? [] : [number];
    }),
  };
};

export const ciiShipTo = (transaction: XmlElement): Pick<InvoiceContent, 'shipTo' | 'paymentMeans'> => {
  const shipTo = textOf(all(transaction, 'ApplicableHeaderTradeDelivery', 'ShipToTradeParty', 'ID')[0]);
  const means = ['ApplicableHeaderTradeSettlement', 'SpecifiedTradeSettlementPaymentMeans', 'TypeCode'];
  const paymentMeans = textOf(all(transaction, ...means)[0]);
  return {
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(paymentMeans === undefined ? {} : { paymentMeans }),
  };
};
