/**
 * The forms on a mail's page by which a person plays its recipient: bounce, complain, reply.
 * From: `mail-page.ts`. Next: `actions.ts`, by POST only.
 */
import type { Mail } from '../types.ts';
import { html, type Markup } from '../../kit/html.ts';

/** What was typed, shown again when the reply could not be handed over. */
/** `subject`: one of the machine's own, such as a ticket's. */
export type Draft = {
  recipient: string;
  text: string;
  isAutomatic: boolean;
  isQuoting: boolean;
  subject?: string;
};

export const actForms = (mail: Mail, canReply: boolean, draft?: Draft): Markup =>
  html`${canReply && replyForm(mail, draft)}
    <section class="card">
      <h2>As the recipient’s mail server</h2>
      <p class="quiet">
        Makes a new delivery report and puts the address on the suppression list, as the cloud service does.
      </p>
      <form method="post" action="/mail/${mail.id}/bounce">
        <div class="row">
          ${chooseRecipient(mail, 'judged')}
          <button>Bounce it</button>
          <button formaction="/mail/${mail.id}/complain">Complain: this is spam</button>
        </div>
      </form>
    </section>`;

const replyForm = (mail: Mail, draft?: Draft): Markup =>
  html`<section class="card">
    <h2>Reply</h2>
    <form method="post" action="/mail/${mail.id}/reply">
      ${chooseRecipient(mail, 'replying', draft?.recipient)}
      <label for="text">Text</label>
      <textarea id="text" name="text" required maxlength="100000">${draft?.text}</textarea>
      <label class="check"
        ><input type="checkbox" name="quoting" value="yes" ${(draft?.isQuoting ?? true) && html`checked`} />
        Quote the mail below</label
      >
      <label class="check"
        ><input type="checkbox" name="automatic" value="yes" ${draft?.isAutomatic && html`checked`} /> Mark as
        an automatic reply (out of office)</label
      >
      <div class="row"><button class="main">Send reply</button></div>
    </form>
  </section>`;

const chooseRecipient = ({ recipients }: Mail, id: string, chosen?: string): Markup => {
  const [only] = recipients;
  if (recipients.length === 1 && only)
    return html`<input type="hidden" name="recipient" value="${only.address}" /><span
        >as ${only.address}</span
      >`;
  return html`<label for="${id}">As</label>
    <select id="${id}" name="recipient">
      ${recipients.map(({ address }) => html`<option ${address === chosen && html`selected`}>${address}</option>`)}
    </select>`;
};
