/**
 * A text as this account would get it now: the one its plan would send, or another one tried on its items.
 * From: `GET api/accounts/{company}/{account}/message-preview`. Next: people; nothing is written or sent.
 */
import type { PreviewAnswer } from '../../shared/contracts/mail-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { messageOf } from '../../shared/domain/planned-message.ts';
import { evaluateAccount } from '../../shared/domain/evaluate-account.ts';
import type { MessageText } from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { composeMail, type ToCompose } from './compose-mail.ts';
import { judgeAccount, type Judged } from './gate-message.ts';
import { ownTextOf } from './own-texts.ts';
import type { MailCall, MailParts } from './parts.ts';

/** Links of a preview name no message, and so open nothing. */
const previewId = 'message:preview';

export const previewMessage = async (
  parts: MailParts,
  key: AccountKey,
  { text, draft }: { text: MessageText | undefined; draft: 'yes' | 'no' },
  call: MailCall,
): Promise<Outcome<PreviewAnswer, ProblemCode>> => {
  const loaded = await parts.accounts.load(call.scope, key);
  const frame = loaded.mark === undefined ? undefined : await parts.frameOf(key.companyId, call.now);
  if (frame === undefined) return refuse('not-found', 'There is no such account.');
  const judged = await judgeAccount(parts, call.scope, loaded, frame);
  const step = evaluateAccount(judged.input, frame, true).steps.find(({ channel }) => channel === 'mail');
  const what =
    text === undefined && step !== undefined
      ? { planned: messageOf(step, judged.input, frame) }
      : { notice: noticeOf(text ?? 'T13', frame.today) };
  const shown = 'planned' in what ? what.planned.text : what.notice.text;
  const tried = await draftOf(parts, call, key, shown as MessageText, judged, draft);
  if (!tried.ok) return tried;
  return composePreview(parts, call, key, { judged, frame, ...what, ...tried.value });
};

type Shown = Pick<ToCompose, 'judged' | 'frame' | 'draft'> &
  ({ planned: PlannedMessage } | { notice: PendingNotice });

/** The mail as it would be; its links open nothing. */
export const composePreview = async (
  parts: MailParts,
  call: MailCall,
  { companyId, accountId }: AccountKey,
  shown: Shown,
): Promise<Outcome<PreviewAnswer, ProblemCode>> => {
  const place = { companyId, accountId, messageId: previewId };
  const composed = await composeMail(parts, call, { ...shown, place, paper: {} });
  if (!composed.ok) return refuse('not-rendered', composed.detail);
  const { mail, text: made, language, template } = composed.value;
  return done({
    ...{ text: made, language, subject: mail.subject, html: mail.html, plain: mail.text },
    template,
    to: mail.to.map(({ address, name }) => ({ address, ...(name === undefined ? {} : { name }) })),
    files: mail.files.map(({ name }) => name),
  });
};

/** The company's own text as it waits for approval, where it is asked for. */
const draftOf = async (
  parts: MailParts,
  { scope }: MailCall,
  { companyId }: AccountKey,
  text: MessageText,
  { recipients: { language } }: Judged,
  isWanted: 'yes' | 'no',
): Promise<Outcome<{ draft?: { source: string } }, 'not-found'>> => {
  if (isWanted === 'no' || language === undefined) return done({});
  const { draft } = await ownTextOf(parts, scope, { companyId, text, language });
  return draft === undefined ? refuse('not-found', `No text ${text} waits for approval.`) : done({ draft });
};

/** Any text can be tried; of one that needs a cause the detail says what is missing. */
const noticeOf = (text: MessageText, plannedOn: PendingNotice['plannedOn']): PendingNotice => ({
  ...{ id: previewId, text: text as PendingNotice['text'], causeId: 'preview', plannedOn, state: 'planned' },
});
