/**
 * One example call for each route there is; a route without one fails the authorisation test.
 * From: whoever adds a route adds a line. Next: the tests beside this file call it as everybody.
 * `about` says whose data the call is about: a company, and an account in it where the route has one.
 */
import { dunwellInvoices } from '../../shared/formats/profile-dunwell.ts';
import { collectionsExamples } from './example-collections-calls.ts';
import { entryExamples } from './example-entry-calls.ts';
import { disputeExamples } from './example-dispute-calls.ts';
import { dunningExamples } from './example-dunning-calls.ts';
import { ledgerExamples } from './example-ledger-calls.ts';
import { mailExamples } from './example-mail-calls.ts';
import { portalStaffExamples } from './example-portal-staff-calls.ts';
import { reportExamples } from './example-report-calls.ts';
import type { Sent } from './world.ts';

export type About = { companyId: string; accountId: string };

export type Example = {
  send: (about: About) => Sent;
  /** What a caller gets whom the matrix lets call it and who reaches the company. */
  allowed: number;
  /** Of a route about one company or account: what a caller gets who does not reach it, as if it were not there. */
  foreign?: number;
  /** It names one account, and one that is not there answers as `foreign` says. */
  isAboutAccount?: true;
};

const imports = ({ companyId }: About): string => `api/imports/${companyId}`;
const companyOf = ({ companyId }: About): string => `api/companies/${companyId}`;
const file = ({ companyId }: About) => ({
  ...{ company: companyId, name: 'items.csv', kind: 'snapshot', source: 'erp', format: 'csv' },
});
const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();
/** Of an import that never was: everybody finds nothing. */
const absent = 404;

const change = { reason: 'an example' };
const person = 'api/people/tenant:example';
const company = {
  legalName: 'Example Ltd',
  mode: 'erpLed',
  zone: 'Europe/Berlin',
  country: 'DE',
  currency: 'EUR',
};
const grant = ({ companyId, accountId }: About) => ({
  ...{ companyId, accountId, itemIds: 'all', purpose: 'an example' },
  ...{ fromAt: '2026-11-01T00:00:00Z', untilAt: '2026-12-01T00:00:00Z' },
});

const accountOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}`;

export const exampleCalls: Record<string, Example> = {
  ...disputeExamples,
  ...dunningExamples,
  ...ledgerExamples,
  ...entryExamples,
  ...collectionsExamples,
  ...mailExamples,
  ...portalStaffExamples,
  ...reportExamples,
  health: { send: () => ({ path: 'api/health' }), allowed: 200 },
  'unknown-route': { send: () => ({ path: 'api/never' }), allowed: 404 },
  'list-parked-work': { send: () => ({ path: 'api/parked-work' }), allowed: 200 },
  'read-operations-status': { send: () => ({ path: 'api/operations/status' }), allowed: 200 },
  'request-replay': {
    send: () => ({ path: 'api/parked-work/replay-requests', body: { id: 'work:never', ...change } }),
    allowed: 404,
  },
  'approve-replay': {
    send: ({ companyId }) => ({
      path: 'api/parked-work/replay-approvals',
      body: { company: companyId, id: 'work:never' },
    }),
    allowed: 404,
    foreign: 404,
  },
  'list-companies': { send: () => ({ path: 'api/companies' }), allowed: 200 },
  'read-company': {
    send: ({ companyId }) => ({ path: `api/companies/${companyId}` }),
    allowed: 200,
    foreign: 404,
  },
  'save-company': {
    send: () => ({ path: 'api/companies/example', body: { ...company, ...change, after: 0 } }),
    allowed: 200,
  },
  'ask-break-glass': {
    send: () => ({ path: 'api/break-glass', body: { companyIds: ['never'], hours: 1, ...change } }),
    allowed: 422,
  },
  'end-break-glass': { send: () => ({ path: 'api/break-glass/end', body: {} }), allowed: 404 },
  'read-break-glass': { send: () => ({ path: 'api/people/tenant:nobody/break-glass' }), allowed: 404 },
  'approve-break-glass': {
    send: () => ({ path: 'api/people/tenant:nobody/break-glass/1/approval', body: change }),
    allowed: 404,
  },
  'refuse-break-glass': {
    send: () => ({ path: 'api/people/tenant:nobody/break-glass/1/refusal', body: change }),
    allowed: 404,
  },
  'list-reads': { send: () => ({ path: 'api/access-log?day=2026-11-22' }), allowed: 200 },
  'list-people': { send: () => ({ path: 'api/people' }), allowed: 200 },
  'read-person': { send: () => ({ path: 'api/people/tenant:COL' }), allowed: 200 },
  'save-person-address': {
    send: () => ({
      path: 'api/people/tenant:COL/address',
      body: { email: 'col@house.example', after: 0, reason: 'an example' },
    }),
    allowed: 200,
  },
  'view-as': { send: () => ({ path: 'api/people/tenant:COL/view-as?as=COL' }), allowed: 200 },
  'request-units': {
    send: () => ({
      path: `${person}/reach-requests`,
      body: { companyIds: ['acme'], teams: [], covers: [], ...change },
    }),
    allowed: 201,
  },
  'request-grants': {
    send: (about) => ({ path: `${person}/grant-requests`, body: { grants: [grant(about)], ...change } }),
    allowed: 201,
    foreign: 422,
  },
  'approve-units': {
    send: () => ({ path: 'api/people/tenant:nobody/reach-requests/1/approval', body: change }),
    allowed: 404,
  },
  'refuse-units': {
    send: () => ({ path: 'api/people/tenant:nobody/reach-requests/1/refusal', body: change }),
    allowed: 404,
  },
  'approve-grants': {
    send: () => ({ path: 'api/people/tenant:nobody/grant-requests/1/approval', body: change }),
    allowed: 404,
  },
  'refuse-grants': {
    send: () => ({ path: 'api/people/tenant:nobody/grant-requests/1/refusal', body: change }),
    allowed: 404,
  },
  'disable-person': {
    send: () => ({ path: 'api/people/tenant:leaver/disabling', body: change }),
    allowed: 200,
  },
  'end-grant': {
    send: ({ companyId, accountId }) => ({
      path: 'api/people/tenant:COL/grants/end',
      body: { companyId, accountId, ...change },
    }),
    allowed: 200,
    foreign: 404,
  },
  'list-mapping-profiles': {
    send: ({ companyId }) => ({ path: `api/mapping-profiles?company=${companyId}` }),
    allowed: 200,
    foreign: 404,
  },
  'list-references': {
    send: ({ companyId }) => ({
      path: `api/references/${companyId}/sales?fromOn=2026-01-01&toOn=2026-12-31`,
    }),
    allowed: 200,
    foreign: 404,
  },
  'save-mapping-profile': {
    send: ({ companyId }) => ({
      path: `api/mapping-profiles/${companyId}/example`,
      body: { profile: { ...dunwellInvoices, name: 'example' }, after: 0, ...change },
    }),
    allowed: 200,
    foreign: 404,
  },
  'preview-mapping-profile': {
    send: ({ companyId }) => ({
      path: `api/mapping-profiles/${companyId}/dunwell-invoices/preview`,
      body: { importId: 'never' },
    }),
    allowed: absent,
    foreign: absent,
  },
  'preview-mapping-profile-file': {
    send: ({ companyId }) => ({
      path: `api/mapping-profiles/${companyId}/dunwell-invoices/preview-file?format=csv&locale=plain`,
      bytes: Buffer.from('invoice_number,customer_number,issue_date,currency,amount\n'),
    }),
    allowed: 200,
    foreign: 404,
  },
  'create-import': {
    send: (about) => ({
      path: 'api/imports',
      body: { ...file(about), asOf: '2026-11-22T00:00:00Z', size: 10, sha256: '0'.repeat(64) },
    }),
    allowed: 201,
    foreign: 404,
  },
  'import-file': {
    send: (about) => ({ path: `api/imports/file?${query(file(about))}`, bytes: new Uint8Array(0) }),
    allowed: 422,
    foreign: 404,
  },
  'upload-block': {
    send: (about) => ({ path: `${imports(about)}/never/blocks/0`, bytes: new Uint8Array([1]) }),
    allowed: absent,
    foreign: 404,
  },
  'commit-import': {
    send: (about) => ({ path: `${imports(about)}/never/commit` }),
    allowed: absent,
    foreign: 404,
  },
  'list-imports': {
    send: ({ companyId }) => ({ path: `api/imports?company=${companyId}` }),
    allowed: 200,
    foreign: 200,
  },
  'show-import': { send: (about) => ({ path: `${imports(about)}/never` }), allowed: absent, foreign: 404 },
  'list-rejected-rows': {
    send: (about) => ({ path: `${imports(about)}/never/rejected` }),
    allowed: absent,
    foreign: 404,
  },
  'download-rejected-rows': {
    send: (about) => ({ path: `${imports(about)}/never/rejected.csv` }),
    allowed: absent,
    foreign: 404,
  },
  'decide-rejected-row': {
    send: (about) => ({ path: `${imports(about)}/never/rejected/1`, body: { decision: 'drop', ...change } }),
    allowed: absent,
    foreign: 404,
  },
  'decide-held-import': {
    send: (about) => ({ path: `${imports(about)}/never/release`, body: change }),
    allowed: absent,
    foreign: 404,
  },
  'read-morning-check': {
    send: (about) => ({ path: `${companyOf(about)}/morning-check` }),
    allowed: 200,
    foreign: 404,
  },
  'release-morning-check': {
    send: (about) => ({ path: `${companyOf(about)}/morning-check/release`, body: change }),
    allowed: 409,
    foreign: 404,
  },
  'note-control-account': {
    send: (about) => ({
      path: `${companyOf(about)}/control-account`,
      body: { on: '2026-11-21', balances: { EUR: 1 } },
    }),
    allowed: 200,
    foreign: 404,
  },
  'read-feeds': { send: (about) => ({ path: `${companyOf(about)}/feeds` }), allowed: 200, foreign: 404 },
  'export-postings': {
    send: (about) => ({ path: `${companyOf(about)}/posting-export` }),
    allowed: absent,
    foreign: 404,
  },
  'acknowledge-postings': {
    send: (about) => ({
      path: `${companyOf(about)}/posting-export/0/acknowledgement`,
      body: { lines: [{ id: 'never' }] },
    }),
    allowed: 422,
    foreign: 422,
  },
  'read-aging': {
    send: ({ companyId }) => ({ path: `api/aging?company=${companyId}` }),
    allowed: 200,
    foreign: 404,
  },
  'read-balances': {
    send: ({ companyId }) => ({ path: `api/balances?company=${companyId}` }),
    allowed: 200,
    foreign: 404,
  },
  'export-rows': {
    send: ({ companyId }) => ({ path: `api/exports/items?company=${companyId}&view=never` }),
    allowed: 400,
    foreign: 400,
  },
  'read-export-changes': {
    send: ({ companyId }) => ({ path: `api/exports/never/changes?company=${companyId}` }),
    allowed: 400,
    foreign: 400,
  },
  'run-search': {
    send: ({ companyId }) => ({ path: `api/search?company=${companyId}&q=north` }),
    allowed: 200,
    foreign: 404,
  },
  'read-account': {
    send: (about) => ({ path: accountOf(about) }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'list-items': {
    send: (about) => ({ path: `${accountOf(about)}/items` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'read-item': {
    send: (about) => ({ path: `${accountOf(about)}/items/item:invoice:0` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'read-timeline': {
    send: (about) => ({ path: `${accountOf(about)}/timeline` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'read-statement': {
    send: (about) => ({ path: `${accountOf(about)}/statement` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'read-group': {
    send: ({ companyId }) => ({ path: `api/groups/group-${companyId}` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'read-group-of-account': {
    send: (about) => ({ path: `${accountOf(about)}/group` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'save-group': {
    send: (about) => ({
      path: `api/groups/group-${about.companyId}`,
      body: { name: 'Example', members: [about], after: 1, ...change },
    }),
    ...{ allowed: 200, foreign: 404 },
  },
  'read-group-statement': { send: () => ({ path: 'api/groups/example/statement' }), allowed: absent },
  'read-notes': {
    send: (about) => ({ path: `${accountOf(about)}/notes` }),
    ...{ allowed: 200, foreign: 404, isAboutAccount: true },
  },
  'write-note': {
    send: (about) => ({ path: `${accountOf(about)}/notes`, body: { text: 'an example' } }),
    ...{ allowed: 201, foreign: 404, isAboutAccount: true },
  },
};
