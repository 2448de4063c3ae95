/**
 * What a person does to a mail on its page: bounce it, complain about it, reply to it.
 * From: the forms of `mail-forms.ts`. Next: a new delivery report and a suppressed address, or the `reply`
 * of the options; then back to the mail's page.
 */
import type { HttpAnswer, HttpCall } from '../../kit/http-service.ts';
import { makeReport, nextSuppression } from '../sending.ts';
import type { Mail, Recipient } from '../types.ts';
import type { PageParts } from './layout.ts';
import { answerMail, type Notice } from './mail-page.ts';
import { makeReplyMime, replyAddress } from './reply-mime.ts';

/** Takes a reply as raw MIME and the address it is for. */
export type SendReply = (rawMime: Buffer, to: string) => Promise<void> | void;

export const actions = ['bounce', 'complain', 'reply'] as const;
export type Action = (typeof actions)[number];

const doneWords: Record<Action, string> = {
  bounce: 'Bounced. A delivery report is on its way, and the address is suppressed.',
  complain: 'Complained. A delivery report is on its way, and the address is suppressed.',
  reply: 'The reply is on its way.',
};

export const noticeOf = (done: string | null): Notice | undefined => {
  const action = actions.find((one) => one === done);
  return action && { text: doneWords[action] };
};

export const act = async (
  parts: PageParts,
  mail: Mail,
  action: Action,
  call: HttpCall,
): Promise<HttpAnswer> => {
  if (!call.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return answerMail(
      parts,
      mail,
      { notice: { text: 'This is not a form of this page.', isBad: true } },
      415,
    );
  const form = new URLSearchParams(call.body.toString('utf8'));
  const recipient = mail.recipients.find(({ address }) => address === form.get('recipient'));
  if (!recipient)
    return answerMail(parts, mail, { notice: { text: 'Choose one of the recipients.', isBad: true } }, 400);
  return action === 'reply' ? reply(parts, mail, recipient, form) : judge(parts, mail, recipient, action);
};

const judge = async (
  { store, clock, reporting }: PageParts,
  mail: Mail,
  { address }: Recipient,
  action: 'bounce' | 'complain',
): Promise<HttpAnswer> => {
  const nowMs = clock.now();
  const status = action === 'bounce' ? 'Bounced' : 'FilteredSpam';
  const report = makeReport(mail, address, status, { attemptedAtMs: nowMs, dueAtMs: nowMs, copies: 1 });
  if (action === 'complain') report.statusMessage = 'The recipient complained about this mail as spam.';
  const what = action === 'bounce' ? `Bounced by ${address}` : `Called spam by ${address}`;
  const suppressed = [nextSuppression(store, address, nowMs)];
  store.record({ is: 'judged', report, suppressed, happening: { atMs: nowMs, what } });
  await store.flush();
  reporting.schedule(report);
  return backTo(mail, action);
};

const reply = async (
  parts: PageParts,
  mail: Mail,
  recipient: Recipient,
  form: URLSearchParams,
): Promise<HttpAnswer> => {
  const draft = {
    recipient: recipient.address,
    text: (form.get('text') ?? '').trim(),
    isAutomatic: form.get('automatic') === 'yes',
    isQuoting: form.get('quoting') === 'yes',
    ...(form.get('subject') ? { subject: form.get('subject')! } : {}),
  };
  if (!parts.reply)
    return answerMail(parts, mail, { notice: { text: 'Nobody takes replies here.', isBad: true } }, 404);
  if (!draft.text)
    return answerMail(parts, mail, { notice: { text: 'Write a text first.', isBad: true }, draft }, 400);
  const nowMs = parts.clock.now();
  try {
    await parts.reply(makeReplyMime(mail, draft, nowMs), replyAddress(mail));
  } catch (error) {
    const text = `The reply was not taken: ${error instanceof Error ? error.message : String(error)}`;
    return answerMail(parts, mail, { notice: { text, isBad: true }, draft }, 502);
  }
  const what = `${draft.isAutomatic ? 'Automatic reply' : 'Reply'} from ${recipient.address}`;
  parts.store.record({ is: 'happened', mail: mail.id, happening: { atMs: nowMs, what } });
  await parts.store.flush();
  return backTo(mail, 'reply');
};

/** After a post the page is asked for anew, so that a reload does not post again. */
const backTo = ({ id }: Mail, done: Action): HttpAnswer => ({
  status: 303,
  headers: { location: `/mail/${id}?done=${done}`, 'cache-control': 'no-store' },
});
