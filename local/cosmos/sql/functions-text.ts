/**
 * The built-in functions on strings. A wrong type yields undefined, as in the service.
 * From: `function-table.ts`. Next: `compile-expression.ts` calls them with values.
 */
import type { BuiltIn } from './function-table.ts';
import type { Value } from './values.ts';

type TwoTexts = (text: string, part: string) => Value;

const onText = (call: (text: string) => Value): BuiltIn => ({
  least: 1,
  most: 1,
  call: (text) => (typeof text === 'string' ? call(text) : undefined),
});

/** Two strings, and optionally whether upper and lower case are the same. */
const onTwoTexts = (call: TwoTexts): BuiltIn => ({
  least: 2,
  most: 3,
  call: (text, part, ignoreCase) => {
    if (typeof text !== 'string' || typeof part !== 'string') return undefined;
    if (ignoreCase === undefined || ignoreCase === false) return call(text, part);
    return ignoreCase === true ? call(text.toLowerCase(), part.toLowerCase()) : undefined;
  },
});

const onTextAndCount = (call: (text: string, count: number) => string): BuiltIn => ({
  least: 2,
  most: 2,
  call: (text, count) =>
    typeof text === 'string' && typeof count === 'number'
      ? call(text, Math.max(0, Math.trunc(count)))
      : undefined,
});

const substring: BuiltIn = {
  least: 3,
  most: 3,
  call: (text, start, length) => {
    if (typeof text !== 'string' || typeof start !== 'number' || typeof length !== 'number') return undefined;
    const from = Math.trunc(start);
    if (from < 0 || length <= 0) return '';
    return text.slice(from, from + Math.trunc(length));
  },
};

const indexOf: BuiltIn = {
  least: 2,
  most: 3,
  call: (text, part, start = 0) => {
    if (typeof text !== 'string' || typeof part !== 'string' || typeof start !== 'number') return undefined;
    return start < 0 ? undefined : text.indexOf(part, Math.trunc(start));
  },
};

const replace: BuiltIn = {
  least: 3,
  most: 3,
  call: (text, part, by) =>
    typeof text === 'string' && typeof part === 'string' && typeof by === 'string'
      ? part === ''
        ? text
        : text.split(part).join(by)
      : undefined,
};

const concat: BuiltIn = {
  least: 2,
  most: Infinity,
  call: (...parts) => (parts.every((part) => typeof part === 'string') ? parts.join('') : undefined),
};

const toText: BuiltIn = {
  least: 1,
  most: 1,
  call: (value) => (value === undefined || typeof value === 'string' ? value : JSON.stringify(value)),
};

const textToNumber = (text: string): Value => {
  const trimmed = text.trim();
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
};

const textToBoolean = (text: string): Value => {
  const trimmed = text.trim();
  return trimmed === 'true' ? true : trimmed === 'false' ? false : undefined;
};

export const textFunctions: Record<string, BuiltIn> = {
  STARTSWITH: onTwoTexts((text, part) => text.startsWith(part)),
  ENDSWITH: onTwoTexts((text, part) => text.endsWith(part)),
  CONTAINS: onTwoTexts((text, part) => text.includes(part)),
  STRINGEQUALS: onTwoTexts((text, part) => text === part),
  LOWER: onText((text) => text.toLowerCase()),
  UPPER: onText((text) => text.toUpperCase()),
  LENGTH: onText((text) => text.length),
  TRIM: onText((text) => text.trim()),
  LTRIM: onText((text) => text.trimStart()),
  RTRIM: onText((text) => text.trimEnd()),
  REVERSE: onText((text) => [...text].reverse().join('')),
  LEFT: onTextAndCount((text, count) => text.slice(0, count)),
  RIGHT: onTextAndCount((text, count) => (count === 0 ? '' : text.slice(-count))),
  SUBSTRING: substring,
  INDEX_OF: indexOf,
  REPLACE: replace,
  CONCAT: concat,
  TOSTRING: toText,
  STRINGTONUMBER: onText(textToNumber),
  STRINGTOBOOLEAN: onText(textToBoolean),
};
