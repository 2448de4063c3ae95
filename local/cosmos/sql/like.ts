/**
 * LIKE: `%` any text, `_` one character, `[a-f]` one of, `[^a-f]` none of; ESCAPE takes a sign literally.
 * From: `compile-operators.ts`. Next: filters; a pattern is turned into a regular expression once.
 */
import type { Evaluate } from './scope.ts';

const literal = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');

/** The content of `[…]` from `at` on, as a class, and the place behind it; undefined when it never closes. */
const readClass = (pattern: string, at: number): [string, number] | undefined => {
  const end = pattern.indexOf(']', at + 1);
  if (end < 0) return undefined;
  const inside = pattern.slice(at + 1, end);
  const content = inside.replace(/[\\[\]]/g, '\\$&');
  return [inside.startsWith('^') ? `[^${content.slice(1)}]` : `[${content}]`, end + 1];
};

/** Undefined when the pattern can match nothing (a range such as `[z-a]`, an empty class). */
export const likeToRegExp = (pattern: string, escape: string | undefined): RegExp | undefined => {
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const letter = pattern[at] ?? '';
    const bracket = letter === '[' && letter !== escape ? readClass(pattern, at) : undefined;
    if (letter === escape && at + 1 < pattern.length) {
      source += literal(pattern[at + 1] ?? '');
      at += 2;
    } else if (bracket) {
      source += bracket[0];
      at = bracket[1];
    } else {
      source += letter === '%' ? '.*' : letter === '_' ? '.' : literal(letter);
      at += 1;
    }
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The closure remembers the last pattern: it is nearly always the same. */
export const compileLike = (of: Evaluate, pattern: Evaluate, escape: string | undefined): Evaluate => {
  let known: string | undefined;
  let expression: RegExp | undefined;
  return (frame) => {
    const text = of(frame);
    const wanted = pattern(frame);
    if (typeof text !== 'string' || typeof wanted !== 'string') return undefined;
    if (wanted !== known) {
      expression = likeToRegExp(wanted, escape);
      known = wanted;
    }
    return expression !== undefined && expression.test(text);
  };
};
