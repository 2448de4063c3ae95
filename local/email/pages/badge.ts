/**
 * What became of a mail, in a word with a colour (never by colour alone).
 * From: a recipient's status. Next: the list and the page of a mail.
 */
import type { DeliveryStatus, Mail } from '../types.ts';
import { html, type Markup } from '../../kit/html.ts';

const statusWords: Record<DeliveryStatus, [words: string, look: 'good' | 'bad' | 'warn']> = {
  Delivered: ['Delivered', 'good'],
  Expanded: ['Expanded', 'good'],
  Bounced: ['Bounced', 'bad'],
  Failed: ['Failed', 'bad'],
  Suppressed: ['Suppressed', 'bad'],
  FilteredSpam: ['Filtered as spam', 'warn'],
  Quarantined: ['Quarantined', 'warn'],
};

export const badge = (status: DeliveryStatus, extra = ''): Markup => {
  const [words, look] = statusWords[status];
  return html`<span class="badge ${look}">${words}${extra}</span>`;
};

/** The first trouble a mail met, and at how many of its recipients. */
export const overallBadge = ({ recipients }: Mail): Markup => {
  const trouble = recipients.find(({ status }) => status !== 'Delivered')?.status;
  if (trouble === undefined) return badge('Delivered');
  const met = recipients.filter(({ status }) => status === trouble).length;
  return badge(trouble, met < recipients.length ? ` ${met}/${recipients.length}` : '');
};
