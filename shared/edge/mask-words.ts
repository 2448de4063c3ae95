/**
 * Takes card numbers out of the words of a body before anybody else sees it (A13): what is free to write is masked, what
 * names a thing (ids, numbers of documents, accounts) is left as it was sent.
 * From: `http-write.ts`, after the body was read. Next: a piece's workflow. `tests/access/card-numbers.test.ts` knows every
 * field of every route that takes words.
 */
import { maskCards } from '../domain/card-numbers.ts';

/** Fields people write into as they like; of `told`, all there is. */
export const wordFields: ReadonlySet<string> = new Set([
  ...['reason', 'text', 'note', 'party', 'told', 'purpose', 'cause', 'outcome', 'refusedBecause', 'meaning'],
  ...['act', 'because'],
]);

/** The same value; each text in a field of words, however deep, without card numbers. */
export const maskWords = <Value>(value: Value): Value => masked(value, false) as Value;

const masked = (value: unknown, isWords: boolean): unknown => {
  if (typeof value === 'string') return isWords ? maskCards(value) : value;
  if (Array.isArray(value)) return value.map((one) => masked(one, isWords));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, masked(one, isWords || wordFields.has(name))]),
  );
};
