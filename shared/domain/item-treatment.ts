/**
 * What each kind and state of item does: the matrix of the defaults, row by row, as data.
 * From: the kind of an item and the facts about it. Next: `item-parts.ts` gives each part of an item its row;
 * aging, reminders, worklist, DSO and interest read the columns.
 */
import type { ItemKind } from './item.ts';

export type Treatment = {
  /** In accounts receivable: yes, deducted, as a kind of its own, beside it, as a total of its own, or not. */
  inAr: 'yes' | 'minus' | 'ownKind' | 'memo' | 'ownTotal' | 'no';
  /** Where aging shows it. Buckets go by the due day, which a plan does not change and a deduction inherits. */
  column: 'buckets' | 'credits' | 'retention' | 'drafts' | 'insolvent' | 'intercompany' | 'none';
  /** Within the buckets: can be shown beside them, is flagged, or is also counted in a column of its own. */
  inBuckets?: 'switchable' | 'flagged' | 'alsoOwnColumn';
  /** Whether a reminder may ask for it, or who asks instead. */
  claimed:
    | ('yes' | 'nets' | 'besidePrincipal' | 'no' | 'underReview' | 'releaseReminder')
    | ('planTrack' | 'deductionTrack' | 'downPaymentTrack' | 'factorOnly' | 'ownClaim');
  worklist: 'yes' | 'nets' | 'no' | 'promises' | 'plans' | 'deductions' | 'legal' | 'agencyOnly';
  dso: boolean;
  interest:
    ('byRule' | 'no' | 'silent' | 'silentUntilDecided') | ('byPlan' | 'neverOnItself' | 'stopsAtFiling');
};

export type KindRow =
  | ('receivable' | 'credit' | 'deduction' | 'draftBeforeMaturity' | 'retentionBeforeRelease')
  | ('interestOrFee' | 'downPaymentRequest');
export type StateRow =
  | ('writtenOff' | 'factorDisclosed' | 'intercompany' | 'insolvent' | 'placed' | 'inPlan')
  | ('directDebitPending' | 'disputed' | 'promised');
export type TreatmentRow = KindRow | StateRow;

const inBooks = { inAr: 'yes', column: 'buckets', dso: true } as const;
const apart = { inAr: 'memo', column: 'none', worklist: 'no', dso: false, interest: 'no' } as const;

/** Invoice, debit note and instalment share `receivable`, also when pledged without telling the debtor. */
export const treatments: Readonly<Record<TreatmentRow, Treatment>> = {
  receivable: { ...inBooks, claimed: 'yes', worklist: 'yes', interest: 'byRule' },
  credit: { inAr: 'minus', column: 'credits', claimed: 'nets', worklist: 'nets', dso: true, interest: 'no' },
  disputed: {
    ...{ ...inBooks, inBuckets: 'switchable', claimed: 'underReview' },
    ...{ worklist: 'no', interest: 'silentUntilDecided' },
  },
  promised: { ...inBooks, claimed: 'no', worklist: 'promises', interest: 'silent' },
  inPlan: {
    ...{ ...inBooks, inBuckets: 'flagged', claimed: 'planTrack' },
    ...{ worklist: 'plans', interest: 'byPlan' },
  },
  deduction: {
    ...{ ...inBooks, inBuckets: 'alsoOwnColumn', claimed: 'deductionTrack' },
    ...{ worklist: 'deductions', interest: 'no' },
  },
  directDebitPending: { ...inBooks, claimed: 'no', worklist: 'no', interest: 'no' },
  draftBeforeMaturity: { ...inBooks, column: 'drafts', claimed: 'no', worklist: 'no', interest: 'no' },
  retentionBeforeRelease: {
    ...{ inAr: 'yes', column: 'retention', claimed: 'releaseReminder' },
    ...{ worklist: 'no', dso: false, interest: 'no' },
  },
  interestOrFee: {
    ...{ inAr: 'ownKind', column: 'buckets', claimed: 'besidePrincipal' },
    ...{ worklist: 'no', dso: false, interest: 'neverOnItself' },
  },
  downPaymentRequest: { ...apart, claimed: 'downPaymentTrack' },
  factorDisclosed: { ...apart, claimed: 'factorOnly' },
  intercompany: { ...apart, inAr: 'ownTotal', column: 'intercompany', claimed: 'ownClaim' },
  placed: { ...inBooks, claimed: 'no', worklist: 'no', interest: 'silent' },
  insolvent: { ...inBooks, column: 'insolvent', claimed: 'no', worklist: 'legal', interest: 'stopsAtFiling' },
  writtenOff: { ...apart, inAr: 'no', claimed: 'no', worklist: 'agencyOnly' },
};

/** The row of a kind once nothing about the item holds it back: a draft matured, a retention released. */
export const rowOfKind: Readonly<Record<ItemKind, KindRow>> = {
  invoice: 'receivable',
  debitNote: 'receivable',
  creditNote: 'credit',
  paymentOnAccount: 'credit',
  deduction: 'deduction',
  interest: 'interestOrFee',
  fee: 'interestOrFee',
  retention: 'receivable',
  downPaymentRequest: 'downPaymentRequest',
  draft: 'receivable',
};

/**
 * A kind in a state: the state decides who asks for it and works on it, the kind keeps what a state cannot
 * give it: a credit still counts as minus, a draft keeps its column, interest never bears interest.
 */
export const treatmentOf = (kindRow: KindRow, stateRow?: StateRow): Treatment => {
  const kind = treatments[kindRow];
  if (stateRow === undefined) return kind;
  const state = treatments[stateRow];
  if (state.column === 'none' || kindRow === 'receivable') return state;
  const { claimed, worklist } = state;
  if (kind.column === 'none') return { ...kind, claimed, worklist };
  if (state.column === 'intercompany') return state;
  return {
    ...{ ...kind, claimed, worklist },
    column: state.column === 'buckets' ? kind.column : state.column,
    dso: kind.dso && state.dso,
    interest: kind.interest === 'byRule' ? state.interest : kind.interest,
  };
};
