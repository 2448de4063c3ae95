/**
 * Why an account is not first in a list, and what would make it so: the scorer itself, asked again (W3).
 * From: `GET api/companies/{company}/worklist/{account}/why`. Next: what a collector sees beside a row.
 */
import { factorWords, type WhyAnswer } from '../../shared/contracts/worklist.ts';
import { zero } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { partyOf, worklistAccountOf } from '../../shared/domain/worklist-of-account.ts';
import { scorerFor, type ScoreSetting } from '../../shared/domain/worklist-score.ts';
import type { DayRow } from '../../shared/domain/worklist-top.ts';
import { whatWouldMakeFirst, whyNotFirst } from '../../shared/domain/worklist-why.ts';
import { offReasons, type RankedRow } from '../../shared/domain/worklist.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { openOf, readMaster, readOpen } from './read-account.ts';
import { partsShown, rankedRows, whoseOf, type ListCall, type ListParts } from './read-worklist.ts';

export const explainRow = async (
  parts: ListParts & { accounts: AccountStore },
  { company: companyId, account: accountId }: { company: string; account: string },
  list: 'mine' | 'team' | 'pool',
  call: ListCall,
): Promise<Outcome<WhyAnswer, 'not-found'>> => {
  const absent = refuse('not-found', 'There is no such account.');
  const loaded = await readOpen(parts.accounts, call.scope, { companyId, accountId });
  const frame = loaded === undefined ? undefined : await parts.rowsOf(companyId, call.now);
  if (loaded === undefined || frame === undefined) return absent;
  const party = partyOf(await readMaster(parts.accounts, call.scope, loaded.account));
  const known = {
    head: loaded.account.head,
    items: openOf(loaded),
    party,
    blockedOrders: frame.ordersOf(accountId),
  };
  const account = worklistAccountOf(known, frame, frame.today);
  const setting: ScoreSetting = { ...frame };
  const row: RankedRow = { account, score: scorerFor(setting)(account) };
  const off = offReasons(setting)(row) ?? null;
  const isDue = account.dues.some(({ on }) => on <= frame.today);
  const whose = whoseOf({ list }, companyId, call);
  const found = await rankedRows(parts.worklist, frame, whose, { limit: 1, fits: () => true }, call.scope);
  const first = found.rows[0] === undefined ? undefined : asRanked(found.rows[0]);
  const why = first === undefined ? undefined : whyNotFirst(row, first);
  return done({
    ...{ account: accountId, today: frame.today, currency: frame.currency, off },
    lane: isDue ? 'due' : off === null ? 'ranked' : 'off',
    ...{ points: row.score.points, parts: partsShown(row.score.parts), claim: row.score.claim.total },
    notFirst:
      why === undefined || first === undefined
        ? null
        : {
            ...{ gap: why.gap, isTie: why.isTie, firstPoints: first.score.points },
            factors: why.factors.map((one) => ({ ...one, words: factorWords[one.factor] })),
          },
    wouldMakeFirst:
      first === undefined
        ? []
        : whatWouldMakeFirst(row, first, setting).map(({ change, least, points }) => ({
            ...{ change, points, least: least ?? null },
          })),
  });
};

/** As much of the first row as the comparison looks at. */
const asRanked = ({ row: { accountId }, phase }: DayRow): RankedRow => ({
  account: {
    ...{ accountId, items: [], credits: zero, risk: 'B', brokenPromiseOpen: zero, blockedOrders: zero },
    ...{ breaksCeiling: false, hasNewsSinceTalk: false, touch: 'call', dues: [] },
  },
  score: {
    ...{ points: phase.points, parts: phase.parts },
    claim: {
      total: phase.claim,
      items:
        phase.oldestDueOn === undefined
          ? []
          : [{ id: '', claimable: phase.claim, dueOn: phase.oldestDueOn, daysLate: 0 }],
    },
  },
});
