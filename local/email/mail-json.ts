/**
 * The mailboxes as JSON, for tests that ask what arrived.
 * From: `routes.ts`, for GET /api/mails and /api/mails/{id}. Next: tests and scripts; bodies of attachments
 * are left to their own download address.
 */
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { mailboxOf } from './addresses.ts';
import { json } from './refusal.ts';
import type { EmailStore } from './store.ts';
import type { Mail } from './types.ts';

const onePath = /^\/api\/mails\/([^/]+)$/;

/** Oldest first; `to`, `operationId`, `subject` (part of it) and `after` (the id of a mail) narrow the list. */
export const answerMailJson = (store: EmailStore, call: HttpCall): HttpAnswer => {
  if (call.method !== 'GET') return json(405, { error: { code: '405', message: 'The list is read only.' } });
  if (call.path === '/api/mails') return json(200, { mails: find(store, call.query).map(toJson) });
  const mail = store.mails.get(onePath.exec(call.path)?.[1] ?? '');
  if (!mail) return json(404, { error: { code: '404', message: `There is no ${call.path}.` } });
  return json(200, toJson(mail));
};

const find = (store: EmailStore, query: URLSearchParams): Mail[] => {
  const [to, operationId, subject] = ['to', 'operationId', 'subject'].map((name) => query.get(name));
  const after = Number(query.get('after') ?? 0);
  return [...(to ? store.ofMailbox(to) : store.mails.values())].filter(
    (mail) =>
      Number(mail.id) > after &&
      (!operationId || mail.operationId === operationId.toLowerCase()) &&
      (!subject || mailboxOf(mail.message.subject).includes(mailboxOf(subject))),
  );
};

const toJson = ({ bodyHash: _, message, ...mail }: Mail) => ({
  ...mail,
  acceptedAt: new Date(mail.acceptedAtMs).toISOString(),
  message: {
    ...message,
    attachments: message.attachments.map(({ contentInBase64, ...rest }, index) => ({
      ...rest,
      bytes: Buffer.byteLength(contentInBase64, 'base64'),
      href: `/mail/${mail.id}/attachments/${index + 1}`,
    })),
  },
});
