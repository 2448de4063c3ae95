/**
 * Which test shows which requirement: rows (`R27`) and invariants (`D9`, `P3`, `A6`) that tests name in brackets, in the first
 * sentence of their header or in a title.
 * From: the test files. Next: `promises-page.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A test that shows a requirement: where it is and what it promises, without the brackets. */
export type Shown = { code: string; file: string; promise: string };

const tests = join(import.meta.dirname, '..', '..', 'tests');
const bracket = /\s*\(((?:(?:[RDPAS]|T)\d{1,3}(?:, | and )?)+)\)/g;
const title = /^\s*(?:it|test|describe)(?:\.\w+\([^)]*\))?\(\s*(['"`])(.*)\1/gm;

/** Files of tests, by path from `tests`, in order. */
const testFiles = (): string[] =>
  readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();

/** The first paragraph of the header comment on one line. */
const headerOf = (source: string): string =>
  (/^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '')
    .split(/\n \* (?:From|Next):/)[0]!
    .replaceAll(/\s*\n \*\s?/g, ' ')
    .trim();

const codesIn = (text: string): string[] =>
  [...text.matchAll(bracket)].flatMap(([, codes]) => codes!.match(/[RDPAS]\d+/g) ?? []);

/** A header's sentences stand for themselves. */
const sentencesOf = (text: string): string[] => text.split(/(?<=\.) +(?=[A-Z])/);

const plain = (text: string): string => text.replaceAll(bracket, '').replaceAll('`', '');

/** What one file shows. */
export const shownIn = (file: string, source: string): Shown[] => {
  const texts = [...sentencesOf(headerOf(source)), ...[...source.matchAll(title)].map(([, , text]) => text!)];
  const all = texts.flatMap((text) => codesIn(text).map((code) => ({ code, file, promise: plain(text) })));
  return [...new Map(all.map((one) => [one.code, one])).values()];
};

/** What all tests show, by letter, number and file. */
export const allShown = (): Shown[] =>
  testFiles()
    .flatMap((file) => shownIn(file, readFileSync(join(tests, file), 'utf8')))
    .sort((a, b) => a.code[0]!.localeCompare(b.code[0]!) || +a.code.slice(1) - +b.code.slice(1));
