/**
 * Every case of a company in one list: whose it is, what it waits for, how much and until when.
 * From: `functions/disputes`, from the events of the ledger, which alone is true. Next: `shared/azure/cosmos-cases.ts`;
 * lists of work, deadlines, the way from a case to its account. A row may be seconds old; nothing is decided by it.
 */
import type { Day } from '../domain/calendar.ts';
import type { DisputeState } from '../domain/dispute.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';
import type { Scope } from '../domain/scope.ts';

export type CaseRow = {
  id: string;
  companyId: string;
  accountId: string;
  as: 'dispute' | 'deduction' | 'query';
  code: string;
  state: DisputeState;
  isOpen: boolean;
  owner: string;
  department: string;
  amount: AmountMinor;
  currency: Currency;
  openedOn: Day;
  dueOn?: Day | undefined;
  /** The next day on which somebody has to look at it: a reminder, a missed day, an age. */
  wakeOn?: Day | undefined;
  missingPapers: readonly string[];
  outcome?: string | undefined;
  closedOn?: Day | undefined;
  /** When it was accepted without a person. */
  acceptedAloneOn?: Day | undefined;
  /** Of its account: what decides who sees it. */
  assignedTo?: string | undefined;
  salesOwners?: readonly string[] | undefined;
  /** Of its account when it was written; an older one never replaces a newer. */
  version: number;
};

export type CaseFilter = {
  isOpen?: boolean | undefined;
  owner?: string | undefined;
  department?: string | undefined;
  code?: string | undefined;
  accountId?: string | undefined;
};
export type CaseOrder = 'due' | 'amount' | 'opened';
export type CasePage = { rows: CaseRow[]; after?: string };

export interface CaseIndex {
  /** Keeps a row unless a newer one is there. @throws outside the scope. */
  put(scope: Scope, row: CaseRow): Promise<void>;
  /** Undefined outside the scope, too. */
  find(scope: Scope, companyId: string, id: string): Promise<CaseRow | undefined>;
  /** By due day, the earliest first; by amount, the largest first; or by opening, the latest first. */
  list(
    scope: Scope,
    companyId: string,
    filter: CaseFilter,
    page: { order: CaseOrder; limit: number; after?: string },
  ): Promise<CasePage>;
  /** Those to be looked at on a day or before, the earliest first; closed ones name no day unless something is owed. */
  waking(scope: Scope, companyId: string, on: Day, limit: number): Promise<CaseRow[]>;
}

/** Stands behind every day, for rows without one. */
export const noDay = '9999-12-31' as Day;

/** What a row is sorted by, as a text that sorts as it does; its id breaks ties. */
export const sortKeyOf = (
  row: Pick<CaseRow, 'id' | 'amount' | 'openedOn' | 'dueOn'>,
  order: CaseOrder,
): string => {
  if (order === 'due') return `${row.dueOn ?? noDay} ${row.id}`;
  const turned = (value: number): string => String(Number.MAX_SAFE_INTEGER - value).padStart(16, '0');
  if (order === 'amount') return `${turned(row.amount)} ${row.id}`;
  return `${turned(Number(row.openedOn.replaceAll('-', '')))} ${row.id}`;
};
