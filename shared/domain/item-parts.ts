/**
 * An item in parts, each with the one row of the treatment matrix it falls under; parts sum to the open amount.
 * From: an item, the facts about it, a day. Next: the claim (below), aging, worklist, DSO, interest.
 */
import type { Day } from './calendar.ts';
import type { Item } from './item.ts';
import {
  rowOfKind,
  treatmentOf,
  treatments,
  type KindRow,
  type StateRow,
  type Treatment,
  type TreatmentRow,
} from './item-treatment.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';

/** Facts about an item that do not stand on its document. What is absent does not hold. */
export type ItemStates = {
  /** Part of the open amount under dispute. */
  disputed?: AmountMinor;
  /** Part promised, and the last day the promise holds reminders back: its date + 2 business days. */
  promised?: { amount: AmountMinor; holdsUntilOn: Day };
  isInPlan?: boolean;
  isDirectDebitPending?: boolean;
  isFactorDisclosed?: boolean;
  /** With an agency or a lawyer. */
  isPlaced?: boolean;
  isDebtorInsolvent?: boolean;
  isWrittenOff?: boolean;
};

export type ItemPart = {
  amount: AmountMinor;
  /** Why it is treated so: its state, else its kind. */
  row: TreatmentRow;
  kindRow: KindRow;
  treatment: Treatment;
  /** The due day of this part: a retained part is due at its release. */
  dueOn: Day;
};

type Piece = Pick<ItemPart, 'amount' | 'kindRow' | 'dueOn'>;

/**
 * The parts of an item on a day. A state of the whole item comes first, the strongest of them alone; then
 * what a dispute and a promise take, in this order, out of what could be claimed; the rest goes by its kind.
 */
export const partsOf = (item: Item, states: ItemStates, onDay: Day): ItemPart[] => {
  const pieces = piecesOf(item, onDay);
  const whole = wholeState(item, states);
  if (whole) return pieces.map((piece) => partOf(piece, whole));
  const promised = states.promised && onDay <= states.promised.holdsUntilOn ? states.promised.amount : zero;
  const disputed = take(pieces, states.disputed ?? zero);
  const kept = take(disputed.left, promised);
  return [
    ...disputed.taken.map((piece) => partOf(piece, 'disputed')),
    ...kept.taken.map((piece) => partOf(piece, 'promised')),
    ...kept.left.map((piece) => partOf(piece)),
  ];
};

const partOf = (piece: Piece, state?: StateRow): ItemPart => ({
  ...piece,
  row: state ?? piece.kindRow,
  treatment: treatmentOf(piece.kindRow, state),
});

const wholeState = ({ isIntercompany }: Item, states: ItemStates): StateRow | undefined => {
  if (states.isWrittenOff) return 'writtenOff';
  if (states.isFactorDisclosed) return 'factorDisclosed';
  if (isIntercompany) return 'intercompany';
  if (states.isDebtorInsolvent) return 'insolvent';
  if (states.isPlaced) return 'placed';
  if (states.isInPlan) return 'inPlan';
  return states.isDirectDebitPending ? 'directDebitPending' : undefined;
};

/** One piece, or two where a part of a debit is retained. What is negative counts as a credit. */
const piecesOf = (item: Item, onDay: Day): Piece[] => {
  const { kind, open, dueOn, retention } = item;
  if (kind === 'draft' && open >= 0 && onDay < dueOn)
    return [{ amount: open, kindRow: 'draftBeforeMaturity', dueOn }];
  const kindRow = open < 0 && kind !== 'downPaymentRequest' ? 'credit' : rowOfKind[kind];
  if (kindRow === 'credit') return [{ amount: open, kindRow, dueOn }];
  if (kind === 'retention') return [retained(open, kindRow, dueOn, retention?.releaseOn ?? dueOn, onDay)];
  const held = retention && retention.amount > 0 ? smaller(retention.amount, open) : zero;
  if (held <= 0) return [{ amount: open, kindRow, dueOn }];
  return [
    { amount: subtract(open, held), kindRow, dueOn },
    retained(held, kindRow, dueOn, retention?.releaseOn, onDay),
  ].filter(({ amount }) => amount !== 0);
};

/** Retained until its release day, which then is its due day; without one, until somebody sets it. */
const retained = (
  amount: AmountMinor,
  released: KindRow,
  dueOn: Day,
  releaseOn: Day | undefined,
  onDay: Day,
): Piece => ({
  amount,
  kindRow: releaseOn === undefined || onDay < releaseOn ? 'retentionBeforeRelease' : released,
  dueOn: releaseOn !== undefined && releaseOn > dueOn ? releaseOn : dueOn,
});

/** Takes up to `amount` out of the pieces that could be claimed; the others are held already. */
const take = (pieces: readonly Piece[], amount: AmountMinor): { taken: Piece[]; left: Piece[] } => {
  const taken: Piece[] = [];
  const left: Piece[] = [];
  let wanted = amount;
  for (const piece of pieces) {
    const { claimed } = treatments[piece.kindRow];
    const isClaimable = claimed === 'yes' || claimed === 'besidePrincipal';
    const part = isClaimable && wanted > 0 ? smaller(wanted, piece.amount) : zero;
    const rest = subtract(piece.amount, part);
    if (part !== 0) taken.push({ ...piece, amount: part });
    if (rest !== 0 || part === 0) left.push({ ...piece, amount: rest });
    wanted = subtract(wanted, part);
  }
  return { taken, left };
};

export type Claim = {
  /** May stand in the sum a reminder asks for; negative for credits, which net. */
  claimed: AmountMinor;
  /** Interest and fees: only where principal is asked for too. */
  besidePrincipal: AmountMinor;
  held: { amount: AmountMinor; reason: TreatmentRow }[];
};

/** What may be claimed of an item on a day and what is held, why; together the open amount. */
export const claimableOf = (item: Item, states: ItemStates, onDay: Day): Claim => {
  const parts = partsOf(item, states, onDay);
  const totalOf = (...wanted: Treatment['claimed'][]): AmountMinor =>
    sum(...parts.filter(({ treatment }) => wanted.includes(treatment.claimed)).map(({ amount }) => amount));
  const isHeld = ({ treatment, amount }: ItemPart): boolean =>
    amount !== 0 && !['yes', 'nets', 'besidePrincipal'].includes(treatment.claimed);
  return {
    claimed: totalOf('yes', 'nets'),
    besidePrincipal: totalOf('besidePrincipal'),
    held: parts.filter(isHeld).map(({ amount, row }) => ({ amount, reason: row })),
  };
};
