/**
 * Papers beside items (R20): kept, listed with origin and date, handed out, and given to the account they wait for.
 * From: the attachment routes; ingestion keeps those that come by key. Next: container `documents`. Who sees the item
 * sees its papers; one that waits is seen on the only account that has its item, and on none while there are two.
 */
import { createHash } from 'node:crypto';
import type {
  AttachmentAnswer,
  AttachmentsAnswer,
  WaitingAnswer,
} from '../../shared/contracts/attachments.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { attachmentIdOf, isOnAccount, savedName } from '../../shared/domain/attachment.ts';
import type { Attachment, PaperKind } from '../../shared/domain/attachment.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isInScope, type Scope } from '../../shared/domain/scope.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import {
  assignAttachment,
  attachmentsOfItem,
  bytesOfAttachment,
  keepAttachment,
  markedAttachment,
  markedAttachments,
} from '../../shared/ports/attachments.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { NumberIndex } from '../../shared/ports/number-index.ts';

export type AttachmentParts = {
  accounts: AccountStore;
  /** Container `documents`. */
  documents: FileStore;
  numbers: NumberIndex;
  hashText: HashText;
};
export type AttachmentCall = {
  scope: Scope;
  /** The system's own: papers are kept by company, and the caller was judged by the item. */
  systemScope: Scope;
  now: Instant;
  callerId: string;
};
export type ItemPlace = { company: string; account: string; item: string };

const absent = refuse('not-found', 'There is no such item.');

/** The number of an item the caller may see. */
const numberOf = async (
  { accounts }: AttachmentParts,
  { scope }: AttachmentCall,
  { company: companyId, account: accountId, item }: ItemPlace,
): Promise<string | undefined> =>
  (await accounts.load(scope, { companyId, accountId }, [item])).account.items.get(item)?.number;

/** Accounts of the company that have the item, whoever asks. */
const holdersOf = async (
  { numbers }: AttachmentParts,
  { systemScope }: AttachmentCall,
  { companyId, itemId, number }: { companyId: string; itemId: string; number: string },
): Promise<string[]> => {
  const found = await numbers.findByNumber(systemScope, companyId, [number]);
  return [...new Set(found.filter((one) => one.itemId === itemId).map(({ accountId }) => accountId))];
};

/** Those of an item as this account shows them; the index is asked only where one waits. */
const shownOn = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  place: ItemPlace,
): Promise<Attachment[] | undefined> => {
  const number = await numberOf(parts, call, place);
  if (number === undefined) return undefined;
  const { company: companyId, account, item: itemId } = place;
  const all = await attachmentsOfItem(parts, call.systemScope, companyId, itemId);
  const isAnyWaiting = all.some(({ accountId }) => accountId === undefined);
  const holders = isAnyWaiting ? await holdersOf(parts, call, { companyId, itemId, number }) : [];
  return all.filter((one) => isOnAccount(one, account, holders));
};

const answerOf = ({ id, paper, name, contentType, bytes, sha256, origin, by, at }: Attachment) => ({
  ...{ attachment: id, paper, name, contentType, bytes, sha256, by, at },
  origin: { is: origin.is, ...(origin.importId === undefined ? {} : { import: origin.importId }) },
});

export const listAttachments = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  place: ItemPlace,
): Promise<Outcome<AttachmentsAnswer, 'not-found'>> => {
  const shown = await shownOn(parts, call, place);
  return shown === undefined ? absent : done({ attachments: shown.map(answerOf) });
};

export const downloadAttachment = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  { attachment: id, ...place }: ItemPlace & { attachment: string },
): Promise<Outcome<Download, 'not-found'>> => {
  const found = (await shownOn(parts, call, place))?.find((one) => one.id === id);
  const bytes = found && (await bytesOfAttachment(parts, call.systemScope, found));
  return found === undefined || bytes === undefined
    ? absent
    : done({ fileName: found.name, contentType: found.contentType, bytes });
};

/** Keeps a paper beside an item of the account; the same bytes again are the one that is there. */
export const attachPaper = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  place: ItemPlace,
  { name, paper, bytes }: { name: string; paper: PaperKind; bytes: Uint8Array },
): Promise<Outcome<AttachmentAnswer, ProblemCode>> => {
  const number = await numberOf(parts, call, place);
  if (number === undefined) return absent;
  const checked = checkPaper(bytes);
  if (!checked.ok) return checked;
  const { company: companyId, account: accountId, item: itemId } = place;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const attachment: Attachment = {
    id: attachmentIdOf({ companyId, itemId, accountId, sha256 }, parts.hashText),
    ...{
      companyId,
      itemId,
      number,
      accountId,
      paper,
      name: savedName(name, checked.value.contentType),
      sha256,
      bytes: bytes.byteLength,
    },
    ...{ contentType: checked.value.contentType, origin: { is: 'upload' } },
    ...{ by: call.callerId, at: textOfInstant(call.now) },
  };
  const kept = await keepAttachment(parts, call.systemScope, attachment, bytes, false);
  return kept.ok ? done(answerOf(kept.value)) : kept;
};

/** Papers whose item nobody has, or more than one account has; found ones are left out. */
export const listWaiting = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  companyId: string,
  page: { limit: number; after?: string },
): Promise<Outcome<WaitingAnswer, 'not-found'>> => {
  if (!isInScope(call.scope, companyId)) return refuse('not-found', 'There is no such company.');
  const { attachments, ...rest } = await markedAttachments(parts, call.systemScope, companyId, page);
  const looked = await Promise.all(
    attachments.map(async (one) => {
      const { number } = one;
      const accounts = await holdersOf(parts, call, { companyId, itemId: one.itemId, number });
      const isFound = one.accountId === undefined ? accounts.length === 1 : accounts.includes(one.accountId);
      return isFound ? [] : [{ ...answerOf(one), item: one.itemId, number, accounts: accounts.toSorted() }];
    }),
  );
  return done({ attachments: looked.flat(), ...rest });
};

/** Says whose a waiting paper is; the account must have its item. */
export const assignWaiting = async (
  parts: AttachmentParts,
  call: AttachmentCall,
  { company: companyId, attachment: id }: { company: string; attachment: string },
  account: string,
): Promise<Outcome<AttachmentAnswer, ProblemCode>> => {
  if (!isInScope(call.scope, companyId)) return absent;
  const marked = await markedAttachment(parts, call.systemScope, companyId, id);
  if (marked === undefined) return refuse('not-found', 'There is no such paper that waits.');
  const place = { company: companyId, account, item: marked.itemId };
  if ((await numberOf(parts, call, place)) === undefined)
    return refuse('item-not-found', `${account} has no item ${marked.itemId}.`);
  return done(answerOf(await assignAttachment(parts, call.systemScope, marked, account)));
};
