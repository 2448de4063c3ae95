/**
 * Where work that could not be done waits for a person.
 * From: the edge parks, operations counts and lists. Next: `shared/azure/cosmos-parked-work.ts`.
 */
import type { KeptWork, ParkedCount, ParkedWork } from '../domain/parked-work.ts';
import type { Scope } from '../domain/scope.ts';

export type ParkedPage = {
  work: KeptWork[];
  /** Hand it back for the next page; absent at the end. */
  after?: string;
};

/** With the mark it was read under; only the store reads the mark. */
export type LoadedWork = { work: KeptWork; mark: string };

export interface ParkedWorkStore {
  /** Keeps it; the same work again keeps the first reason and instant. @throws when it may not be kept. */
  park(scope: Scope, work: ParkedWork): Promise<void>;
  /** Counts what is parked for a company, by reason. Outside the scope: none. */
  count(scope: Scope, companyId: string): Promise<ParkedCount[]>;
  /** Replaces the company's summary by these counts. */
  saveSummary(scope: Scope, companyId: string, counts: readonly ParkedCount[]): Promise<void>;
  /** The summary last saved; empty when there is none or it is outside the scope. */
  summary(scope: Scope, companyId: string): Promise<ParkedCount[]>;
  /** What the summaries of every company in scope say together, by reason. A read of all of them: not for hot paths. */
  allCounts(scope: Scope): Promise<ParkedCount[]>;
  /** One piece of work by its id, whatever its state; undefined when there is none or outside the scope. */
  read(scope: Scope, companyId: string, id: string): Promise<LoadedWork | undefined>;
  /** Keeps its state, attempts and replays, only if it is as it was loaded. @throws outside the scope. */
  saveState(scope: Scope, loaded: LoadedWork): Promise<'saved' | 'version-conflict'>;
  /** What is still parked, oldest first. Outside the scope: an empty page. */
  list(scope: Scope, companyId: string, page: { limit: number; after?: string }): Promise<ParkedPage>;
}
