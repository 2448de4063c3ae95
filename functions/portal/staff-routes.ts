/**
 * Routes of staff to what customers do in the portal: questions, changes of contacts, invitations, payments under way.
 * From: `triggers.ts`. Next: the same workflows customers use, and the answers to them.
 */
import { accountItemParams, accountParams } from '../../shared/contracts/accounts.ts';
import { mailedAnswer } from '../../shared/contracts/portal-papers.ts';
import * as profile from '../../shared/contracts/portal-profile.ts';
import {
  answerAnswer,
  answerBody,
  questionParams,
  questionsAnswer,
} from '../../shared/contracts/portal-questions.ts';
import { nothingAsked, paymentsAnswer } from '../../shared/contracts/portal.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Call } from '../../shared/edge/http-call.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { BesideCall } from './change-beside.ts';
import { decideProposal, listProposals } from './contact-proposals.ts';
import { endInvited, invite, listInvited } from './invitations.ts';
import { listCheckouts } from './payment-routes.ts';
import { mailCopy, mailStatement } from './mail-papers.ts';
import type { PortalParts } from './portal-parts.ts';
import { answerQuestion, listQuestions } from './questions.ts';

const account = 'api/accounts/{company}/{account}';
const ofAccount = { params: accountParams, query: nothingAsked } as const;
const keyOf = (of: { company: string; account: string }): AccountKey => ({
  ...{ companyId: of.company, accountId: of.account },
});

type AnyCall = Pick<Call<unknown, unknown>, 'scope' | 'now' | 'caller'> & { requestId?: string };

export const registerStaffRoutes = (parts: PortalParts): void => {
  registerQuestions(parts);
  registerProposals(parts);
  registerInvited(parts);
  registerMailed(parts);
};

const callOf = ({ edge }: PortalParts) => {
  const systemScope = edge.access.systemScope('acct.read');
  return ({ scope, now, caller, requestId = '' }: AnyCall): BesideCall => ({
    ...{ scope, systemScope, now, requestId, actor: { kind: 'staff', id: caller.id ?? '' } },
  });
};

const registerQuestions = (parts: PortalParts): void => {
  const { edge, portal } = parts;
  const asked = callOf(parts);
  const questions = `${account}/questions`;
  onRead(edge, {
    ...{ name: 'list-questions', route: questions, action: 'chat.read', ...ofAccount },
    answer: questionsAnswer,
    run: (call) => listQuestions(portal, asked(call), keyOf(call.params)),
  });
  onWrite(edge, {
    ...{ name: 'answer-question', method: 'POST', route: `${questions}/{question}/answer` },
    ...{ action: 'chat.write', params: questionParams, query: nothingAsked },
    ...{ body: answerBody, answer: answerAnswer, status: 201 },
    run: (call) => {
      const { question } = call.params;
      return answerQuestion(portal, asked(call), keyOf(call.params), { question, text: call.body.text });
    },
  });
  onRead(edge, {
    ...{
      name: 'list-online-payments',
      route: `${account}/online-payments`,
      action: 'pay.list',
      ...ofAccount,
    },
    answer: paymentsAnswer,
    run: (call) => listCheckouts(portal, asked(call), keyOf(call.params)),
  });
};

const registerMailed = (parts: PortalParts): void => {
  const asked = callOf(parts);
  const mailed = { method: 'POST', query: nothingAsked, body: nothingAsked, status: 202 } as const;
  onWrite(parts.edge, {
    ...{ ...mailed, name: 'mail-statement', route: `${account}/statement-mails`, answer: mailedAnswer },
    ...{ action: 'acct.statement.send', params: accountParams },
    run: (call) => mailStatement(parts.portal, asked(call), keyOf(call.params)),
  });
  onWrite(parts.edge, {
    ...{ ...mailed, name: 'mail-copy', route: `${account}/items/{item}/copies`, answer: mailedAnswer },
    ...{ action: 'inv.copy.send', params: accountItemParams },
    run: (call) => mailCopy(parts.portal, asked(call), keyOf(call.params), call.params.item),
  });
};

const registerProposals = (parts: PortalParts): void => {
  const { edge, portal } = parts;
  const asked = callOf(parts);
  const proposals = `${account}/contact-proposals`;
  onRead(edge, {
    ...{ name: 'list-contact-proposals', route: proposals, action: 'acct.read', ...ofAccount, reduced: [] },
    ...{ answer: profile.proposalsAnswer, fields: profile.proposalsFields },
    run: (call) => listProposals(portal, asked(call), keyOf(call.params)),
  });
  onWrite(edge, {
    ...{ name: 'decide-contact-proposal', method: 'POST', route: `${proposals}/{proposal}/decision` },
    ...{ action: 'acct.contact.update', params: profile.proposalParams, query: nothingAsked },
    ...{ body: profile.proposalDecision, answer: profile.proposalDecided },
    run: (call) => {
      const { proposal } = call.params;
      return decideProposal(portal, asked(call), keyOf(call.params), { proposal, as: call.body.as });
    },
  });
};

const registerInvited = (parts: PortalParts): void => {
  const { edge, portal } = parts;
  const asked = callOf(parts);
  const invitations = `${account}/invitations`;
  onRead(edge, {
    ...{ name: 'list-invitations', route: invitations, action: 'acct.read', ...ofAccount, reduced: [] },
    ...{ answer: profile.invitedAnswer, fields: profile.invitedFields },
    run: (call) => listInvited(portal, asked(call), keyOf(call.params)),
  });
  onWrite(edge, {
    ...{ name: 'invite-person', method: 'POST', route: invitations, ...ofAccount, status: 201 },
    ...{ action: 'adm.contact.invite', bodyFields: profile.invitationBodyFields },
    ...{ body: profile.invitationBody, answer: profile.invitationAnswer },
    run: (call) => invite(portal, asked(call), keyOf(call.params), call.body.email),
  });
  onWrite(edge, {
    ...{ name: 'end-invitation', method: 'POST', route: `${invitations}/{person}/end` },
    ...{ action: 'adm.contact.invite', params: profile.invitationParams, query: nothingAsked },
    ...{ body: nothingAsked, answer: profile.invitationEnded },
    run: (call) => endInvited(portal, asked(call), keyOf(call.params), call.params.person),
  });
};
