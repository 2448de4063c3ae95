/**
 * One example call for each route of the ledger and of collections.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import type { About, Example } from './example-calls.ts';

const companyOf = ({ companyId }: About): string => `api/companies/${companyId}`;
const accountOf = (about: About): string => `${companyOf(about)}/accounts/${about.accountId}`;
const receiptOf = (about: About): string => `${companyOf(about)}/receipts/never`;
/** The book of the example company is kept in its ERP. */
const onAccount = (path: string, body: object): Example => ({
  send: (about) => ({ path: `${accountOf(about)}/${path}`, body }),
  ...{ allowed: 409, foreign: 404, isAboutAccount: true },
});
const onReceipt = (path: string, body: (about: About) => object): Example => ({
  send: (about) => ({ path: `${receiptOf(about)}/${path}`, body: body(about) }),
  allowed: 404,
  foreign: 404,
});
const proposed = (kind: string): Example => ({
  send: (about) => ({
    path: `${companyOf(about)}/proposals/${kind === 'writeOff' ? 'write-off' : kind === 'creditNote' ? 'credit-note' : 'allocation'}s`,
    body: {
      ...{ kind, accountId: about.accountId, currency: 'EUR', reason: 'OLD' },
      items: [{ itemId: 'item:invoice:1', amount: 1 }],
    },
  }),
  ...{ allowed: 200, foreign: 404, isAboutAccount: true },
});
const approved = (name: string): Example => ({
  send: (about) => ({ path: `${companyOf(about)}/proposals/never/${name}-approval`, body: {} }),
  allowed: 404,
  foreign: 404,
});
const item = { itemId: 'item:never', amount: 1 };
const reasoned = { ...item, reason: 'OLD' };

export const ledgerExamples: Record<string, Example> = {
  'list-receipts': {
    send: (about) => ({ path: `${companyOf(about)}/receipts` }),
    allowed: 200,
    foreign: 200,
  },
  'read-receipt': { send: (about) => ({ path: receiptOf(about) }), allowed: 404, foreign: 404 },
  'list-remittances': {
    send: (about) => ({ path: `${companyOf(about)}/remittances` }),
    ...{ allowed: 200, foreign: 200 },
  },
  'guess-payers': { send: (about) => ({ path: `${receiptOf(about)}/payers` }), allowed: 404, foreign: 404 },
  'preview-allocation': {
    send: (about) => ({ path: `${receiptOf(about)}/proposals?accountId=${about.accountId}` }),
    allowed: 404,
    foreign: 404,
  },
  'list-aged-credits': {
    send: (about) => ({ path: `${accountOf(about)}/aged-credits` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'identify-payer': onReceipt('payer', ({ accountId }) => ({ accountId })),
  'join-receipts': onReceipt('same-payment', () => ({ receiptId: 'receipt:never' })),
  'keep-receipts-apart': onReceipt('another-payment', () => ({ receiptId: 'receipt:never' })),
  'part-receipts': onReceipt('same-payment/undo', () => ({})),
  'split-receipt': onReceipt('portions', (about) => ({ portions: [{ account: about, amount: 1 }] })),
  'apply-on-account': onReceipt('applications', () => ({ portionId: 'portion:never', ...item })),
  unapply: onReceipt('unapplications', () => ({ portionId: 'p', changeId: 'c', reason: 'OLD' })),
  'ask-refund': onReceipt('refunds', ({ accountId }) => ({
    ...{ accountId, amount: 1, detailsVersion: '1', reason: 'OLD' },
  })),
  'read-bank-details': {
    send: (about) => ({ path: `${accountOf(about)}/bank-details` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'list-waiting-bank-details': {
    send: (about) => ({ path: `${companyOf(about)}/bank-details` }),
    ...{ allowed: 200, foreign: 200 },
  },
  'ask-bank-details': {
    ...onAccount('bank-details', { holder: 'A Ltd', account: '12345678', reason: 'new' }),
    allowed: 200,
  },
  'list-customer-matches': {
    send: (about) => ({ path: `${companyOf(about)}/customer-matches` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'list-customer-conflicts': {
    send: (about) => ({ path: `${companyOf(about)}/customer-conflicts` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'decide-customer-match': {
    send: (about) => ({
      path: `${companyOf(about)}/customer-matches/never/decision`,
      body: { as: 'same', account: about.accountId, reason: 'OLD' },
    }),
    ...{ allowed: 404, foreign: 404 },
  },
  'take-back-customer-match': {
    send: (about) => ({
      path: `${companyOf(about)}/customer-matches/never/take-back`,
      body: { as: 'waiting', reason: 'OLD' },
    }),
    ...{ allowed: 404, foreign: 404 },
  },
  'decide-customer-conflicts': {
    ...onAccount('customer-conflicts', { fields: { language: { value: 'de' } }, reason: 'OLD' }),
    allowed: 200,
  },
  'release-bank-details': { ...onAccount('bank-details/9999/release', {}), allowed: 404 },
  'list-written-off': {
    send: (about) => ({ path: `${companyOf(about)}/written-off` }),
    allowed: 200,
    foreign: 200,
  },
  'write-off-small': onAccount('small-write-offs', reasoned),
  'ask-write-off': onAccount('write-offs', reasoned),
  'approve-write-off-manager': onAccount('write-offs/never/approval', { itemId: item.itemId }),
  'approve-write-off-top': onAccount('write-offs/never/top-approval', { itemId: item.itemId }),
  'record-recovery': onAccount('recoveries', item),
  'settle-with-credit': onAccount('credit-allocations', { ...item, creditId: 'item:never' }),
  'undo-credit': onAccount('credit-unallocations', {
    ...{ creditId: 'item:never', itemId: 'item:never', changeId: 'c', reason: 'OLD' },
  }),
  'raise-item': onAccount('debit-adjustments', reasoned),
  'list-proposals': {
    send: (about) => ({ path: `${companyOf(about)}/proposals` }),
    allowed: 200,
    foreign: 404,
  },
  'propose-write-off': proposed('writeOff'),
  'propose-credit-note': proposed('creditNote'),
  'propose-allocation': proposed('allocation'),
  'approve-refund-proposal': approved('refund'),
  'approve-write-off-proposal': approved('write-off'),
  'approve-write-off-top-proposal': approved('write-off-top'),
  'approve-credit-proposal': approved('credit'),
  'assign-collector': {
    send: ({ companyId, accountId }) => ({
      path: `api/accounts/${companyId}/${accountId}/assignment`,
      body: { to: 'tenant:COL' },
    }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'assign-sellers': {
    send: ({ companyId, accountId }) => ({
      path: `api/accounts/${companyId}/${accountId}/sellers`,
      body: { owners: ['tenant:SAL'] },
    }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
};
