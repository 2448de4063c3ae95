/**
 * A text as a letter: `letterPdf(text, language, data)` → the same words as the mail, on paper, to be signed and posted.
 * From: the mail workflow, for final notices and whatever a policy sends as a letter. Next: an attachment, Blob, print.
 * Refused as `not-rendered` for the same reasons as the mail. The date is that of the balance.
 */
import { dayAt, instantFromText } from '../domain/calendar.ts';
import type { MessageData, MessageLanguage, MessageText } from '../domain/message-data.ts';
import type { Outcome } from '../domain/outcome.ts';
import { localeText } from './locale-text.ts';
import { writeAsOf, writeBank, writeItems, writeLetterhead, writeSignature } from './pdf-parts.ts';
import { pdfBytes, writeLine, writeParagraph, type Sheet } from './pdf-sheet.ts';
import { orNotRendered, templatesOf, type OwnTemplate } from './render-message.ts';
import { blockMark } from './text-compile.ts';
import { labelOf, namedBy } from './text-labels.ts';
import { viewOf, type View } from './text-view.ts';

export type PdfRendering = Outcome<Uint8Array, 'not-rendered'>;

export const letterPdf = async (
  text: MessageText,
  language: MessageLanguage,
  data: MessageData,
  own?: OwnTemplate,
): Promise<PdfRendering> => {
  const made = orNotRendered(() => {
    const view = viewOf(text, language, data);
    const templates = templatesOf(text, language, own);
    return { view, blocks: templates.blocks(view).split(blockMark), subject: templates.subject(view) };
  });
  if (!made.ok) return made;
  const { view, blocks, subject } = made.value;
  const day = dayAt(instantFromText(data.asOf), data.zone);
  const about = { title: subject, author: String(view['seller']), language, madeAt: data.asOf };
  const bytes = await pdfBytes(about, (sheet) => {
    const say = localeText(language, data.customer.locale);
    writeLetterhead(sheet, view, say.longDay(day), language);
    writeParagraph(sheet, subject, { size: 11, isBold: true }, 12);
    for (const block of blocks) writeBlock(sheet, block, view, language);
  });
  return { ok: true, value: bytes };
};

/** See `text-compile.ts`: the first sign says what it is. */
const writeBlock = (sheet: Sheet, block: string, view: View, language: MessageLanguage): void => {
  const [kind, words] = [block.slice(0, 1), block.slice(1).trim()];
  if (kind === 'p') return writeParagraph(sheet, words);
  if (kind === 't') return words === '' ? undefined : writeLines(sheet, words);
  if (kind === 'b') writeDrawn(sheet, words, view, language);
};

const writeDrawn = (sheet: Sheet, part: string, view: View, language: MessageLanguage): void => {
  const links = view['links'] as Readonly<Record<string, string>>;
  if (part === 'items') return writeItems(sheet, view, language);
  if (part === 'bank') return writeBank(sheet, view, language);
  if (part === 'person') return writeSignature(sheet, view, language, true);
  if (part === 'as-of') return writeAsOf(sheet, view, language);
  if (part === 'pay') return writeLinks(sheet, language, [[labelOf(language, 'payOnline'), links['pay']!]]);
  if (part === 'links')
    writeLinks(sheet, language, [
      [labelOf(language, 'alreadyPaid'), links['alreadyPaid']!],
      [labelOf(language, 'somethingWrong'), links['somethingWrong']!],
      [labelOf(language, 'statement'), links['statement']!],
    ]);
};

const writeLinks = (
  sheet: Sheet,
  language: MessageLanguage,
  lines: readonly (readonly [string, string])[],
): void => {
  for (const [words, link] of lines) writeLine(sheet, `${namedBy(language, words)}\u2068${link}\u2069`);
  sheet.y += 8;
};

/** The first line of a list is its heading; the others keep their place. */
const writeLines = (sheet: Sheet, words: string): void => {
  for (const [at, line] of words.split('\n').entries())
    if (line.trim() !== '')
      writeParagraph(sheet, line.trim(), { isBold: at === 0 && words.includes('\n') }, 1);
  sheet.y += 7;
};
