/**
 * Where rows of the worklist lie: one per account with work, in the list of its collector or in the pool.
 * From: `functions/collections`. Next: `shared/azure/cosmos-worklist.ts`, in memory `tests/support/memory`.
 * Everybody finds the rows of the accounts in their scope; what lies outside is left out before a page is filled.
 */
import type { AccountKey } from '../domain/account.ts';
import type { Day } from '../domain/calendar.ts';
import type { AmountMinor } from '../domain/money.ts';
import { isAccountInScope, type Scope } from '../domain/scope.ts';
import type { WorklistRow } from '../domain/worklist-row.ts';

/** Whose rows: of these collectors (`pool` is one), or all. */
export type Whose = readonly string[] | 'all';

export type RowPlace = AccountKey & { collectorId: string };

/** A row as it was read, with the mark of what was read. */
export type KeptRow = { row: WorklistRow; mark: string };

/** Rows in the order of `best`, the highest first. */
export type RankedPage = {
  rows: WorklistRow[];
  /** Hand it back for the next page; absent at the end. */
  after?: string;
};

export interface WorklistStore {
  /** Keeps the row in its list, unless one of a later version, or of a later day, is there. @throws outside the scope. */
  put(scope: Scope, row: WorklistRow): Promise<'kept' | 'newer-there'>;
  /** Keeps the row in place of just what was read; false when that was written or removed since. @throws outside the scope. */
  replace(scope: Scope, there: KeptRow, row: WorklistRow): Promise<boolean>;
  /** The row of an account in a list; undefined when there is none, or outside the scope. */
  read(scope: Scope, place: RowPlace): Promise<KeptRow | undefined>;
  /** The rows of an account in whatever lists: one, or two for a moment while it changes hands. */
  ofAccount(scope: Scope, key: AccountKey): Promise<WorklistRow[]>;
  /** Takes it off a list, unless a version later than `version` is there. @throws outside the scope. */
  remove(scope: Scope, place: RowPlace, version: number): Promise<void>;
  /** Rows with something due by a day, the earliest first; `isMore`: there are more than `limit`. */
  due(
    scope: Scope,
    companyId: string,
    whose: Whose,
    page: { today: Day; limit: number },
  ): Promise<{ rows: WorklistRow[]; isMore: boolean }>;
  /** Rows that are ranked on some day they tell. A mark that is none is the beginning. */
  ranked(
    scope: Scope,
    companyId: string,
    whose: Whose,
    page: { limit: number; after?: string },
  ): Promise<RankedPage>;
  /** Rows that tell nothing from some day until `by` on, those that end first; for whoever writes them anew. */
  turning(scope: Scope, companyId: string, page: { by: Day; limit: number }): Promise<WorklistRow[]>;
  /** Rows made by another frame than this, of these lists or of all but these; for whoever writes them anew. */
  otherwise(scope: Scope, companyId: string, page: OtherFrame): Promise<WorklistRow[]>;
  /** Rows for which orders wait, in the order of accounts; hand the last account back for more. */
  withOrders(
    scope: Scope,
    companyId: string,
    page: { limit: number; after?: string },
  ): Promise<WorklistRow[]>;
}

export type OtherFrame = { frame: string; lists: readonly string[]; areMeant: boolean; limit: number };

/** As text in the order of `best`, highest first, then account; every amount has the same width. */
export const orderOf = (best: AmountMinor, accountId: string): string =>
  `${String(2 * 10 ** 15 - best).padStart(17, '0')}|${accountId}`;

/** Behind every order there is. */
export const noOrder = '~';

/** A row as scopes judge it: the pool is nobody's. */
export const isRowInScope = (
  scope: Scope,
  { companyId, accountId, collectorId, salesOwners }: Pick<WorklistRow, 'salesOwners'> & RowPlace,
): boolean => isAccountInScope(scope, { companyId, accountId, assignedTo: collectorId, salesOwners });

/** Whether a row that is there stays. */
export const isNewer = (there: WorklistRow, row: WorklistRow): boolean =>
  there.version > row.version || (there.version === row.version && there.writtenOn > row.writtenOn);
