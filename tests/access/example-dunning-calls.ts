/**
 * One example call for each route of dunning.
 * From: whoever adds a route adds a line. Next: `example-calls.ts`.
 */
import { defaultChoiceRules } from '../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';
import type { About, Example } from './example-calls.ts';

const dunningOf = ({ companyId }: About): string => `api/companies/${companyId}/dunning`;
const reason = 'because';

const read = (path: string): Example => ({
  send: (about) => ({ path: `${dunningOf(about)}/${path}` }),
  ...{ allowed: 200, foreign: 404 },
});
const write = (path: string, allowed: number, body: object = { reason }): Example => ({
  send: (about) => ({ path: `${dunningOf(about)}/${path}`, body }),
  ...{ allowed, foreign: 404 },
});
const onAccount = (path: string, allowed: number, body?: object): Example => ({
  send: (about) => ({
    path: `api/companies/${about.companyId}/accounts/${about.accountId}/${path}`,
    ...(body === undefined ? {} : { body }),
  }),
  ...{ allowed, foreign: 404, isAboutAccount: true },
});
const promise = { dueOn: '2099-01-01', currency: 'EUR', items: [{ itemId: 'item:never', amount: 1 }] };
const plan = { currency: 'EUR', instalments: [{ on: '2026-12-01', amount: 1 }], itemIds: ['item:never'] };
const set = { policies: defaultPolicies, rules: defaultDunningRules, choice: defaultChoiceRules };

export const dunningExamples: Record<string, Example> = {
  'read-policies': read('policies'),
  'propose-policies': write('policies/proposal', 200, { ...set, after: 0, reason }),
  'approve-policies': write('policies/approval', 409, { version: 1, reason }),
  'start-dunning': write('start', 200, { goLiveOn: '2026-01-01', disclosedFactors: [], after: 0, reason }),
  'stop-dunning': write('stops', 200),
  'resume-dunning': write('resumptions', 200),
  'preview-dunning': read('preview'),
  'replay-policies': read('replay?from=2026-11-01&to=2026-11-03'),
  'list-policy-moves': read('policy-moves?against=delivered'),
  'list-industry': read('industry?sic=33'),
  'list-waiting-messages': read('messages'),
  'list-dunning-tasks': read('tasks'),
  'list-withheld': read('withheld?reason=disputed'),
  'release-messages': {
    send: (about) => ({
      path: `${dunningOf(about)}/releases`,
      body: {
        as: 'draft',
        messages: [{ account: about.accountId, messageId: 'message:never', digest: 'x' }],
      },
    }),
    ...{ allowed: 200, foreign: 200 },
  },
  'place-hold': onAccount('holds', 201, { code: 'sales-hold', reason }),
  'lift-hold': onAccount('holds/never/lift', 404, { reason }),
  'record-promise': onAccount('promises', 422, promise),
  'change-promise': onAccount('promises/never', 404, promise),
  'read-promises': onAccount('promises', 200),
  'read-contacts': onAccount('contacts', 200),
  'propose-plan': onAccount('plans', 404, plan),
  'approve-plan': onAccount('plans/never/approval', 404, { reason }),
  'decline-plan': onAccount('plans/never/refusal', 404, { reason }),
  'end-plan': onAccount('plans/never/end', 404, { reason }),
  'end-task': onAccount('tasks/never/end', 404, { as: 'done', outcome: 'ok' }),
  'pull-stage': onAccount('stages', 422, { itemIds: ['item:never'], stage: 3, reason }),
  'resolve-doubt': onAccount('messages/never/resolution', 409, { was: 'sent', reason }),
  'save-treatment': onAccount('treatment', 200, { risk: 'B' }),
};
