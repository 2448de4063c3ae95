/**
 * `Mailer` on Communication Services: one POST with our operation id, its own retries off; the status by GET.
 * From: the mail workflow. Next: the service. `azure-facts` of the design: a repeat of an operation id is not promised
 * to be sent once, so this never repeats by itself.
 */
import type { EmailClient, EmailMessage } from '@azure/communication-email';
import { z } from 'zod';
import { textOfInstant, type Instant } from '../domain/calendar.ts';
import type { Mail, MailAddress } from '../domain/mail.ts';
import type { HandOver, Mailer, OperationStatus } from '../ports/mailer.ts';

/** Longer than the service needs to take a mail, shorter than a message is locked. */
const usualTimeoutMs = 30_000;
const apiVersion = '2025-09-01';
/** When the service says to wait and not for how long. */
const usualWaitSeconds = 60;
const mendMinutes = 15;

export type MailService = {
  client: () => Promise<EmailClient>;
  endpoint: () => string;
  now: () => Instant;
  timeoutMs?: number;
};

export const acsMailer = (service: MailService): Mailer => ({
  send: (operationId, mail) => send(service, operationId, mail),
  status: (operationId) => status(service, operationId),
});

const send = async (
  { client, now, timeoutMs = usualTimeoutMs }: MailService,
  operationId: string,
  mail: Mail,
): Promise<HandOver> => {
  // the SDK asks for the status right after the POST: what fails then was accepted all the same
  let isAccepted = false;
  try {
    await (
      await client()
    ).beginSend(messageOf(mail), {
      operationId,
      abortSignal: AbortSignal.timeout(timeoutMs),
      onResponse: ({ request, status: code }) => {
        if (request.method === 'POST' && code === 202) isAccepted = true;
      },
    });
    return { is: 'accepted' };
  } catch (fault) {
    return isAccepted ? { is: 'accepted' } : handOverOf(faultOf(fault), now());
  }
};

/** Asks without a POST: the SDK's way is a poller resumed from its state. */
const status = async (
  { client, endpoint, timeoutMs = usualTimeoutMs }: MailService,
  operationId: string,
): Promise<OperationStatus> => {
  const operationLocation = `${endpoint()}/emails/operations/${operationId}?api-version=${apiVersion}`;
  const state = { status: 'running', config: { operationLocation, metadata: { mode: 'OperationLocation' } } };
  try {
    const poller = await (
      await client()
    ).beginSend(nothing, {
      resumeFrom: JSON.stringify({ state }),
      abortSignal: AbortSignal.timeout(timeoutMs),
    });
    const { status: reached, error } = poller.getOperationState();
    return reached === 'failed' ? { is: 'failed', code: codeOf(error) } : { is: 'accepted' };
  } catch (fault) {
    const { statusCode, message } = faultOf(fault);
    if (statusCode === 404) return { is: 'not-found' };
    // the poller throws for an operation that failed, and says so in words alone
    if (statusCode === undefined && /operation has failed/i.test(message))
      return { is: 'failed', code: /\bEmail\w+/.exec(message)?.[0] ?? 'failed' };
    return { is: 'unknown', detail: message };
  }
};

/** What a resumed poller is given and never sends. */
const nothing: EmailMessage = {
  senderAddress: '',
  content: { subject: '', plainText: '' },
  recipients: { to: [] },
};

const messageOf = ({ from, to, cc, replyTo, subject, html, text, headers, files }: Mail): EmailMessage => ({
  senderAddress: from,
  content: { subject, html, plainText: text },
  recipients: { to: to.map(addressOf), ...(cc.length === 0 ? {} : { cc: cc.map(addressOf) }) },
  replyTo: replyTo.map(addressOf),
  headers: { ...headers },
  disableUserEngagementTracking: true,
  ...(files.length === 0
    ? {}
    : {
        attachments: files.map(({ name, contentType, base64, contentId }) => ({
          ...{ name, contentType, contentInBase64: base64 },
          ...(contentId !== undefined && { contentId }),
        })),
      }),
});

const addressOf = ({ address, name }: MailAddress) => ({
  address,
  ...(name === undefined ? {} : { displayName: name }),
});

const faultShape = z.object({
  statusCode: z.int().optional(),
  code: z.string().optional(),
  message: z.string().default('no reason given'),
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>() }).optional(),
});
type Fault = z.infer<typeof faultShape>;

/** What is no fault of the service's call is a fault of ours. @throws it again. */
const faultOf = (fault: unknown): Fault => {
  const read = faultShape.safeParse(fault);
  if (!read.success) throw fault;
  return read.data;
};

const codeOf = (fault: unknown): string => faultShape.safeParse(fault).data?.code ?? 'failed';

/** A clear no is one of the service itself; 409 and what may have been a repeat is not clear. */
const handOverOf = ({ statusCode, code, message, response }: Fault, now: Instant): HandOver => {
  if (statusCode === 429) {
    const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN);
    const wait = Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : usualWaitSeconds;
    return { is: 'quota', until: textOfInstant(now.add({ seconds: wait })) };
  }
  // our right or domain is missing: no fault of the mail, so that all of them wait until somebody mends it
  if (statusCode !== undefined && [401, 403, 404].includes(statusCode))
    return { is: 'quota', until: textOfInstant(now.add({ minutes: mendMinutes })), why: code ?? message };
  if (statusCode === 413 || statusCode === 415 || (statusCode === 400 && !/operation/i.test(message)))
    return { is: 'refused', code: code ?? String(statusCode), detail: message };
  return { is: 'unknown', detail: message };
};
