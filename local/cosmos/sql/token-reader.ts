/**
 * Walks over the tokens of one query: looks ahead, takes, refuses.
 * From: `lexer.ts`. Next: `parse-expression.ts` and `parse-query.ts`.
 */
import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import { SqlError } from './types.ts';

const reservedWords = new Set(
  (
    'AND ARRAY AS ASC BETWEEN BY DESC DISTINCT ESCAPE EXISTS FROM GROUP IN JOIN LIKE LIMIT NOT OFFSET OR ' +
    'ORDER SELECT TOP UDF VALUE WHERE'
  ).split(' '),
);
const reservedInLowerCase = new Set(['true', 'false', 'null', 'undefined']);

const isReserved = ({ text, word }: Token) => reservedInLowerCase.has(text) || reservedWords.has(word);

/** Deeper nesting is refused, as the service does, and cannot exhaust the stack. */
const deepest = 100;

export type Reader = {
  /** The token `ahead` places on (0 = the next). */
  peek(ahead?: number): Token;
  next(): Token;
  isWord(word: string, ahead?: number): boolean;
  isSymbol(symbol: string, ahead?: number): boolean;
  /** Takes the word or symbol if it comes next. */
  takeWord(word: string): boolean;
  takeSymbol(symbol: string): boolean;
  needWord(word: string): void;
  needSymbol(symbol: string): void;
  /** An identifier that is no reserved word. */
  needName(): string;
  /** Refuses the query, naming the next token (or `words`). */
  refuse(message?: string, words?: string): never;
  /** Runs one level deeper. */
  nested<T>(inner: () => T): T;
};

/** @throws SqlError when `text` cannot even be cut into tokens. */
export const readTokens = (text: string): Reader => {
  const tokens = tokenize(text);
  const last = tokens.length - 1;
  let at = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, last)] as Token;

  const refuse = (message?: string, words?: string): never => {
    const token = peek();
    const near = words ?? (token.kind === 'end' ? 'end of query' : token.text);
    throw new SqlError(message ?? `Syntax error, incorrect syntax near '${near}'.`, near);
  };
  const isWord = (word: string, ahead = 0) => {
    return peek(ahead).word === word;
  };
  const isSymbol = (symbol: string, ahead = 0) => {
    const token = peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  };
  const next = () => {
    const token = peek();
    at += 1;
    return token;
  };
  const takeIf = (is: boolean) => {
    if (is) at += 1;
    return is;
  };

  return {
    peek,
    next,
    isWord,
    isSymbol,
    refuse,
    takeWord: (word) => takeIf(isWord(word)),
    takeSymbol: (symbol) => takeIf(isSymbol(symbol)),
    needWord: (word) => void (takeIf(isWord(word)) || refuse()),
    needSymbol: (symbol) => void (takeIf(isSymbol(symbol)) || refuse()),
    needName: () => {
      const token = peek();
      if (token.kind !== 'name' || isReserved(token)) refuse();
      return next().text;
    },
    nested: (inner) => {
      depth += 1;
      if (depth > deepest) refuse(`The query is nested deeper than ${deepest} levels.`);
      const result = inner();
      depth -= 1;
      return result;
    },
  };
};
