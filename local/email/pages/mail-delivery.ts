/**
 * What became of a mail at each recipient, and whether its delivery report has been handed over.
 * From: `mail-page.ts`. Next: links to the mailboxes.
 */
import { mailboxOf } from '../addresses.ts';
import type { Mail, Report } from '../types.ts';
import { badge } from './badge.ts';
import { html, type Markup } from '../../kit/html.ts';
import { mailboxHref, type PageParts } from './layout.ts';
import { fullTime } from './times.ts';

export const deliverySection = ({ store }: PageParts, mail: Mail): Markup => {
  const waiting = [...store.pending.values()].filter(({ mailId }) => mailId === mail.id);
  return html`<section class="card">
    <h2>Delivery</h2>
    ${mail.failure && html`<p>The operation failed: ${mail.failure.message} (${mail.failure.code}).</p>`}
    <table>
      <tr>
        <th>Recipient</th>
        <th>Status</th>
        <th>Report</th>
      </tr>
      ${mail.recipients.map(
        ({ address, status }) =>
          html`<tr>
            <td><a href="${mailboxHref(mailboxOf(address))}">${address}</a></td>
            <td>${badge(status)}</td>
            <td class="quiet">${reportState(mail, waiting, address)}</td>
          </tr>`,
      )}
    </table>
  </section>`;
};

const reportState = ({ happenings }: Mail, waiting: Report[], address: string): Markup => {
  const report = waiting.find(({ recipient }) => recipient === address);
  if (report) return html`due ${fullTime(report.dueAtMs)}`;
  return happenings.some(({ reported }) => reported === address) ? html`handed over` : html`none`;
};
