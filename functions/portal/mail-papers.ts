/**
 * Sends papers by mail to whom the account is written to: the statement as it is then, a copy of an invoice with what is
 * kept beside it. One click by the customer or by staff; one mail for one click (R157, R162).
 * From: routes of the portal and of staff. Next: notices T13 and T16 in the account's journal.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { noticeIdOf, planNotice, type NoticeRequest } from '../../shared/domain/plan-notice.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import { changeBeside, noted, type BesideCall } from './change-beside.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownAccount } from './read-own.ts';
import { countTold } from './tell-us.ts';

type Planned = Promise<Outcome<{ message: string }, ProblemCode>>;
export type MailPaperParts = Pick<
  PortalStores,
  'accounts' | 'settings' | 'counter' | 'hashText' | 'documents'
>;

export const mailStatement = (parts: MailPaperParts, call: BesideCall, key: AccountKey): Planned =>
  mailPaper(parts, call, key, { text: 'T13' });

/** The original goes where it is kept; else a copy is made as the mail goes out. Money has no document. */
export const mailCopy = async (
  parts: MailPaperParts,
  call: BesideCall,
  key: AccountKey,
  itemId: string,
): Planned => {
  const own = await ownAccount(parts, call, key, [itemId]);
  const item = own.ok ? own.value.loaded.account.items.get(itemId) : undefined;
  if (item === undefined || item.kind === 'paymentOnAccount')
    return refuse('not-found', 'There is no such document.');
  const papers = await attachmentsOfItem(parts, call.systemScope, key.companyId, itemId);
  const attachmentIds = papers
    .filter(({ paper, accountId }) => paper === 'document' && accountId === key.accountId)
    .map(({ id }) => id);
  return mailPaper(parts, call, key, { text: 'T16', itemIds: [itemId], attachmentIds });
};

const mailPaper = async (
  parts: MailPaperParts,
  call: BesideCall,
  key: AccountKey,
  wanted: Omit<NoticeRequest, 'causeId'>,
): Planned => {
  const name = parts.hashText(`${key.companyId}\n${key.accountId}\n${call.requestId}`).slice(0, 32);
  const counted = await countTold(parts, call.now, key, name);
  if (!counted.ok) return counted;
  const causeId = `asked-${name}`;
  const value = { message: noticeIdOf(wanted.text, causeId) };
  const noteId = `note:${causeId}` as const;
  const place = { id: noteId, parse: (content: unknown) => Object.keys(content as object).length > 0 };
  return changeBeside(parts, call, key, place, async (isKnown, own) => {
    if (isKnown) return done({ facts: [], value });
    const planned = planNotice(own.loaded.account.head, { ...wanted, causeId }, own.today);
    if (!planned.ok) return refuse('busy', planned.detail);
    const note = noted(
      call,
      noteId,
      wanted.text === 'T13' ? 'asks for a statement' : 'asks for a copy',
      own.today,
    );
    return done({ facts: [note.fact, ...planned.value], papers: [note.paper], value });
  });
};
