/**
 * Which known document numbers a free text names, as payers write them.
 * From: the text of a bank line or a mail, the numbers of open items. Next: the ladder (`allocation.ts`).
 * Leading zeros, case and separators do not matter; a number inside a longer one is not named. Numbers of fewer
 * than three letters or digits are not looked for: they are found everywhere.
 */

/** Words that may stand right before a number without being part of it. */
const documentWords = new Set(
  'INV INVOICE RE RG RNR RECHNUNG RECHNR FA FACT FACTURE FAKTURA FACTURA FATTURA NR NO N NUM NUMMER BELEG DOC BILL REF CN GS'.split(
    ' ',
  ),
);

/** A run of letters or of digits; `joined` to the one before by nothing or by a separator that is no space. */
type Run = { text: string; isDigits: boolean; joined: 'directly' | 'bySign' | 'no' };

const mostRuns = 8;
const longestText = 4_000;

/** Between documents: a list, not a number. */
const listSigns = /[,;+&|\n\r\t()[\]"]|(?<=\s)[-/](?=\s)/;
/** `1.234,56`, `1234.50`: money, not a number. */
const looksLikeMoney = /^(\d{1,3}([.,']\d{3})+|\d+)[.,]\d{2}$/;

/** The numbers, as known, that the text names. Sorted; independent of the order they are known in. */
export const documentNumbersIn = (text: string, known: readonly string[]): string[] =>
  numberFinder(known)(text);

/** The same for many texts: what is known is prepared once. */
export const numberFinder = (known: readonly string[]): ((text: string) => string[]) => {
  const index = indexOf(known);
  return (text) => [...new Set(piecesOf(text).flatMap((piece) => numbersOrList(piece, index)))].toSorted();
};

/** Two writings with a key in common name the same document: `re 0012/26` and `RE-12-26`. */
export const numberKeys = (number: string): string[] => keysOf(runsOf(number));

const upper = (text: string): string => text.normalize('NFKC').toUpperCase();

const piecesOf = (text: string): string[] =>
  upper(text.slice(0, longestText))
    .split(/\s+/)
    .map((word) => (looksLikeMoney.test(word.replace(/[A-Z€$£]+$|^[A-Z€$£]+/g, '')) ? ';' : word))
    .join(' ')
    .split(listSigns);

const runsOf = (text: string): Run[] => {
  const runs: Run[] = [];
  let end = 0;
  for (const match of upper(text).matchAll(/\d+|\p{L}+/gu)) {
    const between = upper(text).slice(end, match.index);
    const joined = between === '' ? 'directly' : /\s/.test(between) ? 'no' : 'bySign';
    runs.push({ text: match[0], isDigits: /^\d/.test(match[0]), joined: runs.length === 0 ? 'no' : joined });
    end = match.index + match[0].length;
  }
  return runs;
};

const withoutZeros = ({ text, isDigits }: Run): string => (isDigits ? text.replace(/^0+(?=\d)/, '') : text);

/** Run by run, and written in one; a text of several words has only the first. */
const keysOf = (runs: readonly Run[]): string[] => {
  const [first, ...rest] = runs;
  if (first === undefined) return [];
  const byRun = runs.map(withoutZeros).join('|');
  const isOneWord = rest.every(({ joined }) => joined !== 'no');
  return isOneWord ? [byRun, `=${compact(runs)}`] : [byRun];
};

/** All in one, without the zeros that lead the first digits. */
const compact = (runs: readonly Run[]): string => {
  const firstDigits = runs.findIndex(({ isDigits }) => isDigits);
  return runs.map((run, index) => (index === firstDigits ? withoutZeros(run) : run.text)).join('');
};

const indexOf = (known: readonly string[]): Map<string, Set<string>> => {
  const index = new Map<string, Set<string>>();
  for (const number of new Set(known)) {
    const runs = runsOf(number);
    if (runs.reduce((length, run) => length + withoutZeros(run).length, 0) < 3) continue;
    for (const key of keysOf(runs)) index.set(key, (index.get(key) ?? new Set()).add(number));
  }
  return index;
};

/** `1001/1002` is a list where it is no number itself and all of its parts are numbers. */
const numbersOrList = (piece: string, index: Map<string, Set<string>>): string[] => {
  const numbers = numbersOf(piece, index);
  if (numbers.length > 0 || !piece.includes('/')) return numbers;
  const parts = piece.split('/').map((part) => numbersOf(part, index));
  return parts.every((part) => part.length > 0) ? parts.flat() : [];
};

/** The longest matches from the left; what one match has used no other can. */
const numbersOf = (piece: string, index: Map<string, Set<string>>): string[] => {
  const runs = runsOf(piece);
  const found: string[] = [];
  for (let start = 0; start < runs.length; start += 1) {
    for (let end = Math.min(runs.length, start + mostRuns); end > start; end -= 1) {
      const number = standsAlone(runs, start, end) ? oneNumber(runs.slice(start, end), index) : undefined;
      if (number === undefined) continue;
      found.push(number);
      start = end - 1;
      break;
    }
  }
  return found;
};

/** The one number of that writing; where zeros tell several apart, the one written just so. */
const oneNumber = (runs: readonly Run[], index: Map<string, Set<string>>): string | undefined => {
  const written = [{ ...runs[0]!, joined: 'no' as const }, ...runs.slice(1)];
  const numbers = new Set(keysOf(written).flatMap((key) => [...(index.get(key) ?? [])]));
  if (numbers.size === 1) return [...numbers][0];
  const exact = [...numbers].filter((number) => letters(runsOf(number)) === letters(runs));
  return exact.length === 1 ? exact[0] : undefined;
};

const letters = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

/** Nothing belongs to it on either side but a document word before it. */
const standsAlone = (runs: readonly Run[], start: number, end: number): boolean => {
  if (runs[end] !== undefined && runs[end].joined !== 'no') return false;
  for (let at = start; at > 0 && runs[at]!.joined !== 'no'; at -= 1)
    if (!documentWords.has(runs[at - 1]!.text)) return false;
  return runs.slice(start, end).some(({ isDigits }) => isDigits);
};
