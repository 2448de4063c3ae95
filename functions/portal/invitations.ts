/**
 * Lets further people of a customer see the account: by one of theirs, or by staff. They get a sign-in link at once and
 * may ask for another at any time; what they may see ends on the next call after the invitation ended.
 * From: routes of the portal and of staff. Next: `people`, the paper `contact:invited`, queue `sign-ins`.
 */
import { invitedPaper } from '../../shared/contracts/portal-profile.ts';
import type { SignInMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { plainAddress } from '../../shared/domain/person.ts';
import { endInvitation, keepMembership } from '../../shared/edge/memberships.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { changeBeside, noted, type BesideCall } from './change-beside.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount, type OwnCall } from './read-own.ts';

const invitedId: Paper['id'] = 'contact:invited';
const [mostInvited, mostPerDay] = [50, 20];
type Invited = ReturnType<typeof invitedPaper.parse>['invited'];
const parse = (content: unknown): Invited => invitedPaper.parse(content).invited;

export const invite = async (
  parts: PortalStores,
  call: BesideCall,
  key: AccountKey,
  address: string,
): Promise<Outcome<{ person: string }, ProblemCode>> => {
  const email = plainAddress(address);
  const person = parts.hashEmail(email);
  const at = textOfInstant(call.now);
  const counted = {
    callerId: `account:${key.companyId}:${key.accountId}`,
    what: 'invited',
    most: mostPerDay,
  };
  const kept = await changeBeside(parts, call, key, { id: invitedId, parse }, async (invited, own) => {
    if (invited.some((one) => one.person === person)) return done({ facts: [], value: person });
    if (invited.length >= mostInvited)
      return refuse('too-many-invited', `${mostInvited} people are invited already.`);
    const isOne = await parts.counter.count({ ...counted, span: at.slice(0, 10), thing: person });
    if (isOne === 'too-many') return refuse('too-many-invited', `${mostPerDay} a day are invited at most.`);
    const note = noted(
      call,
      `note:invited-${parts.hashText(`${person}${at}`).slice(0, 32)}`,
      'invites somebody to the portal',
      own.today,
    );
    const after = [...invited, { person, email, by: call.actor.id, at }];
    return done({
      facts: [note.fact],
      papers: [note.paper, { id: invitedId, content: { invited: after } }],
      value: person,
    });
  });
  if (!kept.ok) return kept;
  const membership = { ...key, from: 'invited', by: call.actor.id, since: at } as const;
  if ((await keepMembership(parts, person, membership)) === 'too-many')
    return refuse('too-many-invited', 'This address may see more accounts than any other.');
  const requestId = parts.hashText(`invite:${key.companyId}:${key.accountId}:${call.requestId}`).slice(0, 32);
  const body: SignInMessage = { v: 1, requestId, email, askedAt: at };
  await parts.sender.send('sign-ins', [{ id: `sign-in:${requestId}`, body }]);
  return done({ person });
};

/** The first invited first. */
export const listInvited = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ invited: { person: string; email: string; at: string }[] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const invited = parse((await parts.accounts.paper(call.scope, key, invitedId)) ?? {});
  return done({ invited: invited.map(({ person, email, at }) => ({ person, email, at })) });
};

/** What they may see ends first, so that whatever dies in between shows nothing more. */
export const endInvited = async (
  parts: PortalStores,
  call: BesideCall,
  key: AccountKey,
  person: string,
): Promise<Outcome<{ person: string; ended: true }, ProblemCode>> =>
  changeBeside(parts, call, key, { id: invitedId, parse }, async (invited, own) => {
    const found = invited.find((one) => one.person === person);
    if (found === undefined) return refuse('not-found', 'Nobody of this name is invited.');
    await endInvitation(parts, person, key);
    const note = noted(
      call,
      `note:invitation-ended-${parts.hashText(`${person}${found.at}`).slice(0, 32)}`,
      'ends an invitation to the portal',
      own.today,
    );
    const left = invited.filter((one) => one !== found);
    return done({
      facts: [note.fact],
      papers: [note.paper, { id: invitedId, content: { invited: left } }],
      value: { person, ended: true as const },
    });
  });
