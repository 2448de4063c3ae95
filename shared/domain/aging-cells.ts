/**
 * Cells: open amounts by all that decides where aging shows them on a day still to be named.
 * From: items as they stand. Next: `aging-moves.ts` adds them up over days, `agingOfCells` ages the sums.
 * A cell is named by one text, so that sums over cells are plain records.
 */
import { agingOfParts, type AgingPart } from './aging-parts.ts';
import type { Aging, AgingChoice } from './aging.ts';
import type { Day } from './calendar.ts';
import { rowOfKind } from './item-treatment.ts';
import type { Item } from './item.ts';
import { amountOf, smaller, subtract, zero, type AmountMinor, type Currency } from './money.ts';

/** Amounts by the text of their cell; none is 0. */
export type Cells = Readonly<Record<string, AmountMinor>>;

/** What an amount is once nothing holds it back. */
export const cellKinds = ['open', 'deduction', 'credit', 'outside'] as const;

export type Cell = {
  currency: Currency;
  kind: (typeof cellKinds)[number];
  isIntercompany: boolean;
  /** The debtor is insolvent: it stands in a column of its own. */
  isInsolvent?: true;
  /** Absent where no bucket asks for it. */
  dueOn?: Day;
  documentOn?: Day;
  /** A draft until its maturity. */
  draftUntil?: Day;
  /** Retention until its release day, or until somebody sets one. */
  heldUntil?: Day | 'unset';
  /** Contested up to that day, or until somebody decides. */
  contestedUntil?: Day | 'unset';
};

/** As much of an item as one case holds. */
export type ContestedPart = { amount: AmountMinor; untilOn?: Day };

const kindOfRow = {
  receivable: 'open',
  interestOrFee: 'open',
  deduction: 'deduction',
  credit: 'credit',
  downPaymentRequest: 'outside',
  draftBeforeMaturity: 'open',
  retentionBeforeRelease: 'open',
} as const;

/** `EUR open 2026-03-31 2026-03-01 - -`: fields in their order, absent ones `-`, those at the end left out. */
export const cellText = ({ currency, kind, isIntercompany, isInsolvent, ...days }: Cell): string => {
  const { dueOn = '-', documentOn = '-', draftUntil = '-', heldUntil = '-', contestedUntil = '-' } = days;
  const name = `${kind}${isIntercompany ? '+ic' : ''}${isInsolvent === true ? '+in' : ''}`;
  return [currency, name, dueOn, documentOn, draftUntil, heldUntil, contestedUntil]
    .join(' ')
    .replace(/( -)+$/, '');
};

/** @throws when it is no text of a cell. */
export const parseCell = (text: string): Cell => {
  const [currency, name = '', ...days] = text.split(' ');
  const [of, ...marks] = name.split('+');
  const kind = cellKinds.find((one) => one === of);
  if (!currency || kind === undefined) throw new Error(`no cell: ${text}`);
  const cell: Cell = { currency, kind, isIntercompany: marks.includes('ic') };
  if (marks.includes('in')) cell.isInsolvent = true;
  const fields = ['dueOn', 'documentOn', 'draftUntil', 'heldUntil', 'contestedUntil'] as const;
  for (const [place, field] of fields.entries()) {
    const day = days[place];
    if (day !== undefined && day !== '-') cell[field] = day as Day;
  }
  return cell;
};

type Amounts = [cell: Cell, amount: AmountMinor][];

/**
 * The cells of an item as it stands: one, two where a part is retained, more where parts are contested. Their sum is
 * what is open.
 */
export const cellsOfItem = (item: Item & { contested?: readonly ContestedPart[] }): Amounts => {
  const cells = cellsByKind(item);
  return item.contested === undefined ? cells : withContested(cells, item.contested);
};

/**
 * Cases take what could be claimed, in the order of the cells; those that hold longest first, so that on any day those
 * that still hold are the first.
 */
const withContested = (cells: Amounts, parts: readonly ContestedPart[]): Amounts => {
  let left = cells;
  const taken: Amounts = [];
  const longest = parts.toSorted((a, b) => ((a.untilOn ?? '~') < (b.untilOn ?? '~') ? 1 : -1));
  for (const { amount, untilOn } of longest) {
    let wanted = amount;
    left = left.map(([cell, free]): Amounts[number] => {
      const isClaimable = cell.kind === 'open' && !cell.isIntercompany && free > 0;
      const part = isClaimable ? smaller(wanted, free) : zero;
      if (part > 0) taken.push([{ ...cell, contestedUntil: untilOn ?? 'unset' }, part]);
      wanted = subtract(wanted, part);
      return [cell, subtract(free, part)];
    });
  }
  return [...left.filter(([, amount]) => amount !== 0), ...taken];
};

