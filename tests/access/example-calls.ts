/**
 * One example call for each route there is; a route without one fails the authorisation test.
 * From: whoever adds a route adds a line. Next: the tests beside this file call it as everybody.
 * `about` says whose data the call is about: a company, and an account in it where the route has one.
 */
import type { Sent } from './world.ts';

export type About = { companyId: string; accountId: string };

export type Example = {
  send: (about: About) => Sent;
  /** What a caller gets whom the matrix lets call it and who reaches the company. */
  allowed: number;
  /** Of a route about one company or account: what a caller gets who does not reach it, as if it were not there. */
  foreign?: number;
  /** The call is about an account, so that scopes of single accounts reach it. */
  isAboutAccount?: true;
};

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

export const exampleCalls: Record<string, Example> = {
  health: { send: () => ({ path: 'api/health' }), allowed: 200 },
  'list-parked-work': { send: () => ({ path: 'api/parked-work' }), allowed: 200 },
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
  'list-people': { send: () => ({ path: 'api/people' }), allowed: 200 },
  'read-person': { send: () => ({ path: 'api/people/tenant:COL' }), allowed: 200 },
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
};
