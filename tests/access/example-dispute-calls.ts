/**
 * One example call for each route to cases and queries; links that decide are the portal's.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { About, Example } from './example-calls.ts';

const accountOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}`;
/** Of a case that never was: everybody finds nothing. */
const never = ({ companyId }: About): string => `api/cases/${companyId}/dispute:never`;
const absent = { allowed: 404, foreign: 404 } as const;

export const disputeExamples: Record<string, Example> = {
  'open-case': {
    send: (about) => ({
      path: `${accountOf(about)}/cases`,
      body: { code: 'PRICE', items: [{ item: 'item:invoice:never', amount: 100 }] },
    }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'list-cases': {
    send: ({ companyId }) => ({ path: `api/companies/${companyId}/cases` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'read-case': { send: (about) => ({ path: never(about) }), ...absent },
  'download-case-paper': { send: (about) => ({ path: `${never(about)}/papers/att-never` }), ...absent },
  'add-case-paper': {
    send: (about) => ({ path: `${never(about)}/papers?name=a.pdf`, bytes: new TextEncoder().encode('x') }),
    ...absent,
  },
  'step-case': {
    send: (about) => ({ path: `${never(about)}/steps`, body: { step: 'validate' } }),
    ...absent,
  },
  'step-cases': {
    send: ({ companyId }) => ({
      path: `api/companies/${companyId}/cases/steps`,
      body: { cases: ['dispute:never'], step: { step: 'validate' } },
    }),
    ...absent,
  },
  'note-on-case': { send: (about) => ({ path: `${never(about)}/notes`, body: {} }), ...absent },
  'decide-case': {
    send: (about) => ({ path: `${never(about)}/decision`, body: { reason: 'x' } }),
    ...absent,
  },
  'make-decision-link': { send: (about) => ({ path: `${never(about)}/links`, body: {} }), ...absent },
  'open-query': {
    send: (about) => ({
      path: `${accountOf(about)}/queries`,
      body: { code: 'PO', items: ['item:invoice:never'] },
    }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'close-query': {
    send: (about) => ({ path: `${accountOf(about)}/queries/task:query-never/closing`, body: {} }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'read-query': {
    send: (about) => ({ path: `${accountOf(about)}/queries/task:query-never` }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'read-dispute-settings': {
    send: ({ companyId }) => ({ path: `api/companies/${companyId}/dispute-settings` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'save-dispute-settings': {
    send: ({ companyId }) => ({
      path: `api/companies/${companyId}/dispute-settings`,
      body: { value: {}, after: 99, reason: 'an example' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
};
