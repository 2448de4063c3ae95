/**
 * Routes to customers of several sources: what waits for its account, where sources differ, and the clerk's word.
 * From: `triggers.ts`. Next: `show-customer.ts`, `decide-customer.ts`.
 */
import { accountParams, companyParams } from '../../shared/contracts/cash-desk.ts';
import {
  conflictsAnswer,
  conflictsQuery,
  customerFieldsUnder,
  decideConflictBody,
  decideConflictFields,
  decideMatchBody,
  decidedAnswer,
  matchAnswer,
  matchesAnswer,
  matchesFields,
  matchesQuery,
  matchFields,
  matchParams,
  takeBackBody,
  takenBackAnswer,
  takenBackFields,
} from '../../shared/contracts/customers.ts';
import { done } from '../../shared/domain/outcome.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { deskCall } from './cash-routes.ts';
import { decideConflicts, decideMatch } from './decide-customer.ts';
import type { PostingTriggerParts } from './post-triggers.ts';
import { takeBackMatch } from './take-back-customer.ts';
import { listConflicts, listMatches, matchShown, shownOf } from './show-customer.ts';

const route = 'api/companies/{companyId}';

export const registerCustomers = ({ edge, posting }: PostingTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'list-customer-matches', route: `${route}/customer-matches`, action: 'acct.read' },
    ...{ params: companyParams, query: matchesQuery, answer: matchesAnswer, fields: matchesFields },
    reduced: ['matches.*.said'],
    run: ({ params, query, scope }) => listMatches(posting, scope, params.companyId, query),
  });
  onRead(edge, {
    ...{ name: 'list-customer-conflicts', route: `${route}/customer-conflicts`, action: 'acct.read' },
    ...{ params: companyParams, query: conflictsQuery, answer: conflictsAnswer },
    ...{ fields: customerFieldsUnder('accounts.*.customer'), reduced: ['accounts.*.customer'] },
    run: ({ params, query, scope }) => listConflicts(posting, scope, params.companyId, query),
  });
  onWrite(edge, {
    ...{
      name: 'decide-customer-match',
      method: 'POST',
      route: `${route}/customer-matches/{matchId}/decision`,
    },
    ...{ action: 'acct.master.update', params: matchParams, body: decideMatchBody },
    ...{ answer: matchAnswer, fields: matchFields },
    run: async (call) => {
      const decided = await decideMatch(posting, deskCall(call), call.params, call.body);
      return decided.ok ? done(matchShown(decided.value)) : decided;
    },
  });
  onWrite(edge, {
    ...{ name: 'take-back-customer-match', method: 'POST' },
    ...{ route: `${route}/customer-matches/{matchId}/take-back`, action: 'acct.master.update' },
    ...{ params: matchParams, body: takeBackBody, answer: takenBackAnswer, fields: takenBackFields },
    run: async (call) => {
      const taken = await takeBackMatch(posting, deskCall(call), call.params, call.body);
      return taken.ok ? done({ ...taken.value, match: matchShown(taken.value.match) }) : taken;
    },
  });
  onWrite(edge, {
    ...{ name: 'decide-customer-conflicts', method: 'POST' },
    ...{ route: `${route}/accounts/{accountId}/customer-conflicts`, action: 'acct.master.update' },
    ...{ params: accountParams, body: decideConflictBody, bodyFields: decideConflictFields },
    ...{ answer: decidedAnswer, fields: customerFieldsUnder('customer') },
    run: async (call) => {
      const decided = await decideConflicts(posting, deskCall(call), call.params, call.body);
      return decided.ok ? done({ customer: shownOf(decided.value) }) : decided;
    },
  });
};
