/**
 * Example calls of staff to what customers do in the portal. From: `example-calls.ts`. Next: the authorisation tests.
 */
import type { About, Example } from './example-calls.ts';

const account = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}`;
const ofAccount = { foreign: 404, isAboutAccount: true } as const;
const nobody = 'n'.repeat(32);

export const portalStaffExamples: Record<string, Example> = {
  'list-questions': {
    send: (about) => ({ path: `${account(about)}/questions` }),
    allowed: 200,
    ...ofAccount,
  },
  'answer-question': {
    send: (about) => ({ path: `${account(about)}/questions/never/answer`, body: { text: 'soon' } }),
    allowed: 404,
    ...ofAccount,
  },
  'list-online-payments': {
    send: (about) => ({ path: `${account(about)}/online-payments` }),
    allowed: 200,
    ...ofAccount,
  },
  'list-contact-proposals': {
    send: (about) => ({ path: `${account(about)}/contact-proposals` }),
    allowed: 200,
    ...ofAccount,
  },
  'decide-contact-proposal': {
    send: (about) => ({
      path: `${account(about)}/contact-proposals/never/decision`,
      body: { as: 'refused' },
    }),
    allowed: 404,
    ...ofAccount,
  },
  'mail-statement': {
    send: (about) => ({ path: `${account(about)}/statement-mails`, body: {} }),
    allowed: 202,
    ...ofAccount,
  },
  'mail-copy': {
    send: (about) => ({ path: `${account(about)}/items/never/copies`, body: {} }),
    allowed: 404,
    ...ofAccount,
  },
  'list-invitations': {
    send: (about) => ({ path: `${account(about)}/invitations` }),
    allowed: 200,
    ...ofAccount,
  },
  'invite-person': {
    send: (about) => ({ path: `${account(about)}/invitations`, body: { email: 'pat@north.example' } }),
    allowed: 201,
    ...ofAccount,
  },
  'end-invitation': {
    send: (about) => ({ path: `${account(about)}/invitations/${nobody}/end`, body: {} }),
    allowed: 404,
    ...ofAccount,
  },
};
