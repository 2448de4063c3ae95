/**
 * The order of the list as it is and as it would be by other rules, side by side, before anybody switches.
 * From: a credit manager with rules in mind. Next: the proposal. Nothing is written. It looks at the accounts that are
 * first now, each as it stands.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { RulesPreview } from '../../shared/contracts/worklist-settings.ts';
import { subtract } from '../../shared/domain/money.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto } from '../../shared/domain/scope.ts';
import type { WorklistAccount } from '../../shared/domain/worklist-account.ts';
import { partyOf, worklistAccountOf } from '../../shared/domain/worklist-of-account.ts';
import type { WorklistRules } from '../../shared/domain/worklist-rules.ts';
import { worklistFactors } from '../../shared/domain/worklist-score.ts';
import { pointsOf } from '../../shared/domain/worklist-why.ts';
import { worklistOf, type RankedRow } from '../../shared/domain/worklist.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { noCompany } from './keep-versions.ts';
import { openOf, readMaster, readOpen } from './read-account.ts';
import { rankedRows, type ListCall, type ListParts } from './read-worklist.ts';
import type { CompanyRows } from './worklist-frame.ts';

/** Accounts that are looked at; each is read with its open items, so many at once. */
const mostLooked = 200;
const atOnce = 8;

export const previewRules = async (
  parts: ListParts & { accounts: AccountStore },
  companyId: string,
  value: WorklistRules,
  call: ListCall,
): Promise<Outcome<RulesPreview, ProblemCode>> => {
  const isWithin = reachInto(call.scope, companyId) !== 'none';
  const frame = isWithin ? await parts.rowsOf(companyId, call.now, 'fresh') : undefined;
  if (frame === undefined) return noCompany;
  const wanted = { limit: mostLooked, fits: () => true };
  const { rows } = await rankedRows(parts.worklist, frame, 'all', wanted, call.scope);
  const accounts: WorklistAccount[] = [];
  for (let first = 0; first < rows.length; first += atOnce) {
    const some = rows.slice(first, first + atOnce);
    const read = await Promise.all(some.map(({ row }) => readOne(parts, frame, row.accountId, call)));
    accounts.push(...read.filter((one) => one !== undefined));
  }
  const [now, then] = [frame.rules, value].map((rules) => standingsBy(accounts, { ...frame, rules })) as [
    Standings,
    Standings,
  ];
  const lines = accounts.map(({ accountId }) => lineOf(now.get(accountId)!, then.get(accountId)!));
  return done({
    ...{ company: companyId, today: frame.today, currency: frame.currency, looked: lines.length },
    moved: lines.filter((line) => line.now.place !== line.then.place).length,
    rows: lines.toSorted((a, b) => (a.then.place ?? lines.length + 1) - (b.then.place ?? lines.length + 1)),
  });
};

const readOne = async (
  { accounts }: { accounts: AccountStore },
  frame: CompanyRows,
  accountId: string,
  { scope }: ListCall,
): Promise<WorklistAccount | undefined> => {
  const key = { companyId: frame.company.companyId, accountId };
  const loaded = await readOpen(accounts, scope, key);
  if (loaded === undefined) return undefined;
  const { head } = loaded.account;
  const party = partyOf(await readMaster(accounts, scope, loaded.account));
  const known = { head, items: openOf(loaded), party, blockedOrders: frame.ordersOf(accountId) };
  return worklistAccountOf(known, frame, frame.today);
};

type Standing = { row: RankedRow; place: number | null };
type Standings = ReadonlyMap<string, Standing>;

/** The list itself, made of just these; who is off it has no place. */
const standingsBy = (
  accounts: readonly WorklistAccount[],
  setting: Parameters<typeof worklistOf>[1],
): Standings => {
  const { due, ranked, off } = worklistOf(accounts, setting);
  const placed = ranked.map((row, at): Standing => ({ row, place: at + 1 }));
  const others = [...due, ...off].map((row): Standing => ({ row, place: null }));
  return new Map([...placed, ...others].map((one) => [one.row.account.accountId, one]));
};

const lineOf = (now: Standing, then: Standing): RulesPreview['rows'][number] => ({
  account: now.row.account.accountId,
  ...{ now: { place: now.place, points: now.row.score.points } },
  ...{ then: { place: then.place, points: then.row.score.points } },
  factors: worklistFactors.flatMap((factor) => {
    const by = subtract(pointsOf(then.row.score, factor), pointsOf(now.row.score, factor));
    return by === 0 ? [] : [{ factor, by }];
  }),
});
