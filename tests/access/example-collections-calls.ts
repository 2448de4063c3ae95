/**
 * One example call for each route of the worklist, of calls and of whose work it is.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import { defaultWorklistRules } from '../../shared/domain/worklist-rules.ts';
import type { About, Example } from './example-calls.ts';

const listOf = ({ companyId }: About): string => `api/companies/${companyId}/worklist`;
const rowOf = (about: About): string => `${listOf(about)}/${about.accountId}`;

const callsOf = ({ companyId, accountId }: About): string => `api/accounts/${companyId}/${accountId}/calls`;

const teamOf = ({ companyId }: About): string => `api/companies/${companyId}`;
const someone = { who: 't:a' };

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
  'read-worklist-rules': {
    send: (about) => ({ path: `${listOf(about)}/rules` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'propose-worklist-rules': {
    send: (about) => ({
      path: `${listOf(about)}/rules/proposal`,
      body: { value: defaultWorklistRules, after: 9, reason: 'an example' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'approve-worklist-rules': {
    send: (about) => ({
      path: `${listOf(about)}/rules/approval`,
      body: { version: 9, reason: 'an example' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'preview-worklist-rules': {
    send: (about) => ({ path: `${listOf(about)}/rules/preview`, body: { value: defaultWorklistRules } }),
    ...{ allowed: 200, foreign: 404 },
  },
  'read-team': {
    send: (about) => ({ path: `${teamOf(about)}/team` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'read-ceilings': {
    send: (about) => ({ path: `${teamOf(about)}/ceilings` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'save-ceilings': {
    send: (about) => ({
      path: `${teamOf(about)}/ceilings`,
      body: { ceilings: [{ collector: 't:a', amount: 1 }], after: 9, reason: 'an example' },
    }),
    ...{ allowed: 409, foreign: 404 },
  },
  'list-blocked-orders': {
    send: (about) => ({ path: `${teamOf(about)}/blocked-orders` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'release-order': {
    send: ({ companyId, accountId }) => ({
      path: `api/accounts/${companyId}/${accountId}/order-releases`,
      body: { order: 'none', untilOn: '2026-12-01', reason: 'an example' },
    }),
    ...{ allowed: 404, foreign: 404, isAboutAccount: true },
  },
  'list-absences': {
    send: (about) => ({ path: `${teamOf(about)}/absences` }),
    ...{ allowed: 200, foreign: 404 },
  },
  'keep-absence': {
    send: (about) => ({
      path: `${teamOf(about)}/absences`,
      body: { ...someone, firstOn: '2026-11-24', lastOn: '2026-11-23', deputy: 't:b', reason: 'ill' },
    }),
    ...{ allowed: 422, foreign: 404 },
  },
  'end-absence': {
    send: (about) => ({ path: `${teamOf(about)}/absences/end`, body: { ...someone, reason: 'back' } }),
    ...{ allowed: 200, foreign: 404 },
  },
  'pull-from-pool': {
    send: (about) => ({ path: `${listOf(about)}/pull`, body: {} }),
    ...{ allowed: 200, foreign: 404 },
  },
  'assign-by-rules': {
    send: (about) => ({
      path: `${teamOf(about)}/account-moves/by-rules`,
      body: { rules: [{ name: 'an example', segments: ['none'], to: ['t:a'] }] },
    }),
    ...{ allowed: 200, foreign: 404 },
  },
  'move-accounts': {
    send: (about) => ({ path: `${teamOf(about)}/account-moves`, body: { from: 't:a', to: 't:b' } }),
    ...{ allowed: 200, foreign: 404 },
  },
};
