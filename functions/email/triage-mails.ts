/**
 * Mails nobody could place: listed, given to an account, or put aside.
 * From: staff. Next: an assigned one goes through `inbound-mails` again, with its account told. It waits in the list until
 * that is done for good.
 */
import { triageContent } from '../../shared/contracts/replies.ts';
import type { UnplacedAnswer } from '../../shared/contracts/mail-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { platformCompany } from '../../shared/domain/parked-work.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { TriageItem } from '../../shared/ports/inbox-store.ts';
import type { MailParts } from './parts.ts';

type Page = { limit: number; after?: string | undefined };
type Done = { mail: string; state: 'assigned' | 'dismissed' };
const absent = refuse('not-found', 'There is no such mail; somebody may have placed it.');

/** The oldest first. */
export const listUnplaced = async (
  { inbox }: MailParts,
  { limit, after }: Page,
  scope: Scope,
): Promise<Outcome<UnplacedAnswer, never>> => {
  const page = await inbox.queued(scope, platformCompany, {
    limit,
    ...(after === undefined ? {} : { after }),
  });
  return done({ mails: page.items.map(lineOf), next: page.after ?? null });
};

const lineOf = ({ id, receivedAt, content }: TriageItem): UnplacedAnswer['mails'][number] => ({
  ...{ mail: id, receivedAt },
  ...triageContent.parse(content),
});

export type TriageCall = {
  /** The caller's: the account must lie inside. */
  scope: Scope;
  /** The system's own: the list is of the platform. */
  system: Scope;
};

export const assignUnplaced = async (
  { inbox, accounts, sender, hashText }: MailParts,
  id: string,
  { company: companyId, account: accountId }: { company: string; account: string },
  { scope, system }: TriageCall,
): Promise<Outcome<Done, ProblemCode>> => {
  const item = await inbox.queuedOne(system, platformCompany, id);
  if (item === undefined) return absent;
  const there = await accounts.load(scope, { companyId, accountId });
  if (there.mark === undefined) return refuse('not-found', 'There is no such account.');
  const body = { v: 1, eventId: item.eventId, company: companyId, account: accountId };
  const key = hashText(JSON.stringify([item.eventId, companyId, accountId]));
  await sender.send('inbound-mails', [{ id: `assigned:${key}`, body }]);
  await inbox.unqueue(system, platformCompany, id);
  return done({ mail: id, state: 'assigned' });
};

export const dismissUnplaced = async (
  { inbox }: MailParts,
  id: string,
  reason: string,
  { system }: TriageCall,
): Promise<Outcome<Done, ProblemCode>> => {
  const item = await inbox.queuedOne(system, platformCompany, id);
  if (item === undefined) return absent;
  await inbox.end(system, item.eventId, 'dropped', `dismissed: ${reason}`);
  await inbox.unqueue(system, platformCompany, id);
  return done({ mail: id, state: 'dismissed' });
};
