/**
 * The worklist: what is due today, never ranked away, and after it the accounts by points.
 * From: `worklist-account.ts` and a company's rules. Next: rows in the collector's list; `worklist-why.ts`.
 * The same accounts give the same list whatever their order; an account stands in it once.
 */
import type { Day } from './calendar.ts';
import { compareDues, compareText, type WorklistAccount, type WorklistDue } from './worklist-account.ts';
import { inCurrency, scorerFor, type Score, type ScoreSetting } from './worklist-score.ts';

export type OffReason =
  ('contactedToday' | 'placed' | 'legal' | 'insolvent') | ('netCredit' | 'nothingClaimable' | 'belowMinimum');

export type RankedRow = { account: WorklistAccount; score: Score };
/** `dues`: all that is due, the first of which gives the row its place. */
export type DueRow = RankedRow & { dues: readonly [WorklistDue, ...WorklistDue[]] };
export type OffRow = RankedRow & { reason: OffReason };
export type Worklist = { due: readonly DueRow[]; ranked: readonly RankedRow[]; off: readonly OffRow[] };

/** @throws RangeError for a currency without limits. */
export const worklistOf = (accounts: readonly WorklistAccount[], setting: ScoreSetting): Worklist => {
  const score = scorerFor(setting);
  const due: DueRow[] = [];
  const ranked: RankedRow[] = [];
  const off: OffRow[] = [];
  const reasonOf = offReasons(setting);
  for (const account of accounts) {
    const row = { account, score: score(account) };
    const [first, ...rest] = duesBy(account, setting.today);
    const reason = reasonOf(row);
    if (first !== undefined) due.push({ ...row, dues: [first, ...rest] });
    else if (reason === undefined) ranked.push(row);
    else off.push({ ...row, reason });
  }
  return { due: due.toSorted(byDue), ranked: ranked.toSorted(byRank), off: off.toSorted(byRank) };
};

/** Why an account has no place among the ranked; undefined when it has one. */
export const offReasons = ({
  today,
  currency,
  rules,
}: ScoreSetting): ((row: RankedRow) => OffReason | undefined) => {
  const least = inCurrency(currency, rules.leastClaimableEuroCents);
  return ({ account, score: { claim } }) => {
    if (account.handedOver !== undefined) return account.handedOver;
    if (account.lastContactOn === today) return 'contactedToday';
    if (claim.total < 0) return 'netCredit';
    if (claim.total === 0) return 'nothingClaimable';
    return claim.total < least ? 'belowMinimum' : undefined;
  };
};

const duesBy = ({ dues }: WorklistAccount, today: Day): WorklistDue[] =>
  dues.filter(({ on }) => on <= today).toSorted((a, b) => compareDues(a, b));

const byDue = (a: DueRow, b: DueRow): number =>
  compareDues(a.dues[0], b.dues[0], 'withoutId') || byRank(a, b);

/** More points, then the larger claim, then the older one, then the account number. */
export const byRank = (a: RankedRow, b: RankedRow): number =>
  b.score.points - a.score.points ||
  b.score.claim.total - a.score.claim.total ||
  compareText(a.score.claim.items[0]?.dueOn ?? '9', b.score.claim.items[0]?.dueOn ?? '9') ||
  compareText(a.account.accountId, b.account.accountId);
