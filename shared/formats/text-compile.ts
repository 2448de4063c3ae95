/**
 * Makes the templates of a text once: subject, plain text, HTML and the blocks of a letter, all of one source.
 * From: a source with the parts and labels of its language. Next: `render-message.ts` and `letter-pdf.ts` fill them.
 * What stands in a source is text: markup in it is shown, not obeyed; every value is escaped on its way into HTML.
 */
import type { MessageLanguage, MessageText } from '../domain/message-data.ts';
import { machineForm } from './machine-form.ts';
import { partNames, textCatalogue, type PartName } from './text-catalogue.ts';
import { escapeHtml, parseTemplate, type Template } from './template.ts';
import { isLabel, labelOf, namedBy, ownSource, partSource } from './text-labels.ts';
import { readTextSource, type Block, type TextSource } from './text-source.ts';
import layout from './texts/layout.json' with { type: 'json' };

export type TextSources = {
  version: number;
  subject: string;
  text: string;
  html: string;
  /** Blocks behind `blockMark`, each with its kind: see `letter-pdf.ts`. */
  blocks: string;
};
export type CompiledText = Pick<TextSources, 'version'> &
  Record<Exclude<keyof TextSources, 'version'>, Template>;

const compiled = new Map<string, CompiledText>();

/** One of ours, made at its first use. */
export const ownText = (text: MessageText, language: MessageLanguage): CompiledText => {
  const key = `${language}/${text}`;
  const before = compiled.get(key);
  if (before !== undefined) return before;
  const made = compileText(text, language, ownSource(language, text));
  compiled.set(key, made);
  return made;
};

/** @throws RangeError where the source can not be read or is not in the language of texts. */
export const compileText = (text: MessageText, language: MessageLanguage, source: string): CompiledText => {
  const { version, subject, text: plain, html, blocks } = templateSources(text, language, source);
  return {
    ...{ version, subject: parseTemplate(subject), text: parseTemplate(plain) },
    ...{ html: parseTemplate(html, escapeHtml), blocks: parseTemplate(blocks) },
  };
};

/** The four templates of a source as liquid text, parts and labels in their places. */
export const templateSources = (
  text: MessageText,
  language: MessageLanguage,
  source: string,
): TextSources => {
  const read = readTextSource(source);
  if (!read.ok) throw new RangeError(read.detail);
  const { version, subject, blocks } = read.value;
  const context = { language, demands: textCatalogue[text].demands };
  return {
    ...{ version, subject, text: textBody(read.value, context), html: htmlPage(read.value, context) },
    blocks: inLanguage(blocks.map((block) => letterBlock(block, context)).join(''), context),
  };
};

/** One part by itself, as plain text: for paper. */
export const partTemplate = (name: PartName, language: MessageLanguage, demands: boolean): Template =>
  parseTemplate(inLanguage(expanded(name, 'text', { language, demands }), { language, demands }));

type Context = { language: MessageLanguage; demands: boolean };

export const isRightToLeft = (language: MessageLanguage): boolean => language === 'he';

const isPart = (name: string): name is PartName => partNames.some((part) => part === name);

/** Labels put in their places; they may hold values themselves. A word that differs between demand and balance. */
const expanded = (name: string, kind: 'html' | 'text', { language, demands }: Context): string => {
  if (!isPart(name)) throw new RangeError(`there is no part ${name}`);
  const source =
    language === 'fr'
      ? partSource(name)[kind].replaceAll(']]: ', namedBy(language, ']]'))
      : partSource(name)[kind];
  return source.replace(/\[\[(\w+)\]\]/g, (_, label: string) => {
    const chosen = demands ? label : (balanceWords[label] ?? label);
    if (!isLabel(chosen)) throw new RangeError(`there is no label ${chosen}`);
    const words = labelOf(language, chosen);
    return kind === 'html' ? htmlOf(words) : words;
  });
};

const balanceWords: Readonly<Record<string, string>> = {
  ...{ asked: 'balance', disputedFoot: 'disputedFootIn', payButton: 'payOnline' },
};

const token = /(\{\{.*?\}\}|\{%.*?%\})/;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign]!);

/** A value has a direction of its own, whatever stands around it. */
const htmlOf = (words: string): string =>
  words
    .split(token)
    .map((piece) =>
      piece.startsWith('{{') ? `<bdi>${piece}</bdi>` : piece.startsWith('{%') ? piece : escaped(piece),
    )
    .join('');

const htmlPage = ({ subject, blocks }: TextSource, context: Context): string => {
  const body = blocks.map((block) => {
    if (block.is === 'tag') return block.text;
    return block.is === 'part' ? expanded(block.name, 'html', context) : `<p>${htmlOf(block.text)}</p>\n`;
  });
  const title = htmlOf(subject).replaceAll(/<\/?bdi>/g, '');
  return (isRightToLeft(context.language) ? layout.rtl : layout.ltr)
    .replaceAll('%%lang%%', context.language)
    .replaceAll('%%title%%', () => title)
    .replace('%%content%%', () => body.join('') + (context.demands ? machineForm : ''));
};

const textBody = ({ blocks }: TextSource, context: Context): string => {
  const body = blocks
    .map((block) => {
      if (block.is === 'tag') return block.text;
      return block.is === 'part' ? expanded(block.name, 'text', context) : `${block.text}\n\n`;
    })
    .join('');
  return inLanguage(body, context);
};

const inLanguage = (body: string, { language }: Context): string =>
  isRightToLeft(language) ? isolated(body) : body;

/** In a page from right to left each value stands between marks that keep its own direction; links stay bare. */
const isolated = (body: string): string =>
  body.replace(/\{\{(?! links\.).*?\}\}/g, (value) => `\u2068${value}\u2069`);

export const blockMark = '\u001e';

/** `p` a paragraph, `t` lines of a part, `b` a block that is drawn. */
const letterBlock = (block: Block, context: Context): string => {
  if (block.is === 'tag') return block.text;
  if (block.is === 'prose') return `${blockMark}p${block.text}`;
  return drawn.has(block.name)
    ? `${blockMark}b${block.name}`
    : `${blockMark}t${expanded(block.name, 'text', context)}`;
};

const drawn: ReadonlySet<string> = new Set([
  ...['items', 'bank', 'person', 'parties', 'links', 'pay', 'as-of'],
]);
