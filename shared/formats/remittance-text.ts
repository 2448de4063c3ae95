/**
 * Reads a remittance advice of plain text, such as a mail: lines that name one known document and one amount.
 * From: the text of a mail or a file. Next: `remittance.ts`. Only documents that are open are looked for, only
 * amounts as declared are read; a line with several of either is unread, with the reason, and never guessed.
 */
import { amountReader } from '../domain/amount-text.ts';
import { numberFinder } from '../domain/document-numbers.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { AmountMinor } from '../domain/money.ts';
import type { Told } from './remittance-csv.ts';
import type { RemittanceRules } from './remittance-shape.ts';
import { orStop, stop } from './xml-refusal.ts';

/** Longer texts are no advice a person wrote. */
const mostLines = 5_000;
const longestLine = 1_000;

const referenceLine =
  /^\s*(?:payment|zahlungs|unsere?|our)[ -]?(?:reference|referenz|ref)\.?\s*[:#]\s*(\S{1,60})\s*$/i;

export const remittanceText = (bytes: Uint8Array, rules: RemittanceRules): Told => {
  const { amountStyle } = rules;
  if (amountStyle === undefined) return stop('unread', 'amounts of a text are read only as declared');
  const lines = textOf(bytes).split(/\r\n|\r|\n/);
  if (lines.length > mostLines) return stop('unread', `more than ${mostLines} lines`);
  const decimals = orStop(decimalsOf(rules.currency), 'currency');
  const read = amountReader(amountStyle, decimals);
  const find = numberFinder(rules.known.map(({ number }) => number));
  const told: Told = { lines: [], unread: [] };
  lines.forEach((line, index) => {
    const row = index + 1;
    const reference = referenceLine.exec(line.slice(0, longestLine))?.[1];
    if (reference !== undefined) told.reference ??= reference;
    const numbers = find(line.slice(0, longestLine));
    const amounts = amountsIn(line.slice(0, longestLine), read, decimals > 0 ? amountStyle.decimal : '');
    const [number, ...otherNumbers] = numbers;
    const [amount, ...otherAmounts] = amounts;
    if (number === undefined) return;
    if (amount !== undefined && otherNumbers.length === 0 && otherAmounts.length === 0)
      told.lines.push({ row, number, amount });
    else told.unread.push({ row, code: 'unread', detail: reasonOf(numbers.length, amounts.length) });
  });
  return told;
};

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return stop('encoding-unknown', 'the text is not UTF-8');
    throw error;
  }
};

const reasonOf = (numbers: number, amounts: number): string =>
  `the line names ${numbers} documents and ${amounts} amounts; one of each is read`;

/** Words that are amounts: with all the decimals of their currency, so that no number of a document is one. */
const amountsIn = (line: string, read: ReturnType<typeof amountReader>, decimal: string): AmountMinor[] =>
  line.split(/[\s;|]+/).flatMap((word) => {
    const bare = word.replace(/^[€$£(]+|[€$£,;:)]+$|(?<=\d)[A-Z]{3}$|^[A-Z]{3}(?=\d)/g, '');
    if (decimal !== '' && !bare.includes(decimal)) return [];
    const amount = read(bare);
    return amount.ok ? [amount.value] : [];
  });
