/**
 * The amounts of a document, signed from the debit side, and the kind of document they make it.
 * From: `rows-document.ts`. Next: the row. Sign style and debit/credit mark are the profile's; a sign that does
 * not suit the kind refuses the row, for either the kind or the sign is wrong.
 */
import type { Decimals } from '../domain/currencies.ts';
import type { ItemKind } from '../domain/item.ts';
import { negate, zero, type AmountMinor } from '../domain/money.ts';
import type { DocumentOptions } from './rows-document.ts';
import { fault, type Line } from './rows-fields.ts';

export type Amounts = {
  kind: ItemKind;
  original: AmountMinor;
  open: AmountMinor;
  tax?: AmountMinor;
  net?: AmountMinor;
  /** What the order says the document should come to. */
  ordered?: AmountMinor;
};

const creditKinds: readonly ItemKind[] = ['creditNote', 'paymentOnAccount'];

/** Undefined when a reason was noted. */
export const amountsIn = (line: Line, options: DocumentOptions, decimals: Decimals): Amounts | undefined => {
  const before = line.reasons.length;
  const read = (field: string) => options.values.amount(line, field, decimals);
  const raw = { original: read('originalAmount'), open: read('openAmount') };
  const [tax, net, ordered] = [read('taxAmount'), read('netAmount'), read('orderAmount')];
  const told = options.open === 'none' ? raw.original : (raw.open ?? raw.original);
  if (told === undefined || (options.open === 'needed' && raw.open === undefined))
    return line.reasons.length > before ? undefined : missing(line, options);
  const mark = markIn(line, options, told);
  const word = kindIn(line, options);
  if (mark === undefined || word === undefined || line.reasons.length > before) return undefined;
  const turned = turns(options, mark, word);
  const debitSide = (amount: AmountMinor): AmountMinor => (turned ? negate(amount) : amount);
  const kind =
    word === 'bySign' ? options.profile.kindBySign[debitSide(told) < 0 ? 'credit' : 'debit'] : word;
  const open = options.open === 'none' ? zero : debitSide(told);
  const original = debitSide(raw.original ?? told);
  if (!isSound(line, options, { kind, original, open })) return undefined;
  const amounts: Amounts = { kind, original, open };
  if (tax !== undefined) amounts.tax = debitSide(tax);
  if (net !== undefined) amounts.net = debitSide(net);
  if (ordered !== undefined) amounts.ordered = debitSide(ordered);
  return amounts;
};

const missing = (line: Line, { values, open }: DocumentOptions): undefined =>
  fault(
    line,
    values.cell(line, open === 'needed' ? 'openAmount' : 'originalAmount'),
    'invalid-amount',
    'an amount may not be blank',
  );

type Mark = 'debit' | 'credit' | 'none';

const markIn = (line: Line, { profile, values }: DocumentOptions, told: AmountMinor): Mark | undefined => {
  const { marks } = profile;
  if (marks === undefined) return 'none';
  const cell = values.cell(line, 'debitCredit');
  const word = cell.text.toUpperCase();
  const found = (['debit', 'credit'] as const).find((side) =>
    marks[side].some((mark) => mark.toUpperCase() === word),
  );
  if (found === undefined) return fault(line, cell, 'invalid-mark', 'neither the debit nor the credit mark');
  return told < 0 ? fault(line, cell, 'invalid-mark', 'the amount has a sign beside its mark') : found;
};

/** The kind the type word names; `bySign` when there is no word. */
const kindIn = (line: Line, { profile, values }: DocumentOptions): ItemKind | 'bySign' | undefined => {
  const cell = values.cell(line, 'type');
  if (cell.text === '') return 'bySign';
  const word = cell.text.toLowerCase();
  const kind = Object.hasOwn(profile.kinds, word) ? profile.kinds[word] : undefined;
  return (
    kind ?? fault(line, cell, 'unknown-type', `"${cell.text.slice(0, 60)}" is no known type of document`)
  );
};

const turns = ({ profile }: DocumentOptions, mark: Mark, kind: ItemKind | 'bySign'): boolean => {
  if (mark !== 'none') return mark === 'credit';
  if (profile.sign === 'inverted') return true;
  return profile.sign === 'positiveCredits' && kind !== 'bySign' && creditKinds.includes(kind);
};

const isSound = (
  line: Line,
  { values }: DocumentOptions,
  { kind, original, open }: { kind: ItemKind; original: AmountMinor; open: AmountMinor },
): boolean => {
  const isCredit = creditKinds.includes(kind);
  const wrong = (amount: AmountMinor): boolean => (isCredit ? amount > 0 : amount < 0);
  const cell = values.cell(
    line,
    values.cell(line, 'openAmount').text === '' ? 'originalAmount' : 'openAmount',
  );
  if (wrong(original) || wrong(open))
    fault(line, cell, 'sign-mismatch', `${kind} with an amount of the ${isCredit ? 'debit' : 'credit'} side`);
  else if (Math.abs(open) > Math.abs(original))
    fault(line, cell, 'open-above-original', 'more is open than the document came to');
  else return true;
  return false;
};
