/**
 * What stands in a text as a person typed it and may not: threats, haste, advertising, days that count from no day,
 * amounts without currency, bank data, links to elsewhere, markup.
 * From: a source. Next: `lint-text.ts`, `call-script.ts`.
 */
import type { MessageLanguage } from '../domain/message-data.ts';
import { finding, type LintCode, type LintFinding } from './lint-text.ts';
import { forbiddenWords, promotionalWords, relativeDays } from './lint-words.ts';
import type { TextSource } from './text-source.ts';

type Line = { line: number; text: string };

export const subjectLine = 2;

const typedLines = ({ subject, blocks }: TextSource): Line[] => [
  { line: subjectLine, text: subject },
  ...blocks.flatMap((block) => (block.is === 'prose' ? [{ line: block.line, text: block.text }] : [])),
];

/** What a person typed and no text to a customer may hold. */
export const typedFindings = (
  source: TextSource,
  language: MessageLanguage,
  domain?: string,
): LintFinding[] => typedLines(source).flatMap((line) => typedWrong(line, language, domain));

const amount = /(?:\d[\d.,'\u00a0\u202f ]*\d|\d)[.,]\d{2}(?!\d)|[$€£¥₪]\s?\d|\d\s?[$€£¥₪]/u;
const withCode = /(?:\b[A-Z]{3}[ \u00a0]\d[\d.,]*)|(?:\d[\d.,]*[ \u00a0][A-Z]{3}\b)/gu;
const bankData =
  /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b|(?<!\d)\d(?:[ -]?\d){7,}(?!\d)|\bIBAN\b.*\d{4}|\bsort code\b/iu;
const link =
  /\b(?:https?:\/\/|www\.)([\w.-]+)|(?<![\w@.-])((?:[a-z0-9-]+\.)+(?:com|net|org|io|de|fr|il|uk|info|biz|app|shop))\b/giu;
const capitals = /\p{Lu}{4,}(?:[ ,!]+\p{Lu}{4,})+|!{2,}/u;

const typedWrong = ({ line, text }: Line, language: MessageLanguage, domain?: string): LintFinding[] => {
  const typed = text.replace(/\{\{.*?\}\}/g, '{{}}');
  const found: LintFinding[] = [];
  const note = (code: LintCode, match: string | undefined, instead: string): void => {
    if (match !== undefined) found.push(finding(code, line, `"${match.trim()}": ${instead}`));
  };
  note(
    'forbidden-word',
    forbiddenWords[language].exec(typed)?.[0],
    'say what is owed and by which day, calmly',
  );
  note('promotional', promotionalWords[language].exec(typed)?.[0], 'a text about money owed offers nothing');
  note('relative-date', relativeDays[language].exec(typed)?.[0], 'name the day with {{ payBy }}');
  note(
    'amount-without-currency',
    amount.exec(typed.replace(withCode, ''))?.[0],
    'use a value, or write the ISO code',
  );
  note(
    'bank-data-typed',
    bankData.exec(typed)?.[0],
    'bank details come from the protected record by {% part bank %}',
  );
  note('capitals', capitals.exec(typed)?.[0], 'write it as you would say it');
  note('markup', /<[a-z!/][^>]*>?/i.exec(typed)?.[0], 'markup is shown as it stands; leave it out');
  for (const match of typed.matchAll(link)) {
    const host = match[1] ?? match[2] ?? '';
    if (host.toLowerCase() !== domain?.toLowerCase())
      note('link-outside', match[0], 'links lead to the product alone; use {% part links %}');
  }
  return found;
};
