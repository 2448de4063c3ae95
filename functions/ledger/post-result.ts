/**
 * What posting a part came to, counted from the entries it made: also after a crash between two of them it is what
 * the ledger says, not what one run remembers.
 * From: `post-part.ts`. Next: the report of the import, the morning check.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { isMoneyFact, type Fact, type MoneyFact } from '../../shared/domain/facts.ts';
import type { PartResult, Sums } from '../../shared/domain/imports.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { negate, subtract, sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import { noMovements, type Movements } from '../../shared/domain/morning-check.ts';
import type { LedgerAccount } from '../../shared/domain/postings.ts';
import { idsOfWork } from './post-load.ts';
import type { Decided } from './post-decide.ts';

export type PostedAccount = { work: AccountWork; decided: Decided; entries: readonly Entry[] };

export const resultOf = (part: string, posted: readonly PostedAccount[], hashText: HashText): PartResult => {
  const facts = posted.flatMap(({ entries }) => entries.flatMap((entry) => [...entry.facts]));
  const refused = posted.flatMap(({ decided }) => decided.refused);
  const rows = posted.reduce((all, { work }) => all + rowsOf(work).length, 0);
  const changed = posted.reduce((all, one) => all + changedRows(one, hashText), 0);
  const movements = movementsOf(facts);
  return {
    ...{ part, accounts: posted.length, rows, posted: changed },
    entries: posted.reduce((all, { entries }) => all + entries.length, 0),
    unchanged: rows - changed - refused.length,
    refusedBy: countBy(refused.map(({ refusal }) => refusal.code)),
    change: changeOf(facts),
    ...(posted.some(({ work }) => work.do === 'reconcile')
      ? { movements, differences: posted.flatMap(({ decided }) => [...(decided.differences ?? [])]) }
      : {}),
  };
};

type AnyWorkRow = { row: number };

/** All rows of an account's work. */
export const rowsOf = (work: AccountWork): readonly AnyWorkRow[] =>
  work.do === 'journal' ? [...work.documents, ...work.allocations] : work.rows;

/** Rows whose item an entry of this part touched; master data has no items and counts as one with its entry. */
const changedRows = ({ work, entries, decided }: PostedAccount, hashText: HashText): number => {
  const facts = entries.flatMap((entry) => [...entry.facts]);
  if (work.do === 'customers' || work.do === 'contacts') return facts.length > 0 ? work.rows.length : 0;
  const touched = new Set(facts.flatMap(idsIn));
  const refused = new Set(decided.refused.map(({ row }) => row.row));
  return rowsOf(work).filter((row) => !refused.has(row.row) && isTouched(work, row, touched, hashText))
    .length;
};

const isTouched = (
  work: AccountWork,
  row: AnyWorkRow,
  touched: ReadonlySet<string>,
  hashText: HashText,
): boolean => {
  const only = (name: 'rows' | 'documents' | 'allocations'): AccountWork =>
    ({ ...work, rows: [], documents: [], allocations: [], [name]: [row] }) as unknown as AccountWork;
  if (work.do !== 'journal') return touched.has(ownIdOf(only('rows'), hashText));
  const isDocument = work.documents.some((one) => one === row);
  return touched.has(ownIdOf(only(isDocument ? 'documents' : 'allocations'), hashText));
};

/** The first id of a work of one row is its own; others are what it names. */
const ownIdOf = (work: AccountWork, hashText: HashText): string => idsOfWork(work, hashText)[0] ?? '';

const idsIn = (fact: Fact): string[] => {
  if (fact.kind === 'itemPosted' || fact.kind === 'paymentReceived') return [fact.item.id];
  return 'itemId' in fact ? [fact.itemId] : [];
};

const countBy = (codes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};

const openAccounts: readonly LedgerAccount[] = ['receivables', 'unapplied', 'requested'];

/** By how much a fact changed what is open, from the debit side. */
const deltaOf = ({ posting: { debit, credit, amount } }: MoneyFact): AmountMinor =>
  subtract(openAccounts.includes(debit) ? amount : zero, openAccounts.includes(credit) ? amount : zero);

/** By how much facts changed what is open, by currency. */
export const changeOf = (facts: readonly Fact[]): Sums => {
  const change: Record<Currency, AmountMinor> = {};
  for (const fact of facts.filter(isMoneyFact)) {
    const { currency } = fact.posting;
    change[currency] = sum(change[currency] ?? zero, deltaOf(fact));
  }
  return change;
};

const movementsOf = (facts: readonly Fact[]): Record<Currency, Movements> => {
  const movements: Record<Currency, Movements> = {};
  for (const fact of facts.filter(isMoneyFact)) {
    const { currency } = fact.posting;
    movements[currency] = moved(movements[currency] ?? noMovements, fact);
  }
  return movements;
};

const moved = (before: Movements, fact: MoneyFact): Movements => {
  const delta = deltaOf(fact);
  const plus = (name: keyof Movements, amount: AmountMinor): Movements => ({
    ...before,
    [name]: sum(before[name], amount),
  });
  if (fact.kind === 'itemPosted' || fact.kind === 'paymentReceived') return plus('added', delta);
  if (fact.kind === 'debitAdjusted') return plus('increased', delta);
  if (fact.kind === 'itemReopened') return plus('reopened', delta);
  if (fact.kind !== 'itemReduced') return delta === 0 ? before : plus('increased', delta);
  const down = negate(delta);
  const isGuess = fact.by === 'implied' || fact.by === 'unexplained';
  const counted = plus(fact.clearedBetween === undefined ? 'reduced' : 'cleared', down);
  return isGuess ? { ...counted, unexplained: sum(counted.unexplained, down) } : counted;
};
