/**
 * A paper kept beside an item: its PDF, an order, a proof of delivery (R20). It names its item by the document's key;
 * where the account is not known yet it waits, and is seen as soon as one account of the company has that item.
 * From: people, feeds by key, files inside e-invoices. Next: `shared/ports/attachments.ts` keeps it.
 */
import { maskCards } from './card-numbers.ts';
import { itemIdOf, type DocumentKey, type HashText } from './document-ids.ts';
import { itemKinds, type ItemKind } from './item.ts';

/** What a paper is, as far as its sender says. */
export const paperKinds = [
  ...['document', 'order', 'delivery', 'proofOfDelivery', 'tracking'],
  ...['contract', 'certificate', 'other'],
] as const;
export type PaperKind = (typeof paperKinds)[number];

export type Attachment = {
  id: string;
  companyId: string;
  itemId: string;
  /** Of its document, as the index of numbers knows it. */
  number: string;
  /** Absent while it waits for an account to have the item. */
  accountId?: string;
  paper: PaperKind;
  /** Text to show; it never becomes a path. */
  name: string;
  contentType: string;
  bytes: number;
  sha256: string;
  /** Uploaded by a person beside the item, sent by key, or found inside an e-invoice. */
  origin: { is: 'upload' | 'byKey' | 'inside'; importId?: string };
  by: string;
  /** ISO instant it came. */
  at: string;
};

/** Papers one item can have; more come from a sender that has gone wrong. */
export const mostAttachments = 50;
/** Of one paper. */
export const largestAttachmentBytes = 8 * 1024 * 1024;

/** The same bytes for the same item are the same attachment, however often they come. */
export const attachmentIdOf = (
  {
    companyId,
    itemId,
    accountId = '',
    sha256,
  }: Pick<Attachment, 'companyId' | 'itemId' | 'sha256'> & {
    accountId?: string | undefined;
  },
  hashText: HashText,
): string => `att-${hashText(JSON.stringify([companyId, itemId, accountId, sha256])).slice(0, 40)}`;

/** Key of a document as its sender gives it, and what came with it. */
export type AttachmentKey = DocumentKey & { type: ItemKind; account?: string; paper: PaperKind };

export const itemIdOfKey = (key: AttachmentKey, hashText: HashText): string => itemIdOf(key, hashText);

/** `invoice_4711.pdf`: the type, then the number; a year or part has to be declared. */
export const keyOfFileName = (name: string): AttachmentKey | undefined => {
  const match = /^([A-Za-z]+)_(.+)\.[A-Za-z0-9]+$/.exec(name);
  const type = itemKinds.find((kind) => kind === match?.[1]);
  const number = match?.[2]?.normalize('NFC').trim();
  return type === undefined || number === undefined || number === ''
    ? undefined
    : { type, number, part: '1', paper: 'document' };
};

const endings: Readonly<Record<string, RegExp>> = {
  'application/pdf': /\.pdf$/i,
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
};

/** A name as it may be shown and saved: with the ending of what it is, so that nothing saved under it is started. */
export const savedName = (name: string, contentType: string): string => {
  const shown = shownName(name);
  if (endings[contentType]?.test(shown) !== false) return shown;
  return `${shown.slice(0, 195)}.${contentType === 'application/pdf' ? 'pdf' : contentType.slice(6)}`;
};

/** A name as it may be shown: no controls, no marks that turn the writing, no way into folders, no card number. */
export const shownName = (name: string): string =>
  maskCards(name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]/gu, '_'))
    .trim()
    .slice(0, 200) || 'attachment';

/** Where it is seen: on the account it belongs to; while it waits, on the only one that has its item. */
export const isOnAccount = (
  { accountId }: Pick<Attachment, 'accountId'>,
  account: string,
  holders: readonly string[],
): boolean =>
  accountId === undefined ? holders.length === 1 && holders[0] === account : accountId === account;
