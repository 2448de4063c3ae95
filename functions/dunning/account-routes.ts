/**
 * Routes about the dunning of one account: holds, promises, plans, tasks, stages, a message in doubt, its treatment.
 * From: staff. Next: the workflows beside this file.
 */
import {
  contactsAnswer,
  dunningAccountParams,
  endTaskBody,
  holdAnswer,
  holdBody,
  holdParams,
  liftBody,
  messageParams,
  planAnswer,
  planBody,
  planParams,
  promiseAnswer,
  promiseBody,
  promiseParams,
  promisesAnswer,
  resolutionBody,
  stageBody,
  taskParams,
  treatmentBody,
  versionOfAccount,
} from '../../shared/contracts/dunning-account.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { endTask, liftHold, placeHold, pullStage, saveTreatment } from './change-standing.ts';
import { readContacts } from './read-contacts.ts';
import { declinePlan } from './decline-plan.ts';
import { approvePlan, endPlan, proposePlan } from './keep-plans.ts';
import { readPromises, recordPromise, replacePromise } from './keep-promises.ts';
import { resolveDoubt } from './release-messages.ts';
import type { DunningTriggerParts } from './triggers.ts';

const base = 'api/companies/{company}/accounts/{account}';
const keyOf = ({ company, account }: { company: string; account: string }) => ({
  companyId: company,
  accountId: account,
});

export const registerAccountRoutes = (parts: DunningTriggerParts): void => {
  registerHolds(parts);
  registerPromises(parts);
  registerContacts(parts);
  registerPlans(parts);
  registerStanding(parts);
};

const registerHolds = ({ edge, dunning }: DunningTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'place-hold', method: 'POST', route: `${base}/holds`, action: 'acct.hold.dunning' },
    ...{ params: dunningAccountParams, query: noQuery, body: holdBody, answer: holdAnswer, status: 201 },
    run: ({ params, body, ...call }) => placeHold(dunning, keyOf(params), body, call),
  });
  onWrite(edge, {
    ...{ name: 'lift-hold', method: 'POST', route: `${base}/holds/{hold}/lift`, action: 'acct.hold.dunning' },
    ...{ params: holdParams, query: noQuery, body: liftBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => liftHold(dunning, keyOf(params), params.hold, body.reason, call),
  });
};

const registerPromises = ({ edge, dunning }: DunningTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'record-promise', method: 'POST', route: `${base}/promises`, action: 'inv.promise.record' },
    ...{
      params: dunningAccountParams,
      query: noQuery,
      body: promiseBody,
      answer: promiseAnswer,
      status: 201,
    },
    run: ({ params, body, ...call }) => recordPromise(dunning, keyOf(params), body, call),
  });
  onWrite(edge, {
    ...{ name: 'change-promise', method: 'PUT', route: `${base}/promises/{promise}` },
    ...{ action: 'inv.promise.record', params: promiseParams, query: noQuery },
    ...{ body: promiseBody, answer: promiseAnswer },
    run: ({ params, body, ...call }) => replacePromise(dunning, keyOf(params), params.promise, body, call),
  });
  onRead(edge, {
    ...{ name: 'read-promises', route: `${base}/promises`, action: 'inv.promise.read' },
    ...{ params: dunningAccountParams, query: noQuery, answer: promisesAnswer },
    run: ({ params, scope }) => readPromises(dunning, keyOf(params), scope),
  });
};

const registerContacts = ({ edge, dunning }: DunningTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'read-contacts', route: `${base}/contacts`, action: 'dun.mail.read' },
    ...{ params: dunningAccountParams, query: noQuery, answer: contactsAnswer },
    run: ({ params, ...call }) => readContacts(dunning, keyOf(params), call),
  });
};

const registerPlans = ({ edge, dunning }: DunningTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'propose-plan', method: 'POST', route: `${base}/plans`, action: 'inv.plan.propose' },
    ...{ params: dunningAccountParams, query: noQuery, body: planBody, answer: planAnswer, status: 201 },
    run: ({ params, body, ...call }) => proposePlan(dunning, keyOf(params), body, call),
  });
  onWrite(edge, {
    ...{ name: 'approve-plan', method: 'POST', route: `${base}/plans/{plan}/approval` },
    ...{ action: 'inv.plan.approve', params: planParams, query: noQuery, body: liftBody, answer: planAnswer },
    run: ({ params, ...call }) => approvePlan(dunning, keyOf(params), params.plan, call),
  });
  onWrite(edge, {
    ...{ name: 'decline-plan', method: 'POST', route: `${base}/plans/{plan}/refusal` },
    ...{ action: 'inv.plan.approve', params: planParams, query: noQuery, body: liftBody },
    answer: versionOfAccount,
    run: ({ params, body, ...call }) => declinePlan(dunning, keyOf(params), params.plan, body.reason, call),
  });
  onWrite(edge, {
    ...{ name: 'end-plan', method: 'POST', route: `${base}/plans/{plan}/end`, action: 'inv.plan.approve' },
    ...{ params: planParams, query: noQuery, body: liftBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => endPlan(dunning, keyOf(params), params.plan, body.reason, call),
  });
};

const registerStanding = ({ edge, dunning }: DunningTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'end-task', method: 'POST', route: `${base}/tasks/{task}/end`, action: 'dun.task.work' },
    ...{ params: taskParams, query: noQuery, body: endTaskBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => endTask(dunning, keyOf(params), params.task, body, call),
  });
  onWrite(edge, {
    ...{ name: 'pull-stage', method: 'POST', route: `${base}/stages`, action: 'dun.stage.override' },
    ...{ params: dunningAccountParams, query: noQuery, body: stageBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => pullStage(dunning, keyOf(params), body, call),
  });
  onWrite(edge, {
    ...{ name: 'resolve-doubt', method: 'POST', route: `${base}/messages/{message}/resolution` },
    ...{ action: 'dun.mail.indoubt.resolve', params: messageParams, query: noQuery },
    ...{ body: resolutionBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => resolveDoubt(dunning, keyOf(params), params.message, body.was, call),
  });
  onWrite(edge, {
    ...{ name: 'save-treatment', method: 'PUT', route: `${base}/treatment`, action: 'acct.master.update' },
    ...{ params: dunningAccountParams, query: noQuery, body: treatmentBody, answer: versionOfAccount },
    run: ({ params, body, ...call }) => saveTreatment(dunning, keyOf(params), body, call),
  });
};
