/**
 * Who of a customer is written to, as the customer sees it: the language of their own mails and whether they want
 * reminders is theirs to say at once; names and addresses are proposed, and a person confirms them.
 * From: routes of the portal. Next: master data of the account; what is known of the address.
 */
import type { OwnProfileAnswer } from '../../shared/contracts/portal-profile.ts';
import { proposalsPaper } from '../../shared/contracts/portal-profile.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Contact } from '../../shared/domain/master-data.ts';
import type { MessageLanguage } from '../../shared/domain/message-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { afterOptIn, afterOptOut } from '../../shared/domain/person.ts';
import { changeBeside, type BesideCall } from './change-beside.ts';
import { contactIdOf, masterDataFacts, masterDataOf, proposalsId } from './known-contacts.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type OwnCall } from './read-own.ts';

export type ProfileCall = OwnCall & { emailHash: string };
const mostTries = 8;

export const readProfile = async (
  parts: PortalStores,
  call: ProfileCall,
  key: AccountKey,
): Promise<Outcome<OwnProfileAnswer, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const { contacts = [] } = await masterDataOf(parts, call, own.value);
  const { state } = await parts.people.read(call.systemScope, call.emailHash);
  const paper = await parts.accounts.paper(call.scope, key, proposalsId);
  return done({
    contacts: contacts.map((one) => shownContact(parts, one, call.emailHash)),
    wantsReminders: state.optedOutOf?.[key.companyId] === undefined,
    waiting: proposalsPaper.parse(paper ?? {}).proposals.length,
  });
};

const shownContact = (
  parts: PortalStores,
  contact: Contact,
  emailHash: string,
): OwnProfileAnswer['contacts'][number] => {
  const { name, email, phone, role, language } = contact;
  const id = contactIdOf(parts, contact);
  return {
    ...{ contact: id, name, isYou: id === emailHash },
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(role === undefined ? {} : { role }),
    ...(language === undefined ? {} : { language }),
  };
};

/** Of the caller's own contact; whoever is none is written to by nobody. */
export const chooseLanguage = (
  parts: PortalStores,
  call: BesideCall & ProfileCall,
  key: AccountKey,
  language: MessageLanguage,
): Promise<Outcome<{ language: MessageLanguage }, ProblemCode>> =>
  changeBeside(parts, call, key, { id: proposalsId, parse: () => undefined }, async (_none, own) => {
    const known = await masterDataOf(parts, call, own);
    const contacts = known.contacts ?? [];
    const isYou = (one: Contact): boolean => contactIdOf(parts, one) === call.emailHash;
    const you = contacts.find(isYou);
    if (you === undefined) return refuse('not-a-contact', 'No contact of the account has this address.');
    if (you.language === language) return done({ facts: [], value: { language } });
    const after = contacts.map((one) => (isYou(one) ? { ...one, language, isConfirmed: true } : one));
    return done({ ...masterDataFacts(own, { ...known, contacts: after }), value: { language } });
  });

/** Of this seller, for the caller's own address. The list of those who want none shows it to staff. */
export const chooseReminders = async (
  parts: PortalStores,
  call: ProfileCall,
  key: AccountKey,
  wanted: boolean,
): Promise<Outcome<{ wanted: boolean }, ProblemCode>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const { systemScope: scope, emailHash } = call;
  const { companyId, accountId } = key;
  const since = textOfInstant(call.now);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const known = await parts.people.read(scope, emailHash);
    const state = wanted ? afterOptIn(known.state, companyId) : afterOptOut(known.state, companyId, since);
    if (state !== known.state && (await parts.people.save(scope, { ...known, state })) !== 'saved') continue;
    const isBarred = state.suppressed !== undefined || state.bounced !== undefined;
    if (!wanted && !isBarred)
      await parts.people.bar(scope, { companyId, accountId, emailHash, reason: 'opted-out', since });
    if (wanted && !isBarred) await parts.people.unbar(scope, companyId, emailHash);
    return done({ wanted });
  }
  return refuse('busy', 'What is known of the address is being changed by others.');
};
