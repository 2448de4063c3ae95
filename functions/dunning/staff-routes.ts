/**
 * Routes about a company's dunning: policies, start and stop, preview, what waits and why.
 * From: staff. Next: the workflows beside this file. Routes about one account: `account-routes.ts`.
 */
import {
  approvePoliciesBody,
  dunningParams,
  industryAnswer,
  industryQuery,
  messagesAnswer,
  messagesQuery,
  movesAnswer,
  movesQuery,
  pageQuery,
  policiesAnswer,
  previewAnswer,
  previewQuery,
  proposePoliciesBody,
  releaseAnswer,
  releaseBody,
  startBody,
  stopBody,
  stoppedAnswer,
  tasksAnswer,
  versionAnswer,
  withheldAnswer,
  withheldQuery,
} from '../../shared/contracts/dunning.ts';
import { replayAnswer, replayQuery } from '../../shared/contracts/dunning-replay.ts';
import { noQuery } from '../../shared/contracts/operations.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { approvePolicies, proposePolicies, readPolicies, startDunning, switchStop } from './keep-policies.ts';
import { listIndustry } from './list-industry.ts';
import { listMoves } from './list-moves.ts';
import { listMessages, listTasks, listWithheld } from './list-waiting.ts';
import { previewRun } from './preview-run.ts';
import { releaseMessages } from './release-messages.ts';
import { replayPolicies } from './replay-policies.ts';
import type { DunningTriggerParts } from './triggers.ts';

const base = 'api/companies/{company}/dunning';

export const registerCompanyRoutes = (parts: DunningTriggerParts): void => {
  registerPolicies(parts);
  registerSwitches(parts);
  registerLists(parts);
};

const registerPolicies = ({ edge, dunning }: DunningTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'read-policies', route: `${base}/policies`, action: 'dun.strategy.read' },
    ...{ params: dunningParams, query: noQuery, answer: policiesAnswer },
    run: ({ params, ...call }) => readPolicies(dunning, params.company, call),
  });
  onWrite(edge, {
    ...{ name: 'propose-policies', method: 'PUT', route: `${base}/policies/proposal` },
    ...{ action: 'dun.strategy.edit', params: dunningParams, query: noQuery },
    ...{ body: proposePoliciesBody, answer: versionAnswer },
    run: ({ params, body, ...call }) => proposePolicies(dunning, params.company, body, call),
  });
  onWrite(edge, {
    ...{ name: 'approve-policies', method: 'POST', route: `${base}/policies/approval` },
    ...{ action: 'dun.strategy.approve', params: dunningParams, query: noQuery },
    ...{ body: approvePoliciesBody, answer: versionAnswer },
    run: ({ params, body, ...call }) => approvePolicies(dunning, params.company, body, call),
  });
};

const registerSwitches = ({ edge, dunning }: DunningTriggerParts): void => {
  onWrite(edge, {
    ...{ name: 'start-dunning', method: 'PUT', route: `${base}/start`, action: 'dun.run.start' },
    ...{ params: dunningParams, query: noQuery, body: startBody, answer: versionAnswer },
    run: ({ params, body, ...call }) => startDunning(dunning, params.company, body, call),
  });
  onWrite(edge, {
    ...{ name: 'stop-dunning', method: 'POST', route: `${base}/stops`, action: 'dun.run.stop' },
    ...{ params: dunningParams, query: noQuery, body: stopBody, answer: stoppedAnswer },
    run: ({ params, body, ...call }) =>
      switchStop(dunning, params.company, { isStopped: true, ...body }, call),
  });
  onWrite(edge, {
    ...{ name: 'resume-dunning', method: 'POST', route: `${base}/resumptions`, action: 'dun.run.start' },
    ...{ params: dunningParams, query: noQuery, body: stopBody, answer: stoppedAnswer },
    run: ({ params, body, ...call }) =>
      switchStop(dunning, params.company, { isStopped: false, ...body }, call),
  });
  onWrite(edge, {
    ...{ name: 'release-messages', method: 'POST', route: `${base}/releases`, action: 'dun.batch.release' },
    ...{ params: dunningParams, query: noQuery, body: releaseBody, answer: releaseAnswer },
    run: ({ params, body, ...call }) => releaseMessages(dunning, params.company, body, call),
  });
};

const registerLists = ({ edge, dunning }: DunningTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'preview-dunning', route: `${base}/preview`, action: 'dun.run.preview' },
    ...{ params: dunningParams, query: previewQuery, answer: previewAnswer },
    run: ({ params, query: { account, after }, ...call }) =>
      previewRun(
        dunning,
        {
          companyId: params.company,
          ...(account === undefined ? {} : { accountId: account }),
          ...(after === undefined ? {} : { after }),
        },
        call,
      ),
  });
  onRead(edge, {
    ...{ name: 'replay-policies', route: `${base}/replay`, action: 'dun.policy.replay' },
    ...{ params: dunningParams, query: replayQuery, answer: replayAnswer },
    run: ({ params, query, ...call }) => replayPolicies(dunning, params.company, query, call),
  });
  onRead(edge, {
    ...{ name: 'list-policy-moves', route: `${base}/policy-moves`, action: 'dun.policy.replay' },
    ...{ params: dunningParams, query: movesQuery, answer: movesAnswer },
    run: ({ params, query, ...call }) => listMoves(dunning, params.company, query, call),
  });
  onRead(edge, {
    ...{ name: 'list-industry', route: `${base}/industry`, action: 'dun.policy.replay' },
    ...{ params: dunningParams, query: industryQuery, answer: industryAnswer },
    run: ({ params, query, scope }) => listIndustry(dunning, params.company, query, scope),
  });
  onRead(edge, {
    ...{ name: 'list-waiting-messages', route: `${base}/messages`, action: 'dun.mail.read' },
    ...{ params: dunningParams, query: messagesQuery, answer: messagesAnswer, reduced: [] },
    run: ({ params, query, scope }) => listMessages(dunning, params.company, query, scope),
  });
  onRead(edge, {
    ...{ name: 'list-dunning-tasks', route: `${base}/tasks`, action: 'dun.task.read' },
    ...{ params: dunningParams, query: pageQuery, answer: tasksAnswer },
    run: ({ params, query, scope }) => listTasks(dunning, params.company, query.after, scope),
  });
  onRead(edge, {
    ...{ name: 'list-withheld', route: `${base}/withheld`, action: 'dun.mail.read' },
    ...{ params: dunningParams, query: withheldQuery, answer: withheldAnswer, reduced: [] },
    run: ({ params, query, scope }) => listWithheld(dunning, params.company, query, scope),
  });
};
