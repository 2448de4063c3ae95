/**
 * Ids of documents, derived from content so that the same thing has the same id however often it comes.
 * From: numbers and keys as other systems write them. Next: the stores of `shared/azure`.
 */

/** Longer ids are cut to their hash; the store allows 255 characters. */
export const longestId = 200;

/** SHA-256 of a text as lower-case hex; the domain is handed it. */
export type HashText = (text: string) => string;

/** Keeps A–Z a–z 0–9 . _ - and writes every other byte as `~HH`. */
export const escapeId = (text: string): string => (/^[A-Za-z0-9._-]*$/.test(text) ? text : escaped(text));

const escaped = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => escapeByte(byte)).join('');

const escapeByte = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
};

/** What names a document in its source, all text. */
export type DocumentKey = { type: string; number: string; fiscalYear?: string | undefined; part: string };

/** `item:<type>:<number>[:<year>][:<part>]`; a part without a year leaves the year's place empty. */
export const itemIdOf = ({ type, number, fiscalYear, part }: DocumentKey, hashText: HashText): string => {
  const year = fiscalYear === undefined ? '' : escapeId(fiscalYear);
  const tail = part === '1' ? (year === '' ? '' : `:${year}`) : `:${year}:${escapeId(part)}`;
  return shortened(`item:${type}:`, `${escapeId(number)}${tail}`, hashText);
};

/** `payment:<receipt>[:<portion>]` */
export const paymentIdOf = (receiptId: string, portion: string, hashText: HashText): string =>
  shortened('payment:', escapeId(receiptId) + (portion === '1' ? '' : `:${escapeId(portion)}`), hashText);

/** `entry:` and ten digits, so that ids sort in the order of versions. */
export const entryIdOf = (version: number): string => `entry:${String(version).padStart(10, '0')}`;

/** `contribution:<account>` */
export const contributionIdOf = (accountId: string, hashText: HashText): string =>
  shortened('contribution:', escapeId(accountId), hashText);

/** `~s` is never written by `escapeId`, so that a hash is taken for no number. */
const shortened = (prefix: string, rest: string, hashText: HashText): string =>
  prefix.length + rest.length <= longestId ? prefix + rest : `${prefix}~sha256:${hashText(rest)}`;
