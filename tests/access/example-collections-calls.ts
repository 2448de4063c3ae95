/**
 * One example call for each route of the worklist, of calls and of whose work it is.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { About, Example } from './example-calls.ts';

const listOf = ({ companyId }: About): string => `api/companies/${companyId}/worklist`;
const rowOf = (about: About): string => `${listOf(about)}/${about.accountId}`;

const callsOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}/calls`;

export const collectionsExamples: Record<string, Example> = {
  'read-worklist': {
    send: (about) => ({ path: `${listOf(about)}?list=team` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'explain-worklist-row': {
    send: (about) => ({ path: `${rowOf(about)}/why` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'show-call-card': {
    send: (about) => ({ path: `${rowOf(about)}/card` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'log-call': {
    send: (about) => ({
      path: `${callsOf(about)}`,
      body: { code: 'refuses', durationSeconds: 60, note: 'an example' },
    }),
    ...{ allowed: 422, foreign: 404, isAboutAccount: true },
  },
  'undo-call': {
    send: (about) => ({ path: `${callsOf(about)}/${'0'.repeat(32)}/undo`, body: {} }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
};
