/**
 * Claims a message: the exact mail is kept and can be found again before the head says that it goes out.
 * From: `send-message.ts`. Next: `hand-over.ts`. From the claim on a payment is crossed, not a violation.
 */
import type { MessagePaper, SentPaper } from '../../shared/contracts/mail.ts';
import type { HandedOver } from '../../shared/contracts/mail-restore.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import { claimMessage } from '../../shared/domain/message-life.ts';
import { claimNotice } from '../../shared/domain/notice-life.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
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
  const { mail } = composed;
  const { companyId, messageId } = place;
  const at = textOfInstant(call.now);
  const kept = JSON.stringify(mail);
  const operationId = uuidOf(parts.hashText(`${placeText(place)}:${messageId}:${at}:${kept}`));
  await parts.documents.write(call.scope, { companyId, name: mailFileOf(operationId) }, kept);
  await parts.inbox.point(call.scope, operationName(operationId), { ...place, operationId });
  await parts.inbox.point(call.scope, replyName(composed.replyToken), place);
  const wanted = { messageId, operationId, at, on };
  const mailed = sentPaperOf(composed, operationId, at);
  await keepHandOver(parts, call, companyId, {
    ...{ v: 1, accountId: place.accountId, messageId, operationId, replyToken: composed.replyToken, on },
    ...{ paper: mailed, ...contentOf(loaded, messageId, planned) },
  });
  const isNotice = waitingOf(loaded, messageId).is === 'notice';
  const facts = isNotice ? claimNotice(loaded.account, wanted) : claimMessage(loaded.account, wanted);
  if (!facts.ok) return undefined;
  const id = messageId as Paper['id'];
  const content = { ...paper, mail: mailed };
  const appended = await appendFacts(parts, call, place, loaded, facts.value, [{ id, content }]);
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

export const operationName = (operationId: string): string => `operation:${operationId.toLowerCase()}`;
export const replyName = (token: string): string => `reply:${token}`;

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
