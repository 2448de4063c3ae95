/**
 * One example call for each route of the portal's app; a route without one fails the authorisation test.
 * From: whoever adds a route adds a line. Next: `portal.test.ts` calls it as everybody.
 */
import type { About, Example } from './example-calls.ts';

const account = ({ companyId, accountId }: About): string => `api/portal/accounts/${companyId}/${accountId}`;
const ofAccount = { foreign: 404, isAboutAccount: true } as const;
const item = 'item:invoice:0';
const invoice = { item };

export const portalExamples: Record<string, Example> = {
  health: { send: () => ({ path: 'api/health' }), allowed: 200 },
  'unknown-route': { send: () => ({ path: 'api/never' }), allowed: 404 },
  'request-sign-in': {
    send: () => ({ path: 'api/portal/sign-in-links', body: { email: 'a@example.com' } }),
    allowed: 202,
  },
  'open-session': {
    send: () => ({ path: 'api/portal/sessions', body: { token: 'never-was-a-token-of-ours' } }),
    allowed: 401,
  },
  'end-session': { send: () => ({ path: 'api/portal/sessions/end', body: {} }), allowed: 200 },
  'list-own-accounts': { send: () => ({ path: 'api/portal/accounts' }), allowed: 200 },
  'read-own-account': { send: (about) => ({ path: account(about) }), allowed: 200, ...ofAccount },
  'list-own-items': { send: (about) => ({ path: `${account(about)}/items` }), allowed: 200, ...ofAccount },
  'read-own-item': {
    send: (about) => ({ path: `${account(about)}/items/never` }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-promises': {
    send: (about) => ({ path: `${account(about)}/promises` }),
    allowed: 200,
    ...ofAccount,
  },
  'read-link': { send: () => ({ path: 'api/portal/link' }), allowed: 404 },
  'start-payment': {
    send: (about) => ({
      path: `${account(about)}/payments`,
      body: { currency: 'EUR', items: [{ item: 'never' }] },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'choose-transfer': {
    send: (about) => ({
      path: `${account(about)}/transfers`,
      body: { currency: 'EUR', items: [{ item: 'never' }] },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-payments': {
    send: (about) => ({ path: `${account(about)}/payments` }),
    allowed: 200,
    ...ofAccount,
  },
  'read-own-payment': {
    send: (about) => ({ path: `${account(about)}/payments/${'0'.repeat(32)}` }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-plans': {
    send: (about) => ({ path: `${account(about)}/plans` }),
    allowed: 200,
    ...ofAccount,
  },
  'ask-for-plan': {
    send: (about) => ({
      path: `${account(about)}/plans`,
      body: { currency: 'EUR', instalments: [{ on: '2026-12-01', amount: 1 }], items: ['never'] },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'make-own-promise': {
    send: (about) => ({
      path: `${account(about)}/promises`,
      body: { currency: 'EUR', dueOn: '2026-11-25', items: [{ ...invoice, item: 'never', amount: 1 }] },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'say-paid': {
    send: (about) => ({
      path: `${account(about)}/says-paid`,
      body: { paidOn: '2026-11-20', how: 'transfer', reference: 'r', items: ['never'] },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'open-own-case': {
    send: (about) => ({
      path: `${account(about)}/cases`,
      body: { as: 'query', code: 'COPY', items: [{ item: 'never' }], text: 'please' },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-cases': { send: (about) => ({ path: `${account(about)}/cases` }), allowed: 200, ...ofAccount },
  'read-own-case': {
    send: (about) => ({ path: `${account(about)}/cases/dispute:never` }),
    allowed: 404,
    ...ofAccount,
  },
  'add-own-case-paper': {
    send: (about) => ({
      path: `${account(about)}/cases/dispute:never/papers?name=a.pdf`,
      bytes: new TextEncoder().encode('x'),
    }),
    allowed: 404,
    ...ofAccount,
  },
  'download-own-case-paper': {
    send: (about) => ({ path: `${account(about)}/cases/dispute:never/papers/att-never` }),
    allowed: 404,
    ...ofAccount,
  },
  'download-own-statement': {
    send: (about) => ({ path: `${account(about)}/statement/pdf` }),
    allowed: 409,
    ...ofAccount,
  },
  'download-own-document': {
    send: (about) => ({ path: `${account(about)}/items/never/document` }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-item-papers': {
    send: (about) => ({ path: `${account(about)}/items/never/papers` }),
    allowed: 404,
    ...ofAccount,
  },
  'download-own-item-paper': {
    send: (about) => ({ path: `${account(about)}/items/never/papers/att-never` }),
    allowed: 404,
    ...ofAccount,
  },
  'list-own-questions': {
    send: (about) => ({ path: `${account(about)}/questions` }),
    allowed: 200,
    ...ofAccount,
  },
  'read-own-profile': {
    send: (about) => ({ path: `${account(about)}/profile` }),
    allowed: 200,
    ...ofAccount,
  },
  'choose-own-language': {
    send: (about) => ({ path: `${account(about)}/profile/language`, body: { language: 'de' } }),
    allowed: 409,
    ...ofAccount,
  },
  'choose-own-reminders': {
    send: (about) => ({ path: `${account(about)}/profile/reminders`, body: { wanted: true } }),
    allowed: 200,
    ...ofAccount,
  },
  'propose-own-contact': {
    send: (about) => ({
      path: `${account(about)}/contact-proposals`,
      body: { wanted: { name: 'Kim', email: 'kim@north.example' } },
    }),
    allowed: 201,
    ...ofAccount,
  },
  'list-own-invitations': {
    send: (about) => ({ path: `${account(about)}/invitations` }),
    allowed: 200,
    ...ofAccount,
  },
  'invite-own-person': {
    send: (about) => ({ path: `${account(about)}/invitations`, body: { email: 'pat@north.example' } }),
    allowed: 201,
    ...ofAccount,
  },
  'end-own-invitation': {
    send: (about) => ({ path: `${account(about)}/invitations/${'n'.repeat(32)}/end`, body: {} }),
    allowed: 404,
    ...ofAccount,
  },
  'mail-own-statement': {
    send: (about) => ({ path: `${account(about)}/statement-mails`, body: {} }),
    allowed: 202,
    ...ofAccount,
  },
  'mail-own-copy': {
    send: (about) => ({ path: `${account(about)}/items/never/copies`, body: {} }),
    allowed: 404,
    ...ofAccount,
  },
  'ask-question': {
    send: (about) => ({ path: `${account(about)}/questions`, body: { text: 'when?' } }),
    allowed: 201,
    ...ofAccount,
  },
};

/** Machines sign their bytes; nobody else is heard. */
export const opensOtherwise = [
  'look-by-link',
  'file-by-link',
  'decide-by-link',
  'reassign-by-link',
  'receive-payment-event',
  'take-inbound-mail',
];
