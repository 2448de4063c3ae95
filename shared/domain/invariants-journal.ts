/**
 * What must hold between an account, its journal and what reports made of it.
 * From: entries as they are kept. Next: the nightly check, simulations and crash tests.
 * Everything is derived again from the facts alone: neither stored moves nor stored balances are believed.
 */
import { newAccount, type Account, type AccountHead } from './account.ts';
import { addCells, type Cells } from './aging-cells.ts';
import { movesOf } from './aging-moves.ts';
import { applyEntry, verifyChainFrom, type ChainStart, type Entry, type HashOf } from './entry.ts';
import type { Violation } from './invariants.ts';
import type { Contribution } from './report-shard.ts';
import { isSameJson } from './same-json.ts';

/** L2 the entries after a place known before continue it, up to what the head says. */
export const checkChain = (
  start: ChainStart,
  head: AccountHead,
  entries: readonly Entry[],
  hashOf: HashOf,
): Violation[] => {
  const broken = verifyChainFrom(start, head, entries, hashOf);
  return broken === undefined
    ? []
    : [{ invariant: 'L2', what: `the journal is broken at entry ${broken.version}: ${broken.what}` }];
};

/** What the facts of a whole journal come to: the account, and its cells of aging after each version. */
export type Replayed = { account: Account; cells: readonly Cells[] };

/** @throws when the facts do not make an account. */
export const replayWithCells = (
  key: { companyId: string; accountId: string },
  entries: readonly Entry[],
): Replayed => {
  let account = newAccount(key);
  const cells: Cells[] = [{}];
  for (const entry of entries) {
    const after = applyEntry(account, entry);
    const moved = Object.values(movesOf(account, after, entry.facts) as Record<string, Cells>);
    cells.push(moved.reduce(addCells, cells.at(-1)!));
    account = after;
  }
  return { account, cells };
};

/** L6 the head is what its journal comes to. */
export const checkReplay = (head: AccountHead, { account }: Replayed): Violation[] =>
  isSameJson(account.head, head)
    ? []
    : [{ invariant: 'L6', what: `version ${head.version} is not what its journal comes to` }];

/** M13 what reports hold of an account is what its facts come to at the version they name. */
export const checkContribution = (
  contribution: Contribution | undefined,
  { cells }: Pick<Replayed, 'cells'>,
): Violation[] => {
  if (contribution === undefined) return [];
  const { appliedVersion, cells: shown } = contribution;
  const expected = cells[appliedVersion];
  if (expected !== undefined && isSameJson(shown, expected)) return [];
  return [{ invariant: 'M13', what: `reports do not show what its journal comes to at ${appliedVersion}` }];
};

/** O5 reports show every entry before an instant. `entries`: those the contribution does not hold. */
export const checkLag = (
  entries: readonly { version: number; at: string }[],
  before: string,
): Violation[] => {
  const late = entries.find(({ at }) => at < before);
  return late === undefined
    ? []
    : [{ invariant: 'O5', what: `entry ${late.version} of ${late.at} is not in the reports` }];
};
