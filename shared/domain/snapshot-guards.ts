/**
 * The guards of a snapshot (`defaults.md` §2.4): nothing of it is posted until all of them pass.
 * From: the import, counted and summed, and the snapshot accepted before of the same scope. Next: it goes on, is
 * held for a person, is refused, or says nothing about its scope.
 */
import { instantFromText } from './calendar.ts';
import type { LedgerMode } from './company.ts';
import { controlTotalsDiffer } from './control-totals.ts';
import type { ImportDocument, Sums } from './imports.ts';
import { isWholeCompany, type Manifest } from './manifest.ts';
import { amountOf, subtract, zero } from './money.ts';
import { percentOf } from './percent.ts';

export type GuardCode =
  'snapshot-older' | 'control-total-mismatch' | 'snapshot-shrank' | 'too-many-rejects' | 'book-kept-here';

export type Guarded =
  | { is: 'passed' }
  /** The company or range of the scope is not in the file: its items are left alone. */
  | { is: 'absent' }
  | { is: 'held' | 'refused'; code: GuardCode; detail: string };

/** A fall up to this share, or of this many items, is an ordinary night. */
const mostFallHundredths = 2_000;
const mostFallItems = 50;
/** Rows that may be refused: this share of the file, or this many. */
const mostRefusedHundredths = 200;
const mostRefusedRows = 10;

type Facts = Pick<ImportDocument, 'asOf' | 'scope' | 'declared' | 'counts' | 'sums' | 'readSums'>;

/** `isReleased`: a person saw what held it and let it go on. What refuses it refuses it still. */
export const guardSnapshot = (
  facts: Facts,
  before: Manifest | undefined,
  mode: LedgerMode,
  isReleased: boolean,
): Guarded => {
  const refused = refusedBecause(facts, before, mode);
  if (refused) return { is: 'refused', ...refused };
  if (facts.counts.rows === 0 && !isWholeCompany(facts.scope)) return { is: 'absent' };
  const held = isReleased ? undefined : (shrankBecause(facts, before) ?? rejectsBecause(facts));
  return held ? { is: 'held', ...held } : { is: 'passed' };
};

type Because = { code: GuardCode; detail: string } | undefined;

const refusedBecause = (facts: Facts, before: Manifest | undefined, mode: LedgerMode): Because => {
  if (mode === 'dunwellLed') return { code: 'book-kept-here', detail: 'The company keeps its book here.' };
  const { asOf = '' } = facts;
  if (before !== undefined && !isLater(asOf, before.asOf))
    return { code: 'snapshot-older', detail: `As of ${asOf}; accepted is one as of ${before.asOf}.` };
  return totalsDiffer(facts);
};

/** ISO instants of any precision and offset. */
const isLater = (one: string, other: string): boolean =>
  instantFromText(one).since(instantFromText(other)).sign > 0;

/** What the file says of itself against all that was read of it, repeated rows too. */
const totalsDiffer = ({ readSums, sums, ...facts }: Facts): Because => {
  const differ = controlTotalsDiffer({ ...facts, readSums: readSums ?? sums });
  return differ && { code: differ.code, detail: differ.detail };
};

const currenciesOf = (...sums: readonly Sums[]): string[] =>
  [...new Set(sums.flatMap(Object.keys))].toSorted();

/** Items over the whole file; sums currency by currency, where there was more than a handful of items. */
const shrankBecause = ({ counts, sums }: Facts, before: Manifest | undefined): Because => {
  if (before === undefined) return undefined;
  const fall = before.rows - counts.accepted;
  if (fall > mostFallItems && isMoreThan(fall, before.rows, mostFallHundredths))
    return { code: 'snapshot-shrank', detail: `${counts.accepted} rows, before ${before.rows}.` };
  for (const currency of currenciesOf(before.sums)) {
    const [was, is] = [before.sums[currency] ?? zero, sums[currency] ?? zero];
    const isHandful = (before.items[currency] ?? 0) <= mostFallItems;
    if (!isHandful && isMoreThan(subtract(was, is), was, mostFallHundredths))
      return { code: 'snapshot-shrank', detail: `${currency} ${is} minor units, before ${was}.` };
  }
  return undefined;
};

const rejectsBecause = ({ counts: { rows, rejected } }: Facts): Because =>
  rejected > mostRefusedRows && isMoreThan(rejected, rows, mostRefusedHundredths)
    ? { code: 'too-many-rejects', detail: `${rejected} of ${rows} rows were refused.` }
    : undefined;

/** Whether `part` is more than the share of the size of `whole`. */
const isMoreThan = (part: number, whole: number, shareHundredths: number): boolean =>
  part > percentOf(amountOf(Math.abs(whole)), shareHundredths, 'towardsZero');
