/**
 * Reads a remittance advice of plain text, such as a mail: lines that name one document and one amount.
 * From: the text of a mail or a file. Next: `remittance.ts`. Lines without money are words to the reader; a line
 * with money and not exactly one number and one amount is unread, with the reason, and never guessed.
 */
import type { LineWords } from './remittance-words.ts';
import { lineReader } from './remittance-words.ts';
import type { Told } from './remittance-rows.ts';
import type { RemittanceRules } from './remittance-shape.ts';
import { stop } from './xml-refusal.ts';

/** Longer texts are no advice a person wrote. */
const mostLines = 5_000;
const longestLine = 1_000;

const referenceLine =
  /^\s*(?:payment|zahlungs|unsere?|our)[ -]?(?:reference|referenz|ref)\.?\s*[:#]\s*(\S{1,60})\s*$/i;
const totalLine = /^\W*(?:grand |gesamt|end)?(?:total|sum|summe|betrag|totale|montant|somme|importe)\b/i;

/** Stops with `locale-needed` when nobody said how amounts are written. */
export const remittanceText = (bytes: Uint8Array, rules: RemittanceRules): Told => {
  const { notation } = rules;
  if (notation === undefined) return stop('locale-needed', 'amounts of a text are read only as declared');
  const lines = textOf(bytes).split(/\r\n|\r|\n/);
  if (lines.length > mostLines) return stop('unread', `more than ${mostLines} lines`);
  const wordsOf = lineReader(notation, rules.currency);
  const told: Told = { lines: [], unread: [] };
  for (const [at, line] of lines.entries()) {
    const reference = referenceLine.exec(line.slice(0, longestLine))?.[1];
    if (reference !== undefined) told.reference ??= reference;
    else takeLine(told, at + 1, line, wordsOf(line.slice(0, longestLine)));
  }
  return told;
};

const takeLine = (told: Told, row: number, line: string, words: LineWords): void => {
  const { amounts, numbers, doubtful } = words;
  if (amounts.length + doubtful.length === 0) return;
  const [amount] = amounts;
  const [number] = numbers;
  const isOne = amounts.length === 1 && doubtful.length === 0 && line.length <= longestLine;
  if (isOne && amount !== undefined && numbers.length === 1 && number !== undefined)
    told.lines.push({ row, number, amount });
  else if (isOne && amount !== undefined && numbers.length === 0 && isTotal(told, line, amount))
    told.declaredTotal = amount;
  else told.unread.push({ row, code: 'unread', detail: reasonOf(words), text: line.slice(0, longestLine) });
};

const isTotal = ({ declaredTotal }: Told, line: string, amount: number): boolean =>
  totalLine.test(line) && (declaredTotal ?? amount) === amount;

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return stop('encoding-unknown', 'the text is not UTF-8');
    throw error;
  }
};

const reasonOf = ({ amounts, numbers, doubtful }: LineWords): string =>
  doubtful.length > 0
    ? `"${(doubtful[0] ?? '').slice(0, 60)}" is no amount as declared, in the currency declared`
    : `the line names ${numbers.length} documents and ${amounts.length} amounts; one of each is read`;
