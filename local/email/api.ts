/**
 * The REST API of Azure Communication Services Email, as `@azure/communication-email` calls it.
 * From: `routes.ts`, for every path under /emails. Next: `sending.ts` for a send, the store for a status.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { readMessage } from './message.ts';
import type { Quota } from './quota.ts';
import { json, Refusal, toAnswer, tooManyRequests } from './refusal.ts';
import type { Submission } from './sending.ts';
import type { Settings } from './settings.ts';
import type { EmailStore } from './store.ts';
import type { Mail } from './types.ts';

const apiVersions = ['2025-09-01', '2023-03-31'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const operationPath = /^\/emails\/operations\/([^/]+)$/;

type ApiParts = {
  store: EmailStore;
  settings: Settings;
  clock: Clock;
  sendQuota: Quota;
  statusQuota: Quota;
  authenticate: (call: HttpCall) => string;
  send: (submission: Submission) => Promise<Mail>;
  count: (operation: string) => void;
};

export const createApi = (parts: ApiParts): ((call: HttpCall) => Promise<HttpAnswer>) => {
  const { count } = parts;
  return async (call) => {
    try {
      const holder = parts.authenticate(call);
      checkVersion(call);
      if (call.path === '/emails:send') return await answerSend(parts, call, holder);
      const operation = operationPath.exec(call.path)?.[1];
      if (operation !== undefined) return answerStatus(parts, call, operation);
      throw new Refusal(404, 'NotFound', `There is no resource ${call.path}.`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      count(`refused ${error.status}`);
      return toAnswer(error);
    }
  };
};

const checkVersion = ({ query }: HttpCall): void => {
  const version = query.get('api-version') ?? '';
  if (apiVersions.includes(version)) return;
  const known = apiVersions.join(', ');
  throw new Refusal(400, 'UnsupportedApiVersion', `The api-version '${version}' is not one of ${known}.`);
};

const allowOnly = (method: string, call: HttpCall): void => {
  if (call.method !== method)
    throw new Refusal(405, 'MethodNotAllowed', `${call.path} takes ${method}, not ${call.method}.`);
};

const answerSend = async (parts: ApiParts, call: HttpCall, sentBy: string): Promise<HttpAnswer> => {
  allowOnly('POST', call);
  const waitMs = parts.sendQuota.take(parts.clock.now());
  if (waitMs !== undefined) throw tooManyRequests(waitMs);
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? ''))
    throw new Refusal(415, 'UnsupportedMediaType', 'The content type must be application/json.');
  const operationId = (call.headers['operation-id'] ?? randomUUID()).toLowerCase();
  if (!uuid.test(operationId))
    throw new Refusal(400, 'BadRequest', 'The Operation-Id header must be a UUID.', {
      target: 'Operation-Id',
    });
  const message = readMessage(call.body, parts.settings.current().linkedSenders);
  const mail = await parts.send({ message, operationId, body: call.body, sentBy });
  parts.count('send');
  const version = call.query.get('api-version') ?? '';
  const location = `${call.origin}/emails/operations/${operationId}?api-version=${version}`;
  const headers = { 'operation-location': location, 'operation-id': operationId, 'retry-after': '1' };
  return json(202, { id: mail.operationId, status: 'Running' }, headers);
};

const answerStatus = (parts: ApiParts, call: HttpCall, operation: string): HttpAnswer => {
  allowOnly('GET', call);
  const waitMs = parts.statusQuota.take(parts.clock.now());
  if (waitMs !== undefined) throw tooManyRequests(waitMs);
  const mail = parts.store.ofOperation(operation.toLowerCase())[0];
  if (!mail) throw new Refusal(404, 'NotFound', `There is no operation '${operation}'.`);
  parts.count('status');
  const status = statusOf(mail, parts.clock.now(), parts.settings.current().processingMs);
  const body = { id: mail.operationId, status, ...(status === 'Failed' && { error: mail.failure }) };
  const isFinal = status === 'Succeeded' || status === 'Failed';
  return json(200, body, isFinal ? {} : { 'retry-after': '1' });
};

/** Not started in the first half of the processing time, running in the second. */
const statusOf = (mail: Mail, nowMs: number, processingMs: number) => {
  const passedMs = nowMs - mail.acceptedAtMs;
  if (passedMs < processingMs / 2) return 'NotStarted';
  if (passedMs < processingMs) return 'Running';
  return mail.failure ? 'Failed' : 'Succeeded';
};
