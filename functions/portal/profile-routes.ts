/**
 * Routes by which customers see and change who is written to, invite further people, and read answers to their questions.
 * From: `triggers.ts`. Next: `own-profile.ts`, `contact-proposals.ts`, `invitations.ts`, `questions.ts`.
 */
import * as profile from '../../shared/contracts/portal-profile.ts';
import { mailedAnswer } from '../../shared/contracts/portal-papers.ts';
import { ownQuestionsAnswer } from '../../shared/contracts/portal-questions.ts';
import { nothingAsked, ownAccountParams, ownItemParams } from '../../shared/contracts/portal.ts';
import { refuse } from '../../shared/domain/outcome.ts';
import type { Call } from '../../shared/edge/http-call.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { PortalCaller } from '../../shared/edge/portal-access.ts';
import type { BesideCall } from './change-beside.ts';
import { proposeContact } from './contact-proposals.ts';
import { endInvited, invite, listInvited } from './invitations.ts';
import { chooseLanguage, chooseReminders, readProfile, type ProfileCall } from './own-profile.ts';
import { mailCopy, mailStatement } from './mail-papers.ts';
import type { PortalParts } from './portal-parts.ts';
import { listOwnQuestions } from './questions.ts';

const account = 'api/portal/accounts/{companyId}/{accountId}';
const ofAccount = { params: ownAccountParams, query: nothingAsked } as const;
const noSession = refuse('not-signed-in', 'This is for whoever is signed in.');

type AnyCall = Pick<Call<unknown, unknown>, 'scope' | 'now' | 'caller'> & { requestId?: string };

export const registerProfile = (parts: PortalParts): void => {
  registerOwnWords(parts);
  registerContacts(parts);
  registerInvitations(parts);
  registerMailed(parts);
};

const callOf = ({ edge }: PortalParts) => {
  const systemScope = edge.access.systemScope('acct.read');
  return ({ scope, now, caller, requestId = '' }: AnyCall): BesideCall & ProfileCall => ({
    ...{ scope, systemScope, now, requestId, actor: { kind: 'customer', id: caller.id ?? '' } },
    emailHash: (caller as PortalCaller).session?.emailHash ?? '',
  });
};

const registerOwnWords = (parts: PortalParts): void => {
  const { edge, portal } = parts;
  const asked = callOf(parts);
  onRead(edge, {
    ...{ name: 'list-own-questions', route: `${account}/questions`, action: 'chat.read', ...ofAccount },
    answer: ownQuestionsAnswer,
    run: (call) => listOwnQuestions(portal, asked(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'read-own-profile', route: `${account}/profile`, action: 'por.profile.read', ...ofAccount },
    ...{ answer: profile.ownProfileAnswer, fields: profile.ownProfileFields },
    run: (call) => readProfile(portal, asked(call), call.params),
  });
  onWrite(edge, {
    ...{ name: 'choose-own-language', method: 'PUT', route: `${account}/profile/language`, ...ofAccount },
    ...{ action: 'por.profile.update', body: profile.languageBody, answer: profile.languageAnswer },
    run: (call) => chooseLanguage(portal, asked(call), call.params, call.body.language),
  });
  onWrite(edge, {
    ...{ name: 'choose-own-reminders', method: 'PUT', route: `${account}/profile/reminders`, ...ofAccount },
    ...{ action: 'por.consent.update', body: profile.remindersBody, answer: profile.remindersAnswer },
    run: async (call) => {
      const made = asked(call);
      return made.emailHash === '' ? noSession : chooseReminders(portal, made, call.params, call.body.wanted);
    },
  });
};

const registerContacts = (parts: PortalParts): void => {
  const asked = callOf(parts);
  onWrite(parts.edge, {
    ...{ name: 'propose-own-contact', method: 'POST', route: `${account}/contact-proposals`, ...ofAccount },
    ...{ action: 'acct.contact.update', status: 201, bodyFields: profile.proposalBodyFields },
    ...{ body: profile.proposalBody, answer: profile.proposalAnswer },
    run: (call) => proposeContact(parts.portal, asked(call), call.params, call.body),
  });
};

const registerMailed = (parts: PortalParts): void => {
  const asked = callOf(parts);
  const mailed = { method: 'POST', query: nothingAsked, body: nothingAsked, status: 202 } as const;
  onWrite(parts.edge, {
    ...{ ...mailed, name: 'mail-own-statement', route: `${account}/statement-mails`, answer: mailedAnswer },
    ...{ action: 'acct.statement.send', params: ownAccountParams },
    run: (call) => mailStatement(parts.portal, asked(call), call.params),
  });
  onWrite(parts.edge, {
    ...{ ...mailed, name: 'mail-own-copy', route: `${account}/items/{itemId}/copies`, answer: mailedAnswer },
    ...{ action: 'inv.copy.send', params: ownItemParams },
    run: (call) => {
      const { itemId, ...key } = call.params;
      return mailCopy(parts.portal, asked(call), key, itemId);
    },
  });
};

const registerInvitations = (parts: PortalParts): void => {
  const { edge, portal } = parts;
  const asked = callOf(parts);
  const invitations = `${account}/invitations`;
  onRead(edge, {
    ...{ name: 'list-own-invitations', route: invitations, action: 'por.profile.read', ...ofAccount },
    ...{ answer: profile.invitedAnswer, fields: profile.invitedFields },
    run: (call) => listInvited(portal, asked(call), call.params),
  });
  onWrite(edge, {
    ...{ name: 'invite-own-person', method: 'POST', route: invitations, ...ofAccount, status: 201 },
    ...{ action: 'adm.contact.invite', bodyFields: profile.invitationBodyFields },
    ...{ body: profile.invitationBody, answer: profile.invitationAnswer },
    run: (call) => invite(portal, asked(call), call.params, call.body.email),
  });
  onWrite(edge, {
    ...{ name: 'end-own-invitation', method: 'POST', route: `${invitations}/{person}/end` },
    ...{ action: 'adm.contact.invite', params: profile.ownInvitationParams, query: nothingAsked },
    ...{ body: nothingAsked, answer: profile.invitationEnded },
    run: (call) => {
      const { person, ...key } = call.params;
      return endInvited(portal, asked(call), key, person);
    },
  });
};
