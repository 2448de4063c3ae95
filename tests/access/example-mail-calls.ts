/**
 * Example calls of the mail routes. From: `example-calls.ts`. Next: the authorisation tests.
 */
import type { About, Example } from './example-calls.ts';

const accountOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}`;
const companyOf = ({ companyId }: About): string => `api/companies/${companyId}`;
const never = 'message:2026-01-01:mail';
const change = { reason: 'an example' };
const mailSetting = {
  ...{ from: 'billing@dunwell.example', replyDomain: 'reply.dunwell.example', address: ['1 Mill Lane'] },
  sender: { name: 'Ann Lee', email: 'ann@acme.example', phone: '+49 30 1', hours: '9-17' },
  linkOrigin: 'https://pay.acme.example',
};
const bank = { holder: 'Example Ltd', account: 'DE02120300000000202051', ...change };
const absent = 404;
const ofAccount = { foreign: absent, isAboutAccount: true } as const;

export const mailExamples: Record<string, Example> = {
  'list-messages': {
    send: (about) => ({ path: `${accountOf(about)}/messages` }),
    allowed: 200,
    ...ofAccount,
  },
  'read-message': {
    send: (about) => ({ path: `${accountOf(about)}/messages/${never}` }),
    allowed: absent,
    ...ofAccount,
  },
  'download-message-file': {
    send: (about) => ({ path: `${accountOf(about)}/messages/${never}/files/1` }),
    allowed: absent,
    ...ofAccount,
  },
  'preview-mailing': {
    send: (about) => ({ path: `${companyOf(about)}/mailings?segment=none` }),
    ...{ allowed: 200, foreign: absent },
  },
  'send-mailing': {
    send: (about) => ({
      path: `${companyOf(about)}/mailings`,
      body: { mailing: 'spring-2026', segment: 'none' },
    }),
    ...{ allowed: 200, foreign: absent },
  },
  // a company that is not set up to write has nothing to preview
  'preview-message': {
    send: (about) => ({ path: `${accountOf(about)}/message-preview` }),
    allowed: 422,
    ...ofAccount,
  },
  'handle-reply': {
    send: (about) => ({ path: `${accountOf(about)}/replies/${'0'.repeat(32)}/handling`, body: {} }),
    allowed: absent,
    ...ofAccount,
  },
  'list-unplaced-mails': { send: () => ({ path: 'api/unplaced-mails' }), allowed: 200 },
  'assign-unplaced-mail': {
    send: ({ companyId, accountId }) => ({
      path: 'api/unplaced-mails/never/assignment',
      body: { company: companyId, account: accountId, ...change },
    }),
    allowed: absent,
  },
  'dismiss-unplaced-mail': {
    send: () => ({ path: 'api/unplaced-mails/never/dismissal', body: change }),
    allowed: absent,
  },
  'read-mail-queue': {
    send: (about) => ({ path: `${companyOf(about)}/mail-queue` }),
    allowed: 200,
    foreign: absent,
  },
  'list-barred-addresses': {
    send: (about) => ({ path: `${companyOf(about)}/barred-addresses` }),
    allowed: 200,
    foreign: absent,
  },
  'lift-barred-address': {
    send: (about) => ({
      path: `${companyOf(about)}/barred-addresses/${'0'.repeat(64)}/lifting`,
      body: change,
    }),
    allowed: absent,
    foreign: absent,
  },
  'read-mail-setting': {
    send: (about) => ({ path: `${companyOf(about)}/mail-setting` }),
    allowed: absent,
    foreign: absent,
  },
  'save-mail-setting': {
    send: () => ({
      path: 'api/companies/example/mail-setting',
      body: { ...mailSetting, ...change, after: 0 },
    }),
    allowed: 200,
  },
  'read-mail-restore': {
    send: (about) => ({ path: `${companyOf(about)}/mail-restore` }),
    allowed: absent,
    foreign: absent,
  },
  'save-mail-restore': {
    send: () => ({
      path: 'api/companies/example/mail-restore',
      body: { ...change, restoredTo: '2026-01-01T00:00:00Z', state: 'waiting', after: 0 },
    }),
    allowed: 200,
  },
  'read-own-bank-details': {
    send: (about) => ({ path: `${companyOf(about)}/own-bank-details` }),
    allowed: 200,
    foreign: absent,
  },
  'ask-own-bank-details': {
    send: (about) => ({ path: `${companyOf(about)}/own-bank-details`, body: bank }),
    allowed: 200,
    foreign: absent,
  },
  'release-own-bank-details': {
    send: (about) => ({ path: `${companyOf(about)}/own-bank-details/9/release`, body: {} }),
    allowed: absent,
    foreign: absent,
  },
  'list-texts': {
    send: (about) => ({ path: `${companyOf(about)}/texts` }),
    allowed: 200,
    foreign: absent,
  },
  'read-text': {
    send: (about) => ({ path: `${companyOf(about)}/texts/T2/en` }),
    allowed: 200,
    foreign: absent,
  },
  // nothing of it would be a text
  'save-text': {
    send: (about) => ({ path: `${companyOf(about)}/texts/T2/en`, body: { source: 'Hello', ...change } }),
    allowed: 422,
    foreign: absent,
  },
  'approve-text': {
    send: (about) => ({ path: `${companyOf(about)}/texts/T2/en/versions/9/approval`, body: change }),
    allowed: absent,
    foreign: absent,
  },
};
