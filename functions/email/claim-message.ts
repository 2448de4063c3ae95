/**
 * Claims a message: the exact mail is kept and can be found again before the head says that it goes out.
 * From: `send-message.ts`. Next: `hand-over.ts`. From the claim on a payment is crossed, not a violation.
 */
import type { MessagePaper, SentPaper } from '../../shared/contracts/mail.ts';
import type { HandedOver } from '../../shared/contracts/mail-restore.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { replyTokenLength } from '../../shared/domain/mail-setting.ts';
import { claimMessage } from '../../shared/domain/message-life.ts';
import { claimNotice } from '../../shared/domain/notice-life.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import type { MessagePlace } from '../../shared/ports/inbox-store.ts';
import type { Mail } from '../../shared/domain/mail.ts';
import { appendFacts } from './change-message.ts';
import type { Composed } from './compose-mail.ts';
import { keepHandOver } from './hand-over-files.ts';
import { uuidOf } from './operation-id.ts';
import { placeText, type MailCall, type MailParts, type Place } from './parts.ts';
import { waitingOf } from './read-message.ts';

/** `loaded`: the account with the claim. */
export type Claimed = { operationId: string; mail: Mail; loaded: LoadedAccount };

export const mailFileOf = (operationId: string): string => `mails/${operationId}.json`;

type ToClaim = {
  loaded: LoadedAccount;
  paper: MessagePaper;
  composed: Composed;
  on: Day;
  /** Of a reminder. */
  planned?: PlannedMessage;
};

/** Undefined when the account changed meanwhile: nothing was claimed, decide again. */
export const claim = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  { loaded, paper, composed, on, planned }: ToClaim,
): Promise<Claimed | undefined> => {
  const { companyId, messageId } = place;
  const at = textOfInstant(call.now);
  const content = `${placeText(place)}:${messageId}:${at}:${JSON.stringify(composed.mail)}`;
  const operationId = uuidOf(parts.hashText(content));
  const replyToken = replyTokenFor(parts, operationId);
  const mail: Mail = { ...composed.mail, replyTo: [composed.replyTo(replyToken)] };
  await parts.documents.write(call.scope, { companyId, name: mailFileOf(operationId) }, JSON.stringify(mail));
  await parts.inbox.point(call.scope, replyName(replyToken), { ...place, operationId });
  const wanted = { messageId, operationId, at, on };
  const mailed = sentPaperOf(composed, operationId, at);
  await keepHandOver(parts, call, companyId, {
    ...{ v: 1, accountId: place.accountId, messageId, operationId, replyToken, on },
    ...{ paper: mailed, ...contentOf(loaded, messageId, planned) },
  });
  const isNotice = waitingOf(loaded, messageId).is === 'notice';
  const facts = isNotice ? claimNotice(loaded.account, wanted) : claimMessage(loaded.account, wanted);
  if (!facts.ok) return undefined;
  const id = messageId as Paper['id'];
  // the plan is in the journal: from here on nobody is shown it to release it
  const { planned: _planned, itemCount: _count, ...kept } = paper;
  const papers = [{ id, content: { ...kept, mail: mailed } }];
  const appended = await appendFacts(parts, call, place, loaded, facts.value, papers);
  return appended.outcome === 'appended' ? { operationId, mail, loaded: appended.loaded } : undefined;
};

/** What it is, so that it can be written down again where the book forgot it. */
const contentOf = (
  loaded: LoadedAccount,
  messageId: string,
  planned: PlannedMessage | undefined,
): Pick<HandedOver, 'planned' | 'notice'> => {
  if (planned !== undefined) return { planned };
  const waiting = waitingOf(loaded, messageId);
  if (waiting.is !== 'notice') return {};
  const { state: _state, operationId: _id, firstPostAt: _at, ...notice } = waiting.pending;
  return { notice };
};

/** Told by the hand-over, so that reports on it and replies to it are led back by one name; and nobody's to guess. */
const replyTokenFor = (
  { hashText, salt }: Pick<MailParts, 'hashText' | 'salt'>,
  operationId: string,
): string => hashText(`${salt}:reply:${operationId.toLowerCase()}`).slice(0, replyTokenLength);

export const replyName = (token: string): string => `reply:${token}`;
/** Of hand-overs whose token was told by their message. */
export const operationName = (operationId: string): string => `operation:${operationId.toLowerCase()}`;

/** The message of a hand-over. */
export const placeOfOperation = async (
  parts: Pick<MailParts, 'inbox' | 'hashText' | 'salt'>,
  { scope }: Pick<MailCall, 'scope'>,
  operationId: string,
): Promise<MessagePlace | undefined> =>
  (await parts.inbox.placeOf(scope, replyName(replyTokenFor(parts, operationId)))) ??
  parts.inbox.placeOf(scope, operationName(operationId));

const sentPaperOf = (
  { mail, text, language, template }: Composed,
  operationId: string,
  at: string,
): SentPaper => ({
  ...{ operationId, text, language, to: [...mail.to], cc: [...mail.cc], subject: mail.subject },
  ...{ file: mailFileOf(operationId), template },
  files: mail.files.map(({ name, contentType }) => ({ name, contentType })),
  ...{ claimedAt: at, reports: [] },
});
