/**
 * The files of a mail: the letter of a step, the statement, all rows as a sheet, papers and copies an answer brings.
 * From: `compose-mail.ts`, with the data of one account. Next: kept with the mail, and sent in it.
 */
import type { Attachment } from '../../shared/domain/attachment.ts';
import type { Demand } from '../../shared/domain/build-message-data.ts';
import type { PlannedMessage } from '../../shared/domain/dunning-facts.ts';
import type { MailFile } from '../../shared/domain/mail.ts';
import type { MessageData, MessageText } from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { holdsOriginal, papersOfInvoice } from './cause-of-invoice.ts';
import type { CauseSource } from './cause-of-notice.ts';
import { attachedPapers, copyNameOf, filesOfPapers, itemsToCopy } from './notice-files.ts';
import { balanceOf } from './notice-demand.ts';
import type { MailParts } from './parts.ts';
import { itemsFor } from './read-message.ts';

/** More rows than this go along as a sheet. */
const rowsInMail = 20;
/** More than this on paper nobody reads: they are in the sheet, and behind the link of the statement. */
const rowsOnPaper = 400;

const pdf = 'application/pdf';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Wanted = {
  planned: PlannedMessage | undefined;
  notice: PendingNotice | undefined;
  text: MessageText;
  data: MessageData;
  /** Data of the same mail that show something else of the account. */
  dataOf: (shown: Demand) => Outcome<MessageData, 'not-rendered'>;
};
type Files = Promise<Outcome<MailFile[], 'not-rendered'>>;

/** Refused where one of them can not be made: never a mail that names what is not there. */
export const filesOf = async (parts: MailParts, source: CauseSource, wanted: Wanted): Files => {
  const { planned, notice, text, data } = wanted;
  const { language } = source;
  const rows = data.tables.reduce((count, table) => count + table.rows.length, 0);
  const isLetter = planned?.hasLetter === true || planned?.act === 'letter';
  const made: Making[] = [];
  if (isLetter) made.push(['letter.pdf', pdf, () => parts.letterOf(text, language, data)]);
  if (text === 'T13' && rows <= rowsOnPaper)
    made.push(['statement.pdf', pdf, () => parts.statementOf(language, data)]);
  if (rows > rowsInMail) made.push(['open-items.xlsx', sheet, () => parts.sheetOf(text, language, data)]);
  const files = await allOf(made);
  if (!files.ok || notice === undefined) return files;
  const papers = await (text === 'T0' ? papersOfInvoice : attachedPapers)(source, notice);
  const copies = await copiesOf(parts, source, wanted, missingOf(notice, papers));
  return copies.ok
    ? done([...files.value, ...(await filesOfPapers(source, papers)), ...copies.value])
    : copies;
};

/** What is to be in the mail, and is not kept as it was. */
const missingOf = (notice: PendingNotice, papers: readonly Attachment[]): readonly string[] => {
  if (notice.text === 'T16') return itemsToCopy(notice, papers);
  return notice.text === 'T0' && !holdsOriginal(papers) ? (notice.itemIds ?? []) : [];
};

type Making = readonly [
  name: string,
  contentType: string,
  make: () => Promise<Outcome<Uint8Array, 'not-rendered'>>,
];

const allOf = async (wanted: readonly Making[]): Files => {
  const files: MailFile[] = [];
  for (const [name, contentType, make] of wanted) {
    const made = await make();
    if (!made.ok) return made;
    files.push({ name, contentType, base64: Buffer.from(made.value).toString('base64') });
  }
  return done(files);
};

/** One for each item, out of our records, also of what is settled. */
const copiesOf = async (
  { copyOf }: MailParts,
  { parts, scope, judged, language }: CauseSource,
  { dataOf }: Wanted,
  itemIds: readonly string[],
): Files => {
  const items = await itemsFor(parts, scope, judged.loaded, itemIds);
  const wanted: Making[] = [];
  for (const id of itemIds) {
    const item = items.get(id);
    const data = item && dataOf(balanceOf([item]));
    if (item === undefined || data === undefined) continue;
    if (!data.ok) return data;
    wanted.push([copyNameOf(item.number), pdf, () => copyOf(language, data.value, item.number)]);
  }
  return allOf(wanted);
};
