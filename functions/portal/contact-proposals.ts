/**
 * Changes of contacts a customer wants, until somebody of the house has looked: names and addresses decide who is written
 * to and who may sign in, so that no change counts by itself.
 * From: customers; staff decide. Next: the paper `contact:proposals`, a task, master data once confirmed.
 */
import {
  proposalsPaper,
  type ContactProposal,
  type ProposalBody,
} from '../../shared/contracts/portal-profile.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Contact } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { changeBeside, noted, taskDone, taskFacts, type BesideCall } from './change-beside.ts';
import { contactIdOf, masterDataFacts, masterDataOf, proposalsId } from './known-contacts.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type OwnCall } from './read-own.ts';

const [mostProposals, lookedAtBusinessDays] = [20, 2];
const parse = (content: unknown): ContactProposal[] => proposalsPaper.parse(content).proposals;
const taskOf = (id: string): string => `task:confirm-contact:${id}`;

export const proposeContact = (
  parts: PortalStores,
  call: BesideCall,
  key: AccountKey,
  { contact, wanted }: ProposalBody,
): Promise<Outcome<{ proposal: string }, ProblemCode>> => {
  const id = parts.hashText(`${key.companyId}\n${key.accountId}\n${call.requestId}`).slice(0, 32);
  return changeBeside(parts, call, key, { id: proposalsId, parse }, async (proposals, own) => {
    const value = { proposal: id };
    const noteId = `note:contact-${id}` as const;
    const isKnown = (await parts.accounts.paper(call.scope, key, noteId)) !== undefined;
    if (isKnown) return done({ facts: [], value });
    if (proposals.length >= mostProposals)
      return refuse('too-many-proposals', `${mostProposals} changes wait to be looked at.`);
    const { contacts = [] } = await masterDataOf(parts, call, own);
    if (contact !== undefined && !contacts.some((one) => contactIdOf(parts, one) === contact))
      return refuse('not-found', 'There is no such contact.');
    const calendar = await parts.calendarOf(own.company.country, own.today);
    const dueOn = addBusinessDays(own.today, lookedAtBusinessDays, calendar);
    const note = noted(call, noteId, 'asks for a change of contacts', own.today);
    const asked: ContactProposal = {
      ...{ proposal: id, by: call.actor.id, at: textOfInstant(call.now) },
      ...(contact === undefined ? {} : { contact }),
      ...(wanted === undefined ? {} : { wanted }),
    };
    return done({
      facts: [note.fact, ...taskFacts(own, { id: taskOf(id), act: 'confirm-contact', dueOn })],
      papers: [note.paper, { id: proposalsId, content: { proposals: [...proposals, asked] } }],
      value,
    });
  });
};

/** The oldest first. */
export const listProposals = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ proposals: ContactProposal[] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  return done({ proposals: parse((await parts.accounts.paper(call.scope, key, proposalsId)) ?? {}) });
};

type Decision = { proposal: string; as: 'confirmed' | 'refused' };

/** Confirmed: what is known of the customer is so from now on, and no feed changes it back. */
export const decideProposal = (
  parts: PortalStores,
  call: BesideCall,
  key: AccountKey,
  { proposal: id, as }: Decision,
): Promise<Outcome<Decision, ProblemCode>> =>
  changeBeside(parts, call, key, { id: proposalsId, parse }, async (proposals, own) => {
    const found = proposals.find(({ proposal }) => proposal === id);
    if (found === undefined) return refuse('not-found', 'There is no such proposal.');
    const known = await masterDataOf(parts, call, own);
    const contacts = contactsAfter(parts, known.contacts ?? [], found);
    const news =
      as === 'confirmed' ? masterDataFacts(own, { ...known, contacts }) : { facts: [], papers: [] };
    const note = noted(call, `note:contact-${id}-${as}`, `change of contacts ${as}`, own.today);
    const left = proposals.filter((one) => one !== found);
    return done({
      facts: [note.fact, ...news.facts, ...taskDone(own, taskOf(id))],
      papers: [note.paper, ...news.papers, { id: proposalsId, content: { proposals: left } }],
      value: { proposal: id, as },
    });
  });

const contactsAfter = (
  parts: PortalStores,
  contacts: readonly Contact[],
  { contact, wanted }: ContactProposal,
): Contact[] => {
  const { name, email, phone, role, language } = wanted ?? {};
  const fresh = (before: Partial<Contact>): Contact[] =>
    name === undefined || email === undefined
      ? []
      : [
          {
            ...before,
            ...{ name, email, isConfirmed: true },
            ...(phone === undefined ? {} : { phone }),
            ...(role === undefined ? {} : { role }),
            ...(language === undefined ? {} : { language }),
          },
        ];
  return contact === undefined
    ? [...contacts, ...fresh({})]
    : contacts.flatMap((one) => (contactIdOf(parts, one) === contact ? fresh(one) : [one]));
};
