/**
 * Papers a customer takes along: the statement as it stands now, the document of an invoice, what was sent beside it.
 * From: routes of the portal, for accounts that are theirs. Next: a file. The original of a document is handed out
 * wherever it is kept; else a copy is made out of our records, and says so.
 */
import type { OwnItemPapersAnswer, statementForms } from '../../shared/contracts/portal-papers.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { Attachment } from '../../shared/domain/attachment.ts';
import type { MessageData, MessageLanguage } from '../../shared/domain/message-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { attachmentsOfItem, bytesOfAttachment } from '../../shared/ports/attachments.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import { paperData } from './paper-data.ts';
import type { PortalStores } from './portal-parts.ts';
import { notThere, ownAccount, type Own, type OwnCall } from './read-own.ts';

type Drawn = Promise<Outcome<Uint8Array, 'not-rendered'>>;

export type PaperStores = {
  /** Container `documents`. */
  documents: FileStore;
  draw: {
    statement: (language: MessageLanguage, data: MessageData) => Drawn;
    sheet: (language: MessageLanguage, data: MessageData) => Drawn;
    copy: (language: MessageLanguage, data: MessageData, number: string) => Drawn;
  };
};

export type PaperCall = OwnCall & {
  language: MessageLanguage | undefined;
  seesAddress: boolean;
  /** Of the account, for whoever came by a link: what its mail named. */
  mayRead: 'all' | readonly string[];
};
type Parts = PortalStores & PaperStores;
type Form = (typeof statementForms)[number];

/** More than this on paper nobody reads; a sheet has room. */
const mostRows: Record<Form, number> = { pdf: 400, xlsx: 5_000 };
const itemsPerRead = 200;
const types: Record<Form, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const downloadStatement = async (
  parts: Parts,
  call: PaperCall,
  key: AccountKey,
  form: Form,
): Promise<Outcome<Download, ProblemCode>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const items = await openItems(parts, call, key, mostRows[form]);
  if (items === undefined)
    return refuse('statement-too-long', `More than ${mostRows[form]} open invoices and credits.`);
  const made = await paperData(parts, call, own.value, { ...call, items });
  if (!made.ok) return made;
  const { language, data } = made.value;
  const draw = form === 'pdf' ? parts.draw.statement : parts.draw.sheet;
  const drawn = await draw(language, data);
  if (!drawn.ok) return refuse('paper-not-ready', drawn.detail);
  const fileName = `statement-${fileText(key.accountId)}-${own.value.today}.${form}`;
  return done({ fileName, contentType: types[form], bytes: drawn.value });
};

/** Undefined where there are more. */
const openItems = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  { scope }: OwnCall,
  key: AccountKey,
  most: number,
): Promise<AccountItem[] | undefined> => {
  const items: AccountItem[] = [];
  let after: string | undefined;
  do {
    const page = { limit: itemsPerRead, ...(after === undefined ? {} : { after }) };
    const read = await accounts.openItems(scope, key, page);
    items.push(...read.items);
    if (items.length > most) return undefined;
    after = read.after;
  } while (after !== undefined);
  return items;
};

type ItemPlace = AccountKey & { itemId: string };
type Found = { own: Own; item: AccountItem };

const itemOf = async (
  parts: Parts,
  call: PaperCall,
  { itemId, ...key }: ItemPlace,
): Promise<Found | undefined> => {
  if (call.mayRead !== 'all' && !call.mayRead.includes(itemId)) return undefined;
  const own = await ownAccount(parts, call, key, [itemId]);
  const item = own.ok ? own.value.loaded.account.items.get(itemId) : undefined;
  return own.ok && item !== undefined ? { own: own.value, item } : undefined;
};

const fileText = (text: string): string => text.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 100);

/** Money has no document of its own. */
export const downloadDocument = async (
  parts: Parts,
  call: PaperCall,
  place: ItemPlace,
): Promise<Outcome<Download, ProblemCode>> => {
  const found = await itemOf(parts, call, place);
  if (found === undefined || found.item.kind === 'paymentOnAccount') return notThere();
  const original = (await papersOf(parts, call, place)).find(({ paper }) => paper === 'document');
  if (original !== undefined) return fileOf(parts, call, original);
  const made = await paperData(parts, call, found.own, { ...call, items: [found.item] });
  if (!made.ok) return made;
  const { language, data } = made.value;
  const drawn = await parts.draw.copy(language, data, found.item.number);
  if (!drawn.ok) return refuse('paper-not-ready', drawn.detail);
  return done({ fileName: `${fileText(found.item.number)}.pdf`, contentType: types.pdf, bytes: drawn.value });
};

/** This account's own; what somebody of the house put there without saying what it is stays in the house. */
const papersOf = async (
  parts: Parts,
  { systemScope }: OwnCall,
  { companyId, accountId, itemId }: ItemPlace,
): Promise<Attachment[]> => {
  const all = await attachmentsOfItem(parts, systemScope, companyId, itemId);
  return all.filter(
    (one) => one.accountId === accountId && !(one.paper === 'other' && one.origin.is === 'upload'),
  );
};

const fileOf = async (
  parts: Parts,
  { systemScope }: OwnCall,
  paper: Attachment,
): Promise<Outcome<Download, 'not-found'>> => {
  const bytes = await bytesOfAttachment(parts, systemScope, paper);
  return bytes === undefined
    ? notThere()
    : done({ fileName: paper.name, contentType: paper.contentType, bytes });
};

export const listItemPapers = async (
  parts: Parts,
  call: PaperCall,
  place: ItemPlace,
): Promise<Outcome<OwnItemPapersAnswer, 'not-found'>> => {
  if ((await itemOf(parts, call, place)) === undefined) return notThere();
  const papers = await papersOf(parts, call, place);
  return done({
    papers: papers.map(({ id, paper, name, contentType, bytes, at }) => ({
      ...{ paper: id, is: paper, name, contentType, bytes, at },
    })),
  });
};

export const downloadItemPaper = async (
  parts: Parts,
  call: PaperCall,
  { paper, ...place }: ItemPlace & { paper: string },
): Promise<Outcome<Download, 'not-found'>> => {
  if ((await itemOf(parts, call, place)) === undefined) return notThere();
  const found = (await papersOf(parts, call, place)).find(({ id }) => id === paper);
  return found === undefined ? notThere() : fileOf(parts, call, found);
};
