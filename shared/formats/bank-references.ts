/**
 * References payers were given: ISO 11649 (`RF…`) with its check digits, and what banks write for "none".
 * From: lines of a statement. Next: the ladder finds the document a structured reference names.
 */

const rfShape = /\bRF\d{2}(?: ?[A-Z0-9]){1,21}\b/g;

/** Whether the two check digits fit; spaces do not matter. */
export const isCreditorReference = (text: string): boolean => {
  const compact = text.replace(/\s+/g, '').toUpperCase();
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(compact)) return false;
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
};

/** The reference as it is compared; one that claims to be RF and has wrong check digits is none. */
export const structuredReferenceOf = (text: string | undefined): string | undefined => {
  const compact = text?.replace(/\s+/g, '').toUpperCase() ?? '';
  if (compact === '' || (/^RF\d{2}/.test(compact) && !isCreditorReference(compact))) return undefined;
  return compact.slice(0, 35);
};

/** The one valid creditor reference a free text holds; two different ones are no answer. */
export const creditorReferenceIn = (text: string): string | undefined => {
  const words = text.slice(0, 2_000).toUpperCase().match(rfShape) ?? [];
  const valid = words.flatMap((word) => longestValid(word) ?? []);
  const [reference, ...others] = new Set(valid);
  return others.length === 0 ? reference : undefined;
};

/** Words after the reference may look as if they belonged to it. */
const longestValid = (word: string): string | undefined => {
  const parts = word.split(' ');
  for (let count = parts.length; count > 0; count -= 1) {
    const candidate = parts.slice(0, count).join('');
    if (isCreditorReference(candidate)) return candidate;
  }
  return undefined;
};

/** A reference as written, or undefined for the words that stand for none. */
export const givenReference = (text: string | undefined): string | undefined => {
  const reference = text?.trim() ?? '';
  return reference === '' || /^(NONREF|NOTPROVIDED|NOT PROVIDED|NOTAVAILABLE|NONE|N\/A)$/i.test(reference)
    ? undefined
    : reference;
};
