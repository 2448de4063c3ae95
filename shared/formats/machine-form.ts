/**
 * The invoices of a mail in a form machines read: schema.org `Invoice` as microdata that nobody sees, in every text that
 * asks for money. Microdata and not JSON: a mail holds no script, and each value is escaped as all others are.
 * From: the rows of the table that is shown. Next: `text-compile.ts` puts it at the end of the page.
 */
import { amountText } from '../domain/amount-text.ts';
import { plainAmountStyle } from '../domain/amount-style.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { Money } from '../domain/message-data.ts';

/** Without groups, a point before the decimals, as machines expect it. @throws RangeError for no currency. */
export const plainAmount = ({ amount, currency }: Money): string => {
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new RangeError(decimals.detail);
  return amountText(amount, plainAmountStyle, decimals.value);
};

const value = (property: string, content: string): string =>
  `<meta itemprop="${property}" content="{{ ${content} }}">`;
const thing = (property: string, type: string, ...inner: string[]): string =>
  `<div itemprop="${property}" itemscope itemtype="https://schema.org/${type}">${inner.join('')}</div>`;

const invoice = [
  value('identifier', 'row.number'),
  `{% if row.po %}${thing('referencesOrder', 'Order', value('orderNumber', 'row.po'))}{% endif %}`,
  value('paymentDueDate', 'row.plain.due'),
  thing(
    'totalPaymentDue',
    'MonetaryAmount',
    value('currency', 'table.currency'),
    value('value', 'row.plain.asked'),
  ),
  thing('provider', 'Organization', value('name', 'seller')),
  value('accountId', 'account'),
  thing(
    'additionalProperty',
    'PropertyValue',
    '<meta itemprop="propertyID" content="remittanceReference">',
    value('value', 'bank.reference'),
  ),
  thing('potentialAction', 'PayAction', value('target', 'links.pay')),
].join('');

/** Liquid text: every row of which something is asked. */
export const machineForm = `{% for table in tables %}{% for row in table.rows %}{% if row.plain %}<div itemscope itemtype="https://schema.org/Invoice">${invoice}</div>
{% endif %}{% endfor %}{% endfor %}`;
