/**
 * Files a notice brings along: papers it names, and copies of invoices of which no original is kept. Of one account only.
 * From: `cause-of-notice.ts` names them, `compose-mail.ts` attaches them. Next: files of the mail.
 */
import { questionsPaper } from '../../shared/contracts/portal-questions.ts';
import type { Attachment } from '../../shared/domain/attachment.ts';
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { CauseData } from '../../shared/domain/message-data.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { MailFile } from '../../shared/domain/mail.ts';
import { labelWith } from '../../shared/formats/text-labels.ts';
import { attachmentsOfItem, bytesOfAttachment } from '../../shared/ports/attachments.ts';
import type { CauseSource } from './cause-of-notice.ts';
import { numbersOf } from './cause-of-promise.ts';

type FileSource = Pick<CauseSource, 'parts' | 'scope' | 'place'>;

/** The mail service takes 10 MB in all, of which base64 and the words need their share. */
export const mostFileBytes = 6 * 1024 * 1024;

/** The papers a notice names, as far as they are this account's and fit into a mail, in their order. */
export const attachedPapers = async (
  { parts, scope, place }: FileSource,
  { attachmentIds = [], itemIds = [], causeId, codes }: PendingNotice,
): Promise<Attachment[]> => {
  if (attachmentIds.length === 0) return [];
  const places = [...new Set([codes?.['case'] ?? causeId, ...itemIds])];
  const kept = await Promise.all(
    places.map((itemId) => attachmentsOfItem(parts, scope, place.companyId, itemId)),
  );
  const own = new Map(
    kept.flatMap((files) =>
      files
        .filter(({ id, accountId }) => accountId === place.accountId && attachmentIds.includes(id))
        .map((file): [string, Attachment] => [file.id, file]),
    ),
  );
  let left = mostFileBytes;
  return attachmentIds.flatMap((id) => {
    const file = own.get(id);
    if (file === undefined || file.bytes > left) return [];
    left -= file.bytes;
    return [file];
  });
};

/** Their bytes. @throws when a paper has a note and no bytes: they were kept before the note. */
export const filesOfPapers = (
  { parts, scope }: Pick<FileSource, 'parts' | 'scope'>,
  papers: readonly Attachment[],
): Promise<MailFile[]> =>
  Promise.all(
    papers.map(async (paper) => {
      const bytes = await bytesOfAttachment(parts, scope, paper);
      if (bytes === undefined) throw new Error(`the bytes of ${paper.id} are not kept`);
      const base64 = Buffer.from(bytes).toString('base64');
      return { name: paper.name, contentType: paper.contentType, base64 };
    }),
  );

/** Items of an answer without an original that goes along: a copy is made of each. */
export const itemsToCopy = (
  { itemIds = [] }: Pick<PendingNotice, 'itemIds'>,
  papers: readonly Attachment[],
): string[] => itemIds.filter((id) => !papers.some(({ itemId }) => itemId === id));

export const copyNameOf = (number: string): string => `${number.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.pdf`;

/** What was asked for and goes along (T16), or our words to a question: nothing where no item is named and none is kept. */
export const answerOfNotice = async (source: CauseSource, notice: PendingNotice): Promise<CauseData> => {
  if (notice.codes?.['reason'] === 'question') return answerOfQuestion(source, notice);
  const numbers = await numbersOf(source, notice.itemIds ?? []);
  if (numbers.length === 0) return {};
  const papers = await attachedPapers(source, notice);
  const copies = await numbersOf(source, itemsToCopy(notice, papers));
  return {
    answer: {
      asked: labelWith(source.language, 'askedCopies', { numbers: numbers.join(', ') }),
      askedOn: notice.plannedOn,
      papers: [...papers.map(({ name }) => name), ...copies.map(copyNameOf)],
    },
  };
};

const answerOfQuestion = async (
  { parts, scope, place, judged, language }: CauseSource,
  { causeId }: PendingNotice,
): Promise<CauseData> => {
  const { questions } = questionsPaper.parse(
    (await parts.accounts.paper(scope, place, 'message:questions')) ?? {},
  );
  const found = questions.find(({ question }) => causeId === `question-${question}`);
  if (found?.answer === undefined) return {};
  return {
    answer: {
      asked: labelWith(language, 'askedQuestion', {}),
      askedOn: dayAt(instantFromText(found.at), judged.input.payer.zone),
      papers: [],
      answered: { question: found.text, reply: found.answer.text },
    },
  };
};
