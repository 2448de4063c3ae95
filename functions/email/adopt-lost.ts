/**
 * Writes a mail into the book again that the mail service took and the book forgot when it was set back (D17): what it
 * moved, its paper, and where reports on it and replies to it belong.
 * From: `find-lost-mails.ts`. Next: one entry, then the rest of a long mail as with every other.
 */
import type { HandedOver } from '../../shared/contracts/mail-restore.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { adoptNotice, adoptReminder } from '../../shared/domain/lost-mail.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import { workPapers } from './change-message.ts';
import { operationName, replyName } from './claim-message.ts';
import { noteAccepted } from './note-accepted.ts';
import { actor, mostTries, type MailCall, type MailParts } from './parts.ts';
import { paperOf } from './read-message.ts';

/** The paper names the hand-over that counts; an earlier one of the same message was not taken, or is told by the journal. */
export const isKnown = async (
  parts: MailParts,
  { scope }: MailCall,
  companyId: string,
  { accountId, messageId, operationId }: HandedOver,
): Promise<boolean> => {
  const { mail } = await paperOf(parts, scope, { companyId, accountId, messageId });
  return mail?.operationId === operationId;
};

/** False while another mail of the account is under way. @throws when the account is being changed by others. */
export const adoptLost = async (
  parts: MailParts,
  call: MailCall,
  companyId: string,
  lost: HandedOver,
): Promise<boolean> => {
  const { accountId, messageId, operationId, planned } = lost;
  const place = { companyId, accountId, messageId };
  // by its operation, too, where the token was told by the message
  await parts.inbox.point(call.scope, operationName(operationId), { ...place, operationId });
  await parts.inbox.point(call.scope, replyName(lost.replyToken), place);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const items = planned?.items.map(({ itemId }) => itemId) ?? [];
    const loaded = await parts.accounts.load(call.scope, place, items);
    const facts = factsOf(loaded, lost, call);
    if (facts === undefined) return false;
    if (facts.length === 0) return true;
    const paper = { ...(await paperOf(parts, call.scope, place)), mail: lost.paper };
    const cause = { kind: 'restore', id: operationId };
    const papers = [{ id: messageId as Paper['id'], content: paper }, ...workPapers(facts)];
    const change = { at: call.now, actor, cause, facts };
    const { outcome } = await parts.accounts.append(call.scope, loaded, change, undefined, papers);
    if (outcome !== 'appended') continue;
    await noteAccepted(parts, call, place, lost.on);
    return true;
  }
  throw new Error(`account ${accountId} is being changed by others`);
};

const factsOf = (
  { account }: LoadedAccount,
  { planned, notice, on }: HandedOver,
  { now }: MailCall,
): readonly Fact[] | undefined => {
  if (planned !== undefined) return adoptReminder(account, planned, { on, now: textOfInstant(now) });
  return notice === undefined ? [] : adoptNotice(account, notice, on);
};