const cellsByKind = (item: Item): Amounts => {
  const { kind, open, currency, isIntercompany, dueOn, documentOn, retention } = item;
  if (open === 0) return [];
  const row = open < 0 && kind !== 'downPaymentRequest' ? 'credit' : rowOfKind[kind];
  const plain = { currency, kind: kindOfRow[row], isIntercompany };
  if (row === 'credit') return [[plain, open]];
  const days = { documentOn, ...(kind === 'draft' ? { draftUntil: dueOn } : {}) };
  const own: Cell = plain.kind === 'outside' ? plain : { ...plain, dueOn, ...days };
  const retained = (releaseOn: Day | undefined): Cell => ({
    ...plain,
    ...days,
    dueOn: releaseOn !== undefined && releaseOn > dueOn ? releaseOn : dueOn,
    heldUntil: releaseOn ?? 'unset',
  });
  if (kind === 'retention') return [[retained(retention?.releaseOn ?? dueOn), open]];
  const held = retention && retention.amount > 0 ? smaller(retention.amount, open) : zero;
  if (held <= 0) return [[own, open]];
  const rest = subtract(open, held);
  const heldCell: [Cell, AmountMinor] = [retained(retention?.releaseOn), held];
  return rest === 0 ? [heldCell] : [[own, rest], heldCell];
};

/** The sum of two records of cells; what comes to 0 is left out. */
export const addCells = (a: Cells, b: Cells): Cells => sumCells(a, [b]);

/** With many more at once: what was summed so far is not copied for each of them. */
export const sumCells = (start: Cells, more: readonly Cells[]): Cells => {
  const total: Record<string, AmountMinor> = { ...start };
  for (const cells of more)
    for (const [text, amount] of Object.entries(cells)) addToCell(total, text, amount);
  return total;
};

/** Changes a sum that nobody else has yet: many are added without a copy each. */
export const addToCell = (total: Record<string, AmountMinor>, text: string, amount: AmountMinor): void => {
  const after = amountOf((total[text] ?? 0) + amount);
  if (after === 0) delete total[text];
  else total[text] = after;
};

export type AgingBasis = 'due' | 'document';

/** Cells as far as one basis asks: the other day is forgotten, so that fewer are left. */
export const cellsForBasis = (cells: Cells, basis: AgingBasis): Cells => {
  const total: Record<string, AmountMinor> = {};
  for (const [text, amount] of Object.entries(cells)) {
    const { dueOn, documentOn, ...cell } = parseCell(text);
    const day = basis === 'due' ? dueOn && { dueOn } : documentOn && { documentOn };
    addToCell(total, cellText({ ...cell, ...day }), amount);
  }
  return total;
};

/** Ages the sums of cells: as `agingOf` ages the items they came from. */
export const agingOfCells = (cells: Cells, choice: AgingChoice): Aging =>
  agingOfParts(
    Object.entries(cells).map(([text, amount]) => partOf(parseCell(text), amount, choice)),
    choice,
  );

const partOf = (cell: Cell, amount: AmountMinor, choice: AgingChoice): AgingPart => {
  const day = choice.basis === 'dueDay' ? cell.dueOn : cell.documentOn;
  return {
    currency: cell.currency,
    amount,
    isIntercompany: cell.isIntercompany,
    isDeduction: cell.kind === 'deduction',
    column: columnOn(cell, choice),
    ...(day === undefined ? {} : { countsFrom: day }),
  };
};

const columnOn = (
  { kind, isIntercompany, isInsolvent, draftUntil, heldUntil, contestedUntil }: Cell,
  { asOf: day, disputedApart }: AgingChoice,
): AgingPart['column'] => {
  if (isInsolvent === true && !isIntercompany) return kind === 'outside' ? 'outside' : 'insolvent';
  if (draftUntil !== undefined && day < draftUntil) return 'drafts';
  if (heldUntil === 'unset' || (heldUntil !== undefined && day < heldUntil)) return 'retention';
  if (kind === 'outside') return 'outside';
  const isContested = contestedUntil === 'unset' || (contestedUntil !== undefined && day <= contestedUntil);
  if (isContested && disputedApart === true) return 'disputed';
  return kind === 'credit' ? 'credits' : 'buckets';
};
