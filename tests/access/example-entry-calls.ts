/**
 * One example call for each route to documents that are typed in, and to papers beside items.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { About, Example } from './example-calls.ts';

const accountOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}`;
/** Papers lie in Blob, which this world is without: whoever is let in finds no such item, or sent what is not right. */
const beside = (about: About): string => `${accountOf(about)}/items/item:invoice:never/attachments`;
const waiting = ({ companyId }: About): string => `api/companies/${companyId}/waiting-attachments`;
const requests = ({ companyId }: About): string => `api/companies/${companyId}/entry-requests`;

export const entryExamples: Record<string, Example> = {
  'enter-items': {
    send: ({ companyId, accountId }) => ({
      path: 'api/items',
      body: {
        company: companyId,
        items: [
          {
            ...{ account: accountId, kind: 'invoice', number: 'M-1', currency: 'EUR', amount: 100 },
            ...{ documentOn: '2026-11-20', dueOn: '2026-12-20' },
          },
        ],
      },
    }),
    ...{ allowed: 409, foreign: 422, isAboutAccount: true },
  },
  'list-advice-papers': {
    send: ({ companyId }) => ({ path: `api/companies/${companyId}/advice-papers` }),
    ...{ allowed: 200, foreign: 200 },
  },
  'download-advice-paper': {
    send: ({ companyId }) => ({ path: `api/imports/${companyId}/never/paper` }),
    ...{ allowed: 404, foreign: 404 },
  },
  'type-advice': {
    send: ({ companyId }) => ({
      path: `api/imports/${companyId}/never/advice-lines`,
      body: {
        ...{ reference: 'ZV-1', currency: 'EUR', reason: 'an example' },
        lines: [{ number: '1', amount: '1.00' }],
      },
    }),
    ...{ allowed: 404, foreign: 404 },
  },
  'read-entry-limits': {
    send: ({ companyId }) => ({ path: `api/companies/${companyId}/entry-limits` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'save-entry-limits': {
    send: ({ companyId }) => ({
      path: `api/companies/${companyId}/entry-limits`,
      body: { mostOfLimitedCents: -1, after: 0, reason: 'an example' },
    }),
    ...{ allowed: 400, foreign: 400 },
  },
  'enter-payments': {
    send: ({ companyId, accountId }) => ({
      path: 'api/payments',
      body: {
        company: companyId,
        payments: [
          {
            ...{ account: accountId, valueOn: '2026-01-20', currency: 'EUR', amount: 100 },
            ...{ method: 'cheque', reference: 'NONREF' },
          },
        ],
      },
    }),
    ...{ allowed: 422, foreign: 422, isAboutAccount: true },
  },
  'undo-payment': {
    send: ({ companyId }) => ({
      path: `api/companies/${companyId}/receipts/never/undo`,
      body: { reason: 'an example' },
    }),
    ...{ allowed: 404, foreign: 404 },
  },
  'undo-entry': {
    send: (about) => ({
      path: `${accountOf(about)}/items/item:invoice:0/undo`,
      body: { reason: 'an example' },
    }),
    ...{ allowed: 409, foreign: 404, isAboutAccount: true },
  },
  'list-entry-requests': {
    send: (about) => ({ path: requests(about) }),
    ...{ allowed: 200, foreign: 404 },
  },
  'approve-entry': {
    send: (about) => ({ path: `${requests(about)}/never/approval`, body: {} }),
    ...{ allowed: 404, foreign: 404 },
  },
  'drop-entry': {
    send: (about) => ({ path: `${requests(about)}/never/drop`, body: {} }),
    ...{ allowed: 404, foreign: 404 },
  },
  'attach-paper': {
    send: (about) => ({ path: `${beside(about)}?name=a.txt`, bytes: Buffer.from('no paper') }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'list-attachments': {
    send: (about) => ({ path: beside(about) }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'download-attachment': {
    send: (about) => ({ path: `${beside(about)}/never` }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'list-waiting-attachments': {
    send: (about) => ({ path: `${waiting(about)}?limit=0` }),
    ...{ allowed: 400, foreign: 400 },
  },
  'assign-attachment': {
    send: (about) => ({ path: `${waiting(about)}/never/assignment`, body: {} }),
    ...{ allowed: 400, foreign: 400 },
  },
};
