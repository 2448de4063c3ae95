/**
 * Cuts a SQL filter into words.
 * From: `filter` of a subscription. Next: `core/filter-parse.ts`.
 */
export type Token =
  | { kind: 'text' | 'word' | 'name' | 'symbol'; text: string }
  | { kind: 'number'; text: string; value: number }
  | { kind: 'end'; text: '' };

const pattern =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?<name>\[(?:[^\]]|\]\])+\]|"(?:[^"]|"")+")|(?<word>[a-z_@#][\w@#$]*)|(?<symbol><>|!=|<=|>=|[=<>()+\-*/%,.]))/iy;

/** @throws Error naming what was not understood. */
export const tokensOf = (filter: string): Token[] => {
  const tokens: Token[] = [];
  const text = filter.trimEnd();
  for (pattern.lastIndex = 0; pattern.lastIndex < text.length;) {
    const start = pattern.lastIndex;
    const { groups } = pattern.exec(text) ?? {};
    if (!groups) throw new Error(`not understood: ${text.slice(start).trim()}`);
    tokens.push(tokenOf(groups));
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
};

const tokenOf = (groups: Record<string, string | undefined>): Token => {
  const { text, number, name, word, symbol } = groups;
  if (text !== undefined) return { kind: 'text', text: text.slice(1, -1).replaceAll("''", "'") };
  if (number !== undefined) return { kind: 'number', text: number, value: Number(number) };
  if (name !== undefined) {
    const close = name.at(-1)!;
    return { kind: 'name', text: name.slice(1, -1).replaceAll(close + close, close) };
  }
  return word !== undefined ? { kind: 'word', text: word } : { kind: 'symbol', text: symbol ?? '' };
};
