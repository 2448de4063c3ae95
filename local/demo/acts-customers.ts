/**
 * What customers of the demo do: answer mails, or pay by the link in one.
 * From: `acts.ts`. Next: the mailbox, the portal, the page of the payment provider.
 */
import { createdItem, type Calls } from './calls.ts';
import { answeredIll } from './stories-ledger.ts';

export const mailTo = (account: string): string => `accounts@${account.toLowerCase()}.example`;

const answerTo = async (calls: Calls, account: string, body: object): Promise<void> => {
  const mail = (await calls.mails(mailTo(account))).at(-1);
  if (mail === undefined) throw new Error(`${account} was not written to`);
  await calls.act(mail.id, 'reply', { recipient: mailTo(account), ...body });
};

const ticket = {
  subject: '[Ticket #48213] Your request was received',
  text: 'Your request has been opened as ticket 48213. Please do not reply to this message.',
};
export async function ticketAnswers(calls: Calls): Promise<void> {
  await answerTo(calls, 'L-1003', { ...ticket, automatic: true });
}

export async function fourAnswer(calls: Calls): Promise<void> {
  const words = [
    'Which delivery is this?',
    'We pay on Friday.',
    'Please send us a copy.',
    'Who ordered this?',
  ];
  for (const [at, account] of answeredIll.entries()) await answerTo(calls, account, { text: words[at] });
}

export const linkIn = (text: string): string => {
  const link = /\/pay\/([A-Za-z0-9_.-]+)/.exec(text)?.[1];
  if (link === undefined) throw new Error('the mail has no pay link');
  return link;
};

/** At ten in the morning of Columbus; the ERP shows it the next day. */
export async function payInPortal(calls: Calls): Promise<void> {
  await calls.moveTo('2026-10-20T14:00:00Z');
  const mail = (await calls.mails(mailTo('I-3001'))).at(-1);
  const wanted = { currency: 'USD', items: [{ item: createdItem('IS-101') }] };
  const link = linkIn(mail?.message.plainText ?? '');
  const started = (await calls.byLink(link, 'accounts/harrowmint-inc/I-3001/payments', wanted)) as {
    url: string;
  };
  const paid = { method: 'POST', redirect: 'manual', body: new URLSearchParams({ method: 'paid' }) } as const;
  const answer = await fetch(started.url, paid);
  if (answer.status !== 303) throw new Error(`the payment provider answered ${answer.status}`);
  await calls.moveTo();
}
