/**
 * Routes by which customers promise, contest, say that they have paid, and ask.
 * From: `triggers.ts`. Next: `promise-payment.ts`, `tell-us.ts`, cases as the disputes piece opens them.
 */
import {
  caseAnswer,
  caseBody,
  nothingAsked,
  ownAccountParams,
  promiseAnswer,
  promiseBody,
  questionAnswer,
  questionBody,
  saysPaidAnswer,
  saysPaidBody,
} from '../../shared/contracts/portal.ts';
import { planAskAnswer, planAskBody } from '../../shared/contracts/portal-plans.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Call } from '../../shared/edge/http-call.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { askForPlan } from './ask-for-plan.ts';
import { itemsOfCaller } from './linked-items.ts';
import { openOwnCase } from './open-own-case.ts';
import type { PortalParts } from './portal-parts.ts';
import { promisePayment } from './promise-payment.ts';
import { ask, sayPaid, type TellCall } from './tell-us.ts';

const account = 'api/portal/accounts/{companyId}/{accountId}';

export const registerWords = ({ edge, portal }: PortalParts): void => {
  const systemScope = edge.access.systemScope('acct.read');
  const caseScope: Scope = edge.access.systemScope('inv.dispute.open');
  const told = (call: Call<unknown, unknown> & { requestId: string }): TellCall => ({
    ...{ scope: call.scope, systemScope, now: call.now, requestId: call.requestId },
    callerId: call.caller.id ?? '',
  });
  const writing = { method: 'POST', params: ownAccountParams, query: nothingAsked, status: 201 } as const;
  onWrite(edge, {
    ...{ ...writing, name: 'make-own-promise', route: `${account}/promises`, action: 'inv.promise.record' },
    ...{ body: promiseBody, answer: promiseAnswer },
    run: (call) => promisePayment(portal, told(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...writing, name: 'ask-for-plan', route: `${account}/plans`, action: 'inv.plan.propose' },
    ...{ body: planAskBody, answer: planAskAnswer },
    run: (call) => askForPlan(portal, told(call), call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...writing, name: 'say-paid', route: `${account}/says-paid`, action: 'chat.write' },
    ...{ body: saysPaidBody, answer: saysPaidAnswer },
    run: async (call) => {
      const kept = await sayPaid(portal, told(call), call.params, call.body);
      return kept.ok ? done({ heldUntil: kept.value.heldUntil }) : kept;
    },
  });
  onWrite(edge, {
    ...{ ...writing, name: 'open-own-case', route: `${account}/cases`, action: 'inv.dispute.open' },
    ...{ body: caseBody, answer: caseAnswer, bodyFields: { text: 'dispute.reason' } as const },
    run: async (call) => {
      const mayContest = await itemsOfCaller(portal, call.scope, call.caller);
      return openOwnCase(portal, { ...told(call), caseScope, mayContest }, call.params, call.body);
    },
  });
  onWrite(edge, {
    ...{ ...writing, name: 'ask-question', route: `${account}/questions`, action: 'chat.write' },
    ...{ body: questionBody, answer: questionAnswer },
    run: async (call) => {
      const kept = await ask(portal, told(call), call.params, call.body);
      return kept.ok ? done({ question: kept.value.id }) : kept;
    },
  });
};
