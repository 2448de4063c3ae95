/**
 * Why an account is not first, and what would make it so: the same scorer asked again with one thing changed.
 * From: the ranked rows of `worklist.ts`. Next: what a collector sees beside a row.
 */
import { addDays } from './calendar.ts';
import { amountOf, subtract, sum, zero, type AmountMinor } from './money.ts';
import type { WorklistAccount } from './worklist-account.ts';
import { byRank, offReasons, type RankedRow } from './worklist.ts';
import {
  scorerFor,
  worklistFactors,
  type Score,
  type ScoreSetting,
  type WorklistFactor,
} from './worklist-score.ts';

/** Points of a factor here and in the first row; the gaps sum to the gap of the scores. */
export type FactorGap = {
  factor: WorklistFactor;
  here: AmountMinor;
  first: AmountMinor;
  gap: AmountMinor;
};
export type WhyNotFirst = {
  gap: AmountMinor;
  /** Largest gap first. */
  factors: readonly FactorGap[];
  /** Same points, so that the order of ties decided. */
  isTie: boolean;
};

/** What sets two rows apart; undefined when it is the first itself. */
export const whyNotFirst = (row: RankedRow, first: RankedRow): WhyNotFirst | undefined => {
  if (row.account.accountId === first.account.accountId) return undefined;
  const factors = worklistFactors
    .map((factor): FactorGap => {
      const [here, there] = [pointsOf(row.score, factor), pointsOf(first.score, factor)];
      return { factor, here, first: there, gap: subtract(there, here) };
    })
    .filter(({ gap }) => gap !== 0)
    .toSorted((a, b) => b.gap - a.gap);
  const gap = subtract(first.score.points, row.score.points);
  return { gap, factors, isTie: gap === 0 };
};

/** Of a factor in a score; 0 where it has no part. */
export const pointsOf = ({ parts }: Score, factor: WorklistFactor): AmountMinor =>
  parts.find((part) => part.factor === factor)?.points ?? zero;

export type WhatIf = {
  change:
    'moreOverdue' | 'orderBlocked' | 'promiseBroken' | 'silence' | 'newsSinceTalk' | 'riskD' | 'ceiling';
  /** The least that would do, for changes that have a size. */
  least?: AmountMinor;
  points: AmountMinor;
};

type Change = {
  change: WhatIf['change'];
  apply: (account: WorklistAccount, size: AmountMinor) => WorklistAccount;
};

const sized: readonly Change[] = [
  { change: 'moreOverdue', apply: (account, size) => ({ ...account, items: withMore(account, size) }) },
  {
    change: 'orderBlocked',
    apply: (account, size) => ({ ...account, blockedOrders: sum(account.blockedOrders, size) }),
  },
  {
    change: 'promiseBroken',
    apply: (account, size) => ({ ...account, brokenPromiseOpen: sum(account.brokenPromiseOpen, size) }),
  },
];

/** More of the item that is oldest; a new one of yesterday where there is none is the caller's to think of. */
const withMore = ({ items }: WorklistAccount, size: AmountMinor): WorklistAccount['items'] => {
  const oldest = items.reduce<WorklistAccount['items'][number] | undefined>(
    (old, item) => (old === undefined || item.dueOn < old.dueOn ? item : old),
    undefined,
  );
  return items.map((item) => (item === oldest ? { ...item, claimable: sum(item.claimable, size) } : item));
};

const plainChanges = ({ today, rules }: ScoreSetting): readonly Change[] => [
  {
    change: 'silence',
    apply: (account) => ({ ...account, lastContactOn: addDays(today, -rules.silence.days) }),
  },
  { change: 'newsSinceTalk', apply: (account) => ({ ...account, hasNewsSinceTalk: true }) },
  { change: 'riskD', apply: (account) => ({ ...account, risk: 'D' }) },
  { change: 'ceiling', apply: (account) => ({ ...account, breaksCeiling: true }) },
];

/** Beyond this no amount is looked for: 10,000 million of a currency with two decimals. */
const mostLooked = 10 ** 12;

/**
 * Every single change that would put the account first, and the least size of those that have one; empty when no
 * single one would, or it is first already. Sizes are found by halving: more never lowers the rank.
 */
export const whatWouldMakeFirst = (row: RankedRow, first: RankedRow, setting: ScoreSetting): WhatIf[] => {
  if (row.account.accountId === first.account.accountId) return [];
  const scorer = scorerFor(setting);
  const reasonOf = offReasons(setting);
  const changed = ({ apply }: Change, size: number): RankedRow => {
    const account = apply(row.account, amountOf(size));
    return { account, score: scorer(account) };
  };
  const isFirst = (one: RankedRow): boolean => reasonOf(one) === undefined && byRank(one, first) < 0;
  const whatIf = (change: Change, size: number, least: boolean): WhatIf => ({
    change: change.change,
    ...(least && { least: amountOf(size) }),
    points: changed(change, size).score.points,
  });
  return [
    ...sized.flatMap((change) => {
      const size = leastThat((guess) => isFirst(changed(change, guess)));
      return size === undefined ? [] : [whatIf(change, size, true)];
    }),
    ...plainChanges(setting).flatMap((change) =>
      isFirst(changed(change, 0)) ? [whatIf(change, 0, false)] : [],
    ),
  ];
};

/** The least whole number from 1 on that does; undefined when even the most does not. */
const leastThat = (does: (size: number) => boolean): number | undefined => {
  if (!does(mostLooked)) return undefined;
  let [not, yes] = [0, mostLooked];
  while (yes - not > 1) {
    const middle = Math.floor((not + yes) / 2);
    if (does(middle)) yes = middle;
    else not = middle;
  }
  return yes;
};
