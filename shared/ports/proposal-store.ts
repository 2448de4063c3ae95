/**
 * Where proposals wait: for another person, then for the ERP.
 * From: the ledger's staff routes. Next: `shared/azure/cosmos-proposals.ts`; the posting export lists approved ones.
 */
import type { Proposal } from '../domain/proposal.ts';
import type { Scope } from '../domain/scope.ts';

export type LoadedProposal = { proposal: Proposal; mark: string };

export interface ProposalStore {
  /** Keeps a new one; the one that is there when its id is taken. @throws outside the scope. */
  create(scope: Scope, proposal: Proposal): Promise<Proposal>;
  load(scope: Scope, companyId: string, id: string): Promise<LoadedProposal | undefined>;
  /** Only if it is as it was loaded. */
  save(scope: Scope, loaded: LoadedProposal): Promise<'saved' | 'version-conflict'>;
  /** In the order of ids, page by page. */
  list(
    scope: Scope,
    companyId: string,
    state: Proposal['state'],
    page: { limit: number; after?: string },
  ): Promise<{ proposals: Proposal[]; after?: string }>;
}
