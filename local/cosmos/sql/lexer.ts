/**
 * Cuts query text into tokens.
 * From: the text of a request. Next: `token-reader.ts` hands them to the parser.
 */
import { SqlError } from './types.ts';

export type Token = {
  kind: 'number' | 'string' | 'name' | 'parameter' | 'symbol' | 'end';
  /** As written; strings without quotes and with escapes resolved. */
  text: string;
  /** A name in upper case, to be compared with keywords; else empty. */
  word: string;
};

/** Blanks and remarks, numbers, names, parameters, signs, and the quote that opens a string. */
const pattern =
  /[ \t\r\n]+|--[^\r\n]*|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|@?[A-Za-z_]\w*|\|\||\?\?|!=|<>|<=|>=|[-+*/%=<>?:.,()[\]{}"']/y;

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

/** What begins with this character; blanks and remarks are no tokens. */
const kindOf = (text: string, at: number): Token['kind'] | 'quote' | 'blank' => {
  const first = text[at] ?? '';
  if (first <= ' ') return 'blank';
  if (first === '"' || first === "'") return 'quote';
  if (first === '@') return 'parameter';
  if (first === '_' || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z')) return 'name';
  const next = text[at + 1] ?? '';
  if (first === '-' && next === '-') return 'blank';
  const isDigit = first >= '0' && first <= '9';
  return isDigit || (first === '.' && next >= '0' && next <= '9') ? 'number' : 'symbol';
};

/**
 * The tokens of `text`, an `end` token last.
 * @throws SqlError at a character no query may have, and at an unfinished string.
 */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return fail(/^\S*/.exec(text.slice(at))?.[0] ?? '');
    const kind = kindOf(text, at);
    if (kind === 'quote') {
      const [content, behind] = readString(text, at);
      tokens.push({ kind: 'string', text: content, word: '' });
      at = behind;
    } else {
      const written = kind === 'blank' ? '' : text.slice(at, pattern.lastIndex);
      const word = kind === 'name' ? written.toUpperCase() : '';
      if (kind !== 'blank') tokens.push({ kind, text: written, word });
      at = pattern.lastIndex;
    }
  }
  tokens.push({ kind: 'end', text: '', word: '' });
  return tokens;
};
