/**
 * Reads the source of a text: a version, a subject, then paragraphs, parts and conditions, one below the other.
 * From: `texts/<language>/*.liquid`, or a company's own. Next: `text-compile.ts` makes mail and letter of it; both
 * text and HTML come from this one source, so that they say the same. Lint judges what is in it.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';

/** One line of the body as a tag, a part, or a paragraph of lines that belong together; `line` counts from 1. */
export type Block =
  | { is: 'tag'; text: string; line: number }
  | { is: 'part'; name: string; line: number }
  | { is: 'prose'; text: string; line: number };

export type TextSource = { version: number; subject: string; blocks: readonly Block[] };

export const longestSource = 20_000;

const shape = /^version: ([1-9]\d{0,5})\nsubject: ([^\n]+)\n---\n([\s\S]+)$/;
const partLine = /^\{% part ([a-z-]+) %\}$/;
const tagLine = /^\{%.*%\}$/;

/** @returns refused as `text-unreadable` where the head is not as above, or the source is too long. */
export const readTextSource = (text: string): Outcome<TextSource, 'text-unreadable'> => {
  if (text.length > longestSource)
    return refuse('text-unreadable', `a text has at most ${longestSource} characters`);
  const match = shape.exec(text.replaceAll('\r\n', '\n'));
  if (match === null)
    return refuse('text-unreadable', 'a text begins with the lines "version: 1", "subject: …" and "---"');
  const [, version = '', subject = '', body = ''] = match;
  return done({ version: Number(version), subject: subject.trim(), blocks: blocksOf(body) });
};

/** The body begins on the fourth line. */
const firstLine = 4;

const blocksOf = (body: string): Block[] => {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const [index, raw] of body.split('\n').entries()) {
    const [text, line] = [raw.trim(), index + firstLine];
    const last = blocks.at(-1);
    if (isOpen && last?.is === 'prose' && text !== '' && !tagLine.test(text)) last.text += ` ${text}`;
    else if (text !== '') blocks.push(blockOf(text, line));
    isOpen = text !== '' && !tagLine.test(text);
  }
  return blocks;
};

const blockOf = (text: string, line: number): Block => {
  const part = partLine.exec(text)?.[1];
  if (part !== undefined) return { is: 'part', name: part, line };
  return tagLine.test(text) ? { is: 'tag', text, line } : { is: 'prose', text, line };
};
