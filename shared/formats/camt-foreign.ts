/**
 * What a payment was in another currency before the bank exchanged it.
 * From: `camt-entry.ts`. Next: kept beside the receipt; the ledger books the account's currency.
 */
import type { Currency } from '../domain/money.ts';
import type { ForeignAmount } from './bank-shape.ts';
import { decimalAmount, one, textAt } from './xml-elements.ts';
import type { XmlElement } from './xml-reader.ts';

/** The instructed amount, else any other of the details, when it is in another currency. */
export const foreignOf = (payment: XmlElement | undefined, currency: Currency): ForeignAmount | undefined => {
  for (const name of ['InstdAmt', 'TxAmt', 'CntrValAmt']) {
    const detail = one(payment, 'AmtDtls', name);
    const amount = one(detail, 'Amt');
    const own = amount?.attributes.get('Ccy');
    if (amount === undefined || own === undefined || own === currency) continue;
    const rate = textAt(detail, 'CcyXchg', 'XchgRate');
    return {
      currency: own,
      amount: decimalAmount(amount.text.trim(), own, name),
      ...(rate === undefined ? {} : { rate }),
    };
  }
  return undefined;
};
