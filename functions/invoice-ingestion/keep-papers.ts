/**
 * Keeps papers: one that was sent by the key of its document, and those inside an e-invoice.
 * From: the steps of an import. Next: container `documents`, beside the item; one whose item is not here yet waits
 * there. Everything derives from the bytes: a step done twice keeps each once.
 */
import {
  attachmentIdOf,
  itemIdOfKey,
  keyOfFileName,
  largestAttachmentBytes,
  savedName,
  shownName,
  type Attachment,
} from '../../shared/domain/attachment.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { idOfRow } from '../../shared/domain/item-of-row.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { PaymentTerms } from '../../shared/domain/terms.ts';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import { readEInvoice } from '../../shared/formats/xml-invoice.ts';
import { keepAttachment } from '../../shared/ports/attachments.ts';
import { sha256Of } from './import-files.ts';
import { bytesOfSource } from './read-whole.ts';
import type { IngestionStores } from './stores.ts';
import type { StepDone } from './work-import.ts';

/** A whole import: one paper, and the end of it. */
export const keepPaper = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<StepDone> => {
  const key = document.paper ?? keyOfFileName(document.fileName);
  if (key === undefined)
    return refuse('paper-key-missing', `${document.fileName} does not name its document.`);
  const itemId = itemIdOfKey(key, sha256Of);
  const bytes = await bytesOfSource(stores, scope, document);
  const holders = await holdersOf(stores, scope, document.companyId, { number: key.number, itemId });
  const [only, another] = holders;
  const accountId = key.account ?? (another === undefined ? only : undefined);
  const kept = await keep(stores, scope, document, bytes, {
    ...{ itemId, number: key.number, paper: key.paper, name: document.fileName, origin: 'byKey' },
    ...(accountId === undefined ? {} : { accountId }),
    waits: accountId === undefined || !holders.includes(accountId),
  });
  if (!kept.ok) return kept;
  return done({
    ...document,
    ...{ state: 'done', parts: 0, papers: { kept: 1, refused: [] } },
    counts: { ...document.counts, rows: 1, accepted: 1 },
    progress: { ...document.progress, phase: 'end', step: 0, bytesRead: document.bytes },
  });
};

/** Accounts that have the item, by the index of numbers. */
const holdersOf = async (
  { numbers }: IngestionStores,
  scope: Scope,
  companyId: string,
  { number, itemId }: { number: string; itemId: string },
): Promise<string[]> => {
  const found = (await numbers?.findByNumber(scope, companyId, [number])) ?? [];
  return [...new Set(found.filter((one) => one.itemId === itemId).map(({ accountId }) => accountId))];
};

type Place = Pick<Attachment, 'itemId' | 'number' | 'paper' | 'name'> & {
  accountId?: string;
  origin: Attachment['origin']['is'];
  waits: boolean;
};

const keep = async (
  stores: IngestionStores,
  scope: Scope,
  { companyId, importId, by, receivedAt }: ImportDocument,
  bytes: Uint8Array,
  { origin, waits, name, ...place }: Place,
): Promise<Outcome<Attachment, 'paper-not-readable' | 'too-many-attachments' | 'file-too-large'>> => {
  if (bytes.byteLength > largestAttachmentBytes)
    return refuse('file-too-large', `At most ${largestAttachmentBytes} bytes are kept as one paper.`);
  const checked = checkPaper(bytes);
  if (!checked.ok) return checked;
  const named = { companyId, sha256: sha256Of(bytes), ...place };
  const attachment: Attachment = {
    ...{ id: attachmentIdOf(named, sha256Of), ...named, name: savedName(name, checked.value.contentType) },
    ...{ contentType: checked.value.contentType, bytes: bytes.byteLength },
    ...{ origin: { is: origin, importId }, by, at: receivedAt },
  };
  const files = { documents: stores.documents, hashText: sha256Of };
  return keepAttachment(files, scope, attachment, bytes, waits);
};

/** Whatever its due day is, it is the same document. */
const anyTerms: PaymentTerms = { countedFrom: 'documentDay', netDays: 0, discounts: [] };

/** What is inside an e-invoice that was accepted; what can not be kept is told, and stays in the e-invoice itself. */
export const keepEmbedded = async (
  stores: IngestionStores,
  scope: Scope,
  document: ImportDocument,
): Promise<ImportDocument> => {
  const isInvoice = document.format === 'ubl' || document.format === 'cii';
  if (document.kind !== 'invoices' || !isInvoice || document.counts.accepted === 0) return document;
  const invoice = readEInvoice(await bytesOfSource(stores, scope, document), { companyTerms: anyTerms });
  if (!invoice.ok)
    throw new Error(`import ${document.importId} was read, and is not any more: ${invoice.code}`);
  if (invoice.value.content.attachments.length === 0) return document;
  const { row, content } = invoice.value;
  const refused: { name: string; code: string }[] = [];
  let kept = 0;
  for (const { name, decode } of content.attachments) {
    const bytes = decode();
    const place = { itemId: idOfRow(row, sha256Of), number: row.number, accountId: row.accountId, name };
    const outcome: Outcome<unknown> =
      bytes === undefined
        ? refuse('paper-not-readable', name)
        : await keep(stores, scope, document, bytes, {
            ...{ ...place, paper: 'other', origin: 'inside', waits: false },
          });
    if (outcome.ok) kept += 1;
    else refused.push({ name: shownName(name), code: outcome.code });
  }
  return { ...document, papers: { kept, refused } };
};
