/**
 * Cuts query text into tokens.
 * From: the text of a request. Next: `token-reader.ts` hands them to the parser.
 */
import { SqlError } from './types.ts';

export type Token = {
  kind: 'number' | 'string' | 'name' | 'parameter' | 'symbol' | 'end';
  /** As written; strings without quotes and with escapes resolved. */
  text: string;
  at: number;
};

const pattern =
  /[ \t\r\n]+|--[^\r\n]*|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<parameter>@[A-Za-z_]\w*)|(?<symbol>\|\||\?\?|!=|<>|<=|>=|[-+*/%=<>?:.,()[\]{}])|(?<quote>["'])/y;

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const fail = (words: string): never => {
  throw new SqlError(`Syntax error, incorrect syntax near '${words}'.`, words);
};

/** Reads the escape after a backslash at `at - 1`: its meaning and the place behind it. */
const readEscape = (text: string, at: number): [string, number] => {
  const letter = text[at] ?? '';
  if (letter === 'u') {
    const hex = text.slice(at + 1, at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) fail(text.slice(at - 1, at + 5));
    return [String.fromCharCode(parseInt(hex, 16)), at + 5];
  }
  if ('"\'\\/'.includes(letter) && letter !== '') return [letter, at + 1];
  const meaning = escapes[letter];
  return meaning === undefined ? fail(text.slice(at - 1, at + 1)) : [meaning, at + 1];
};

/** The content of the string whose opening quote stands at `start`, and the place behind its end. */
const readString = (text: string, start: number): [string, number] => {
  const quote = text[start];
  let content = '';
  let at = start + 1;
  while (text[at] !== quote) {
    const letter = text[at];
    if (letter === undefined || letter < ' ') return fail(text.slice(start, at));
    if (letter === '\\') {
      const [meaning, behind] = readEscape(text, at + 1);
      content += meaning;
      at = behind;
    } else {
      content += letter;
      at += 1;
    }
  }
  return [content, at + 1];
};

/**
 * The tokens of `text`, an `end` token last.
 * @throws SqlError at a character no query may have, and at an unfinished string.
 */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return fail(/^\S*/.exec(text.slice(at))?.[0] ?? '');
    const { number, name, parameter, symbol, quote } = match.groups ?? {};
    let behind = at + match[0].length;
    if (quote !== undefined) {
      const [content, end] = readString(text, at);
      tokens.push({ kind: 'string', text: content, at });
      behind = end;
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', text: parameter, at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    at = behind;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
};
