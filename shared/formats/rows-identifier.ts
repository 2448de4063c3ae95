/**
 * What may name a document, an account, a receipt: text that reads the same for everybody who sees it.
 * From: `rows-values.ts`. Next: keys of items. Zeros in front and letter case belong to an identifier.
 */

const longestIdentifier = 200;

/** Controls, line and paragraph ends, and marks that are invisible or turn the writing direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;

/** Most are such letters, digits and marks alone: looked at first, since it is cheap. */
const plain = /^[ -~]*$/;

/** `1.930438e+09`: a spreadsheet cut the number down to what it shows; which one it was is lost. */
const roundedForDisplay = /^[+-]?\d+(?:[.,]\d+e[+-]?\d+|e[+-]\d+)$/i;

/** Why a text is no identifier; undefined when it is one. */
export const identifierFault = (text: string): string | undefined => {
  if (text.length > longestIdentifier) return `more than ${longestIdentifier} characters`;
  if (!plain.test(text) && unseen.test(text))
    return 'it holds a control character or one that can not be seen';
  if (roundedForDisplay.test(text)) return 'a number rounded for display; its digits are lost';
  return undefined;
};
