/**
 * What must hold between an account, its journal and what reports made of it.
 * From: entries as they are kept. Next: the nightly check, simulations and crash tests.
 * Everything is derived again from the facts alone: neither stored moves nor stored balances are believed.
 */
import { newAccount, type Account, type AccountHead } from './account.ts';
import { sumCells, type Cells } from './aging-cells.ts';
import { movesOf } from './aging-moves.ts';
import type { Dispute } from './dispute.ts';
import { isDisputeFact, partsHeldBy } from './disputes-position.ts';
import { applyEntry, verifyChainFrom, type ChainStart, type Entry, type HashOf } from './entry.ts';
import { evolveDispute } from './evolve-dispute.ts';
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
    cells.push(sumCells(cells.at(-1)!, moved));
    account = after;
  }
  return { account, cells };
};

/** L6 the head is what its journal comes to. */
export const checkReplay = (head: AccountHead, { account }: Replayed): Violation[] =>
  isSameJson(account.head, head)
    ? []
    : [{ invariant: 'L6', what: `version ${head.version} is not what its journal comes to` }];

/** C1 what every item holds for a dispute is what the facts of its cases come to, item by item. */
export const checkCases = (
  { account }: Pick<Replayed, 'account'>,
  entries: readonly Entry[],
): Violation[] => {
  const cases = casesOf(entries);
  const wanted = new Map(
    [...cases.values()].flatMap((one) =>
      partsHeldBy(one).map(({ itemId, amount }) => [`${one.id} ${itemId}`, amount] as const),
    ),
  );
  const held = new Map(
    [...account.items.values()].flatMap(({ id, heldParts = [] }) =>
      heldParts
        .filter(({ code }) => code === 'disputed')
        .map((part) => [`${part.id} ${id}`, part.amount] as const),
    ),
  );
  const differing = [...new Set([...wanted.keys(), ...held.keys()])].find(
    (name) => wanted.get(name) !== held.get(name),
  );
  if (differing === undefined) return [];
  const what = `${held.get(differing) ?? 0} is held as ${differing}, the case says ${wanted.get(differing) ?? 0}`;
  return [{ invariant: 'C1', what }];
};

/** Every case there ever was, by id, as its facts in the journal make it. */
export const casesOf = (entries: readonly Pick<Entry, 'facts'>[]): Map<string, Dispute> => {
  const cases = new Map<string, Dispute>();
  for (const fact of entries.flatMap(({ facts }) => facts))
    if (isDisputeFact(fact) && fact.kind !== 'disputeStands') {
      const { disputeId: id } = fact;
      cases.set(id, evolveDispute(id, cases.get(id), fact));
    }
  return cases;
};

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
