/**
 * Words of customers and sources made harmless to print: no line ends, no controls, nothing that turns the direction
 * of what follows, nothing endless. What they say stays as it is.
 * From: names, numbers, addresses, reasons. Next: subjects (a line end would begin another header), texts, PDFs.
 */

const harmful = /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;
const harmfuls = new RegExp(harmful.source, 'gu');

/** Most words are: looked at first, since it is cheap. */
const plain = /^[ -~\u00a1-\u00ff]{0,500}$/;

export const longestWord = 500;

/** Line ends and tabs become spaces, other controls nothing. */
export const cleanText = (text: string): string => {
  if (plain.test(text)) return text;
  const short = text.length > longestWord ? `${text.slice(0, longestWord)}…` : text;
  if (!harmful.test(short)) return short;
  return short
    .replace(/[\t\n\v\f\r\x85\u2028\u2029]+/g, ' ')
    .replace(harmfuls, '')
    .trim();
};
