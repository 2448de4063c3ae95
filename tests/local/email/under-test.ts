/**
 * What the email suites run against: the real service when CONFORMANCE_EMAIL (a connection string),
 * CONFORMANCE_EMAIL_SENDER and CONFORMANCE_EMAIL_RECIPIENT are set, else the stand-in, in memory.
 * From: the environment. Next: every suite in this folder.
 */
import { createHash } from 'node:crypto';
import { EmailClient, type EmailMessage, type EmailSendResponse } from '@azure/communication-email';
import { expect } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { startEmail, type EmailOptions } from '../../../local/email/start.ts';
import type { EventGridEvent, Mail } from '../../../local/email/types.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { localKey, ownerName, sign } from '../../../local/kit/keys.ts';
import { parseTopology, topology } from '../../../shared/contracts/topology.ts';

const { CONFORMANCE_EMAIL, CONFORMANCE_EMAIL_SENDER, CONFORMANCE_EMAIL_RECIPIENT } = process.env;
export const isLocal = CONFORMANCE_EMAIL === undefined;
export const sender = CONFORMANCE_EMAIL_SENDER ?? 'billing@dunwell.example';
export const recipient = CONFORMANCE_EMAIL_RECIPIENT ?? 'ada@customer.example';

/** App `mail` may send, app `staff` may not. */
export const fixtureTopology = parseTopology({
  ...topology,
  apps: {
    mail: { ...topology.apps.mail, surfaces: ['email.work'] },
    staff: { ...topology.apps.staff, surfaces: ['email.portalHttp'] },
  },
});

export const generous = {
  perMinute: 10_000,
  perHour: 10_000,
  statusPerMinute: 10_000,
  statusPerHour: 10_000,
};

export const clientOf = (connectionString: string, maxRetries = 0): EmailClient =>
  new EmailClient(connectionString, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
  });

export const messageTo = (address: string, changes: Partial<EmailMessage> = {}): EmailMessage => ({
  senderAddress: sender,
  content: { subject: 'Reminder: INV-1001 is overdue', plainText: 'Dear customer, please pay.' },
  recipients: { to: [{ address }] },
  ...changes,
});

/** Sends and waits for the end of the operation. */
export const send = async (
  client: EmailClient,
  message: EmailMessage,
  operationId?: string,
): Promise<EmailSendResponse> => {
  const poller = await client.beginSend(message, operationId === undefined ? {} : { operationId });
  return await poller.pollUntilDone();
};

/** Asks for an operation by its id alone: the SDK's way is a poller resumed from a state; no POST is made. */
export const askFor = async (connectionString: string, operationId: string): Promise<EmailSendResponse> => {
  const endpoint = /endpoint=(.*?)\/?;/.exec(connectionString)?.[1] ?? '';
  const operationLocation = `${endpoint}/emails/operations/${operationId}?api-version=2025-09-01`;
  const state = { status: 'running', config: { operationLocation, metadata: { mode: 'OperationLocation' } } };
  const poller = await clientOf(connectionString).beginSend(messageTo(recipient), {
    resumeFrom: JSON.stringify({ state }),
  });
  return await poller.pollUntilDone();
};

export type Refused = {
  statusCode?: number;
  code?: string;
  message: string;
  response?: { headers: { get(name: string): string | undefined } };
};

/** What the SDK throws. */
export const refusalOf = async (work: Promise<unknown>): Promise<Refused> => {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error as Refused,
  );
  if (!outcome) return expect.fail('it was not refused');
  return outcome;
};

/** The stand-in, with everything a test needs to look behind it. */
export const startLocal = async (changes: Partial<EmailOptions> = {}) => {
  const clock = createClock();
  const faults = createFaultSwitch();
  const events: EventGridEvent[] = [];
  const logged: string[] = [];
  const email = await startEmail({
    port: 0,
    stateDir: undefined,
    topology: fixtureTopology,
    clock,
    faults,
    log: (line) => void logged.push(line),
    deliver: (some) => void events.push(...some),
    ...generous,
    ...changes,
  });
  const connectionString = email.connectionString(ownerName);
  return {
    email,
    clock,
    faults,
    events,
    logged,
    connectionString,
    client: clientOf(connectionString),
    /** Once every report that is due has been taken. */
    settled: () => clock.moveTo(clock.now() + 1),
    mailsTo: async (to: string) =>
      (await getJson<{ mails: Mail[] }>(`${email.url}/api/mails?to=${to}`)).mails,
    post: (path: string, body: unknown) =>
      fetch(`${email.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    close: async () => {
      await email.close();
      clock.close();
    },
  };
};
export type Local = Awaited<ReturnType<typeof startLocal>>;

/** For the suites that also run against the real service. */
export const startUnderTest = async () => {
  if (CONFORMANCE_EMAIL === undefined) return startLocal();
  return {
    connectionString: CONFORMANCE_EMAIL,
    client: clientOf(CONFORMANCE_EMAIL),
    close: async () => undefined,
  };
};

export const getJson = async <Shape>(url: string): Promise<Shape> =>
  (await fetch(url)).json() as Promise<Shape>;

/** A signed request the SDK would not make; `tamper` changes its headers after signing. */
export const signedFetch = (
  url: string,
  {
    method = 'POST',
    body = '',
    date = new Date().toUTCString(),
    key = localKey('email', ownerName),
    headers = {},
  },
): Promise<Response> => {
  const { pathname, search, host } = new URL(url);
  const hash = createHash('sha256').update(body).digest('base64');
  const signature = sign(key, `${method}\n${pathname}${search}\n${date};${host};${hash}`);
  return fetch(url, {
    method,
    ...(method === 'POST' && { body }),
    headers: {
      'content-type': 'application/json',
      'x-ms-date': date,
      'x-ms-content-sha256': hash,
      authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
      ...headers,
    },
  });
};
