/**
 * Writes a reply beside its account: its words as papers, what follows from it as facts. A person's reply pauses the
 * reminders until somebody handled it, at most three business days; a machine's is noted and pauses nothing.
 * From: `apply-inbound.ts`. Next: the worklist; `handle-reply.ts` lifts the pause. Ids derive from the mail: twice is once.
 */
import { replyHoldOf, type ReplyPaper } from '../../shared/contracts/replies.ts';
import { autoReplyOf, substituteOf } from '../../shared/domain/auto-reply.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { InboundMail } from '../../shared/formats/inbound-mail.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import type { MessagePlace } from '../../shared/ports/inbox-store.ts';
import { actor, mostTries, type MailCall, type MailParts } from './parts.ts';

export type Reply = { place: MessagePlace; mail: InboundMail; eventId: string; receivedAt: string };
export type ReplyKind = ReplyPaper['kind'];

export const replyIdOf = (eventId: string): string => eventId.slice('mail:'.length, 'mail:'.length + 32);

export const noteReply = async (
  parts: MailParts,
  call: MailCall,
  reply: Reply,
): Promise<ReplyKind | 'no-account'> => {
  const { companyId, accountId } = reply.place;
  const key = { companyId, accountId };
  const frame = await parts.frameOf(companyId, call.now);
  if (frame === undefined) return 'no-account';
  const replyId = replyIdOf(reply.eventId);
  const paper = await paperOf(parts, call, reply, replyId);
  const [replyPaperId, noteId]: Paper['id'][] = [`message:in:${replyId}`, `note:in:${replyId}`];
  const facts = factsOf(paper, replyId, noteId!, frame);
  const note = { id: noteId!, text: noteText(paper), by: 'customer', at: reply.receivedAt };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await parts.accounts.load(call.scope, key);
    if (loaded.mark === undefined) return 'no-account';
    if ((await parts.accounts.paper(call.scope, key, replyPaperId!)) !== undefined) return paper.kind;
    const change = { at: call.now, actor, cause: { kind: 'mail', id: reply.eventId }, facts };
    const papers: Paper[] = [
      { id: replyPaperId!, content: paper },
      { id: noteId!, content: note },
    ];
    const appended = await parts.accounts.append(call.scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return paper.kind;
  }
  throw new Error(`account ${accountId} is being changed by others`);
};

/** Files first: a paper that names one has it. */
const paperOf = async (
  { documents }: MailParts,
  { scope }: MailCall,
  { place, mail, eventId, receivedAt }: Reply,
  replyId: string,
): Promise<ReplyPaper> => {
  const { companyId, messageId } = place;
  const papers: ReplyPaper['papers'] = [];
  for (const [n, { name, contentType, bytes }] of mail.papers.entries()) {
    const file = `replies/${replyId}/${n + 1}`;
    await documents.write(scope, { companyId, name: file }, bytes);
    papers.push({ name, contentType, file, bytes: bytes.byteLength });
  }
  const { from, subject, text, leftOut } = mail;
  const kind = autoReplyOf(mail.headers, subject, from.address) ?? 'person';
  const substitute = kind === 'absence' ? substituteOf(text, from.address) : undefined;
  return {
    ...{ eventId, receivedAt, from, subject, text, kind, papers, leftOut: [...leftOut] },
    ...(messageId === '' ? {} : { messageId }),
    ...(substitute === undefined ? {} : { substitute }),
  };
};

const mostOfNote = 4_000;

const noteText = ({ from, subject, text }: ReplyPaper): string =>
  `${from.name} <${from.address}>\n${subject}\n\n${text}`.slice(0, mostOfNote);

const factsOf = (
  { kind, substitute }: ReplyPaper,
  replyId: string,
  noteId: string,
  { today: on, calendar, rules }: CompanyFrame,
): Fact[] => {
  const written: Fact = { kind: 'noteWritten', noteId, on };
  const task = (act: string, dueOn = addBusinessDays(on, 1, calendar)): Fact => ({
    kind: 'taskCreated',
    task: {
      ...{ id: `task:${replyId}:${act}`, act, stage: 0, createdOn: on, dueOn },
      ...{ does: ['collector'], sums: {}, items: [] },
    },
    on,
  });
  if (kind === 'absence') return substitute === undefined ? [written] : [written, task('checkSubstitute')];
  if (kind !== 'person') return [written];
  const untilOn = addBusinessDays(on, rules.replyPausesBusinessDays, calendar);
  const hold = { id: replyHoldOf(replyId), code: 'reply-waiting', placedOn: on, untilOn };
  return [written, { kind: 'holdPlaced', hold, on }, task('answerReply')];
};
