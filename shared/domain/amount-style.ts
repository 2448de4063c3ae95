/**
 * How a source writes amounts, as somebody declared it: nothing about it is guessed from the amounts.
 * From: the mapping profile of a feed, the locale of a form or an export. Next: `amount-text.ts`.
 */

/** Between the whole part and the decimals, and between groups of the whole part ('' writes none). */
export type NumberMarks =
  { decimal: '.'; group: '' | ',' | ' ' | "'" } | { decimal: ','; group: '' | '.' | ' ' | "'" };

/** 1,234,567 or, as in India, 12,34,567. */
export type Grouping = 'threes' | 'indian';

/**
 * Where the sign stands: `-5`, `5-`, `(5)`, or a word for each side, such as `S` and `H` or `DR` and `CR`.
 * A debit is positive. One of the two words may be '' when the source marks only the other side.
 */
export type SignStyle =
  { at: 'front' } | { at: 'end' } | { at: 'parentheses' } | { at: 'mark'; debit: string; credit: string };

export type AmountStyle = NumberMarks & { grouping: Grouping; sign: SignStyle };

/** `1234.50` and `-1234.50`: what machines write. */
export const plainAmountStyle: AmountStyle = {
  decimal: '.',
  group: '',
  grouping: 'threes',
  sign: { at: 'front' },
};
