/**
 * `ProposalStore` in memory; kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { Proposal } from '../../../shared/domain/proposal.ts';
import { isInScope, reachInto } from '../../../shared/domain/scope.ts';
import type { ProposalStore } from '../../../shared/ports/proposal-store.ts';

export const memoryProposals = (): ProposalStore => {
  const kept = new Map<string, { text: string; mark: number }>();
  const keyOf = (companyId: string, id: string): string => JSON.stringify([companyId, id]);
  const parse = (text: string): Proposal => JSON.parse(text) as Proposal;
  return {
    create: async (scope, proposal) => {
      if (reachInto(scope, proposal.companyId) === 'none')
        throw new Error(`proposal ${proposal.id} is out of scope`);
      const key = keyOf(proposal.companyId, proposal.id);
      const there = kept.get(key);
      if (there !== undefined) return parse(there.text);
      kept.set(key, { text: JSON.stringify(proposal), mark: 1 });
      return proposal;
    },
    load: async (scope, companyId, id) => {
      const there = isInScope(scope, companyId) ? kept.get(keyOf(companyId, id)) : undefined;
      return there && { proposal: parse(there.text), mark: String(there.mark) };
    },
    save: async (scope, { proposal, mark }) => {
      if (!isInScope(scope, proposal.companyId)) throw new Error(`proposal ${proposal.id} is out of scope`);
      const key = keyOf(proposal.companyId, proposal.id);
      const there = kept.get(key);
      if (String(there?.mark) !== mark) return 'version-conflict';
      kept.set(key, { text: JSON.stringify(proposal), mark: Number(mark) + 1 });
      return 'saved';
    },
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { proposals: [] };
      const proposals = [...kept.values()]
        .map(({ text }) => parse(text))
        .filter((one) => one.companyId === companyId && one.state === state && one.id > after)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const last = proposals.length < limit ? undefined : proposals.at(-1);
      return last === undefined ? { proposals } : { proposals, after: last.id };
    },
  };
};
