/**
 * Accepts a message: at most once per operation id (or not, as the settings say), then decides its fate.
 * From: `api.ts`, with a checked message. Next: one journal record, the mailboxes, the delivery reports.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { domainOf, mailboxOf } from './addresses.ts';
import { Refusal } from './refusal.ts';
import type { Reporting } from './reports.ts';
import { ruleFor, statusMessageOf, suppressionMs } from './rules.ts';
import type { Settings } from './settings.ts';
import type { EmailStore, Suppression } from './store.ts';
import type { Mail, Message, Recipient, Report } from './types.ts';

export type Submission = { message: Message; operationId: string; body: Buffer; sentBy: string };

/** How long a repeat of the same request is answered like the first. */
export const rememberedMs = 5 * 60_000;

/** Answers the mail of this operation, new or remembered. @throws Refusal when a repeat is not welcome. */
export const createSending = (parts: {
  store: EmailStore;
  settings: Settings;
  clock: Clock;
  reporting: Reporting;
}): ((submission: Submission) => Promise<Mail>) => {
  const { store, settings, clock, reporting } = parts;
  const underWay = new Set<string>();

  const accept = async (submission: Submission, bodyHash: string): Promise<Mail> => {
    const { mail, reports, suppressed } = decide(submission, bodyHash, parts);
    store.record({ is: 'accepted', mail, reports, suppressed });
    await store.flush();
    for (const report of reports) reporting.schedule(report);
    const { acceptingMs } = settings.current();
    if (acceptingMs > 0) await realDelay(acceptingMs);
    return mail;
  };

  return async (submission) => {
    const { operationId, body } = submission;
    const bodyHash = createHash('sha256').update(body).digest('base64');
    const first = store.ofOperation(operationId)[0];
    const { repeat } = settings.current();
    if (first && repeat !== 'sends-twice') {
      if (underWay.has(operationId)) throw inProgress(operationId);
      refuseOtherRepeats(first, bodyHash, clock.now(), repeat === 'refused');
      return first;
    }
    underWay.add(operationId);
    try {
      return await accept(submission, bodyHash);
    } finally {
      underWay.delete(operationId);
    }
  };
};

const inProgress = (operationId: string) =>
  new Refusal(409, 'Conflict', `The operation '${operationId}' is in progress.`);

const refuseOtherRepeats = (first: Mail, bodyHash: string, nowMs: number, refuseAll: boolean): void => {
  const id = first.operationId;
  if (nowMs - first.acceptedAtMs > rememberedMs)
    throw new Refusal(412, 'PreconditionFailed', `The operation '${id}' began more than 5 minutes ago.`);
  if (first.bodyHash !== bodyHash)
    throw new Refusal(400, 'BadRequest', `The operation '${id}' was begun with another body.`);
  if (refuseAll) throw new Refusal(400, 'BadRequest', `The operation '${id}' exists already.`);
};

type Fate = { mail: Mail; reports: Report[]; suppressed: Suppression[] };

const decide = (
  submission: Submission,
  bodyHash: string,
  { store, settings, clock }: { store: EmailStore; settings: Settings; clock: Clock },
): Fate => {
  const { message, operationId, sentBy } = submission;
  const nowMs = clock.now();
  const { rules, processingMs } = settings.current();
  const mail: Mail = {
    id: String(store.mails.size + 1),
    operationId,
    internetMessageId: `<${randomUUID()}@${domainOf(message.senderAddress)}>`,
    acceptedAtMs: nowMs,
    bodyHash,
    sentBy,
    message,
    recipients: [],
    happenings: [{ atMs: nowMs, what: `Accepted from app ${sentBy}` }],
  };
  const reports: Report[] = [];
  const suppressed: Suppression[] = [];
  for (const recipient of recipientsOf(message)) {
    const rule = ruleFor(recipient.address, rules);
    const isSuppressed = isOnSuppressionList(store, recipient.address, nowMs);
    const status = isSuppressed ? 'Suppressed' : rule.status;
    mail.recipients.push({ ...recipient, status });
    if (status === 'Bounced') suppressed.push(nextSuppression(store, recipient.address, nowMs));
    const attemptedAtMs = nowMs + processingMs;
    const dueAtMs = attemptedAtMs + rule.delayMs;
    if (rule.copies > 0)
      reports.push(
        makeReport(mail, recipient.address, status, { attemptedAtMs, dueAtMs, copies: rule.copies }),
      );
  }
  if (mail.recipients.every(({ status }) => status === 'Suppressed')) mail.failure = allSuppressed;
  return { mail, reports, suppressed };
};

const allSuppressed = {
  code: 'EmailDroppedAllRecipientsSuppressed',
  message: 'Message dropped because all recipients were suppressed',
};

/** One per mailbox, even when it stands in several lists. */
const recipientsOf = ({ to, cc, bcc }: Message): Omit<Recipient, 'status'>[] => {
  const all = [
    ...to.map((one) => ({ ...one, kind: 'to' as const })),
    ...cc.map((one) => ({ ...one, kind: 'cc' as const })),
    ...bcc.map((one) => ({ ...one, kind: 'bcc' as const })),
  ];
  const first = new Map(all.toReversed().map((one) => [mailboxOf(one.address), one]));
  return all.filter((one) => first.get(mailboxOf(one.address)) === one);
};

export const isOnSuppressionList = (store: EmailStore, address: string, nowMs: number): boolean =>
  (store.suppressions.get(mailboxOf(address))?.untilMs ?? -Infinity) > nowMs;

/** The entry of an address that has just bounced (again). */
export const nextSuppression = (store: EmailStore, address: string, nowMs: number): Suppression => {
  const bounces = store.suppressions.get(mailboxOf(address))?.bounces ?? 0;
  return { address: mailboxOf(address), untilMs: nowMs + suppressionMs(bounces), bounces: bounces + 1 };
};

export const makeReport = (
  mail: Mail,
  recipient: string,
  status: Report['status'],
  times: { attemptedAtMs: number; dueAtMs: number; copies: number },
): Report => ({
  id: randomUUID(),
  mailId: mail.id,
  operationId: mail.operationId,
  internetMessageId: mail.internetMessageId,
  sender: mail.message.senderAddress,
  recipient,
  status,
  statusMessage: statusMessageOf(status),
  ...times,
});
