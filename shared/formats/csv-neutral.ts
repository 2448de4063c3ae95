/**
 * Text of an export that no spreadsheet takes for a formula, and back.
 * From: `csv-writer.ts`, `xlsx-writer.ts`. Next: files for download. An apostrophe goes before text that begins
 * with `= + - @`, their full-width forms, a tab, a line end or NUL (ASVS 1.2.10), also behind spaces; and before
 * text that begins with an apostrophe, so that `plainText` always gives back what was there.
 */

/** One value of an export. Amounts and counts are written as numbers, days as ISO days. */
export type ExportCell =
  | { is: 'text'; text: string }
  /** Decimal text with a dot, such as `-1234.50`; see `amountText` with the plain style. */
  | { is: 'number'; text: string }
  /** An ISO day. */
  | { is: 'day'; text: string }
  | { is: 'blank' };

const trigger = /^[\s\0\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n\0']/;

export const neutralText = (text: string): string => (trigger.test(text) ? `'${text}` : text);

/** What `neutralText` was given. */
export const plainText = (exported: string): string =>
  exported.startsWith("'") ? exported.slice(1) : exported;

/** @throws RangeError for a day that is none. */
export const isoDayText = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`not a day as exports write it: ${text}`);
  return text;
};

/** @throws RangeError for a number that is none: it would be an open door for a formula. */
export const numberText = (text: string): string => {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`not a number as exports write it: ${text}`);
  return text;
};
