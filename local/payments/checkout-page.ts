/**
 * The HTML of the checkout pages; works without script, by keyboard, on a phone.
 * From: `checkout.ts`. Next: the customer's browser. Everything that came from outside is escaped.
 */
import { escapeHtml } from '../kit/html.ts';
import type { LineItem, Stored } from './objects.ts';

type SessionRow = Stored['checkout.session'];

/** A page to pay on; `problem` is what went wrong with the last try. */
export const payPage = (row: SessionRow, problem?: string): string => {
  const { object: session } = row;
  const due = money(session.amount_total ?? 0, session.currency ?? '');
  return frame(
    `Pay ${due}`,
    `
<section class="order" aria-label="What you pay for">
  <p class="merchant">${escapeHtml(row.merchant)}</p>
  <h1><span class="quiet">Pay</span> ${due}</h1>
  <ul class="lines">${row.lines.map(lineHtml).join('')}
  </ul>
  <p class="total"><span>Total due</span><span>${due}</span></p>
  ${session.cancel_url === null ? '' : `<p><a href="${escapeHtml(session.cancel_url)}">← Back to ${escapeHtml(row.merchant)}</a></p>`}
</section>
<section class="payment" aria-label="How you pay">
  ${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
  <form method="post">
    ${emailField(session.customer_details?.email ?? null)}
    <fieldset><legend>Payment method</legend>
      ${methods.map((one, index) => choice('method', one, index === 0)).join('')}
    </fieldset>
    <details><summary>Rehearse what happens afterwards</summary>
      <fieldset><legend>After the payment</legend>
        ${afterwards.map((one, index) => choice('after', one, index === 0)).join('')}
      </fieldset>
    </details>
    <button type="submit">Pay ${due}</button>
  </form>
</section>`,
  );
};

/** A session that takes no more payment: paid, on its way, or too late. */
export const closedPage = (row: SessionRow): string => {
  const { object: session } = row;
  const due = money(session.amount_total ?? 0, session.currency ?? '');
  const merchant = escapeHtml(row.merchant);
  if (session.status !== 'complete')
    return notice(
      'This page has expired',
      `Nothing was paid. Ask ${merchant} for a new link.`,
      session.cancel_url,
    );
  if (session.payment_status === 'paid')
    return notice('Payment received', `You paid ${due} to ${merchant}. You can close this page.`, null);
  return notice(
    'Payment on its way',
    `Your bank has been asked for ${due}. ${merchant} will hear when it has arrived. You can close this page.`,
    null,
  );
};

export const missingPage = (): string =>
  notice('There is nothing to pay here', 'The link is not complete, or it was never made.', null);

const methods = [
  { value: 'paid', title: 'Card •••• 4242', hint: 'Paid at once' },
  { value: 'declined', title: 'Card •••• 0002', hint: 'Declined; you can try again' },
  { value: 'delayed-paid', title: 'Bank debit •••• 3000', hint: 'Arrives in three days' },
  { value: 'delayed-failed', title: 'Bank debit •••• 3035', hint: 'Returned unpaid in three days' },
];

const afterwards = [
  { value: 'once', title: 'As it should be', hint: 'The merchant is told, you go back to its page' },
  { value: 'twice', title: 'Told twice', hint: 'Every message to the merchant arrives two times' },
  { value: 'never', title: 'No call back', hint: 'Paid, but no message is sent and you stay here' },
];

const choice = (name: string, { value, title, hint }: (typeof methods)[number], isFirst: boolean): string => `
      <label class="choice"><input type="radio" name="${name}" value="${value}"${isFirst ? ' checked' : ''}>
        <span class="title">${title}</span><span class="hint">${hint}</span></label>`;

const emailField = (known: string | null): string =>
  known === null
    ? '<label class="field">Email <input type="email" name="email" required maxlength="254" autocomplete="email"></label>'
    : `<p class="field">Email <span>${escapeHtml(known)}</span></p>`;

const lineHtml = (line: LineItem): string => {
  const each = money(line.price.unit_amount ?? 0, line.currency);
  const quantity = (line.quantity ?? 1) > 1 ? `<span class="quiet">${line.quantity} × ${each}</span>` : '';
  return `
    <li><span>${escapeHtml(line.description ?? '')}${quantity}</span><span>${money(line.amount_total, line.currency)}</span></li>`;
};

const notice = (title: string, words: string, back: string | null): string =>
  frame(
    title,
    `
<section class="notice">
  <h1>${escapeHtml(title)}</h1>
  <p>${words}</p>
  ${back === null ? '' : `<p><a href="${escapeHtml(back)}">Go back</a></p>`}
</section>`,
  );

const frame = (title: string, main: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/c/checkout.css">
</head>
<body>
<p class="test-notice"><strong>Test mode.</strong> This is the local payment provider. No money moves.</p>
<main>${main}
</main>
</body>
</html>
`;

/** `€1,234.50`: minor units by the currency's own number of digits. */
export const money = (minor: number, currency: string): string => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency || 'XXX' });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};
