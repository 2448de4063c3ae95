/**
 * `ProposalStore` on Cosmos DB, container `receipts`, key /companyId, `proposals`.
 * From: the ledger's staff routes, the posting export. Next: one `proposal` document each, listed by indexed state.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { proposalKinds, type Proposal } from '../domain/proposal.ts';
import { isInScope, reachInto } from '../domain/scope.ts';
import type { ProposalStore } from '../ports/proposal-store.ts';

const partition = 'proposals';

const proposalDocument = z.object({
  proposal: z.looseObject({
    ...{ id: z.string(), companyId: z.string(), accountId: z.string(), kind: z.enum(proposalKinds) },
    ...{ amount: z.int().min(1), currency: z.string(), by: z.string(), reason: z.string() },
    items: z.array(z.looseObject({ itemId: z.string(), amount: z.int() })),
    state: z.enum(['proposed', 'approved', 'dropped', 'done']),
  }),
});

const parse = (document: unknown): Proposal =>
  proposalDocument.parse(document).proposal as unknown as Proposal;

const documentOf = (proposal: Proposal) => ({
  ...{ id: proposal.id, companyId: proposal.companyId, receiptId: partition },
  ...{ kind: 'proposal', state: `proposal-${proposal.state}`, receivedOn: proposal.on, proposal },
});

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'proposal' AND c.state = @state AND c.id > @after
  ORDER BY c.id`;

export const cosmosProposals = (container: () => Container): ProposalStore => {
  const assertIn = (scope: Parameters<ProposalStore['create']>[0], { companyId, id }: Proposal): void => {
    if (!isInScope(scope, companyId)) throw new Error(`proposal ${id} is out of scope`);
  };
  const read = (companyId: string, id: string) => container().item(id, [companyId, partition]).read<object>();
  return {
    create: async (scope, proposal) => {
      // who reaches one account alone proposes for it; that it is theirs, the workflow has found out by reading it
      if (reachInto(scope, proposal.companyId) === 'none')
        throw new Error(`proposal ${proposal.id} is out of scope`);
      try {
        await container().items.create(documentOf(proposal));
        return proposal;
      } catch (fault) {
        if (codeOf(fault) !== 409) throw fault;
        return parse((await read(proposal.companyId, proposal.id)).resource);
      }
    },
    load: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) return undefined;
      const { resource, etag } = await read(companyId, id);
      return resource === undefined ? undefined : { proposal: parse(resource), mark: etag };
    },
    save: async (scope, { proposal, mark }) => {
      assertIn(scope, proposal);
      const condition = { accessCondition: { type: 'IfMatch', condition: mark } };
      try {
        await container()
          .item(proposal.id, [proposal.companyId, partition])
          .replace(documentOf(proposal), condition);
        return 'saved';
      } catch (fault) {
        if (codeOf(fault) !== 412) throw fault;
        return 'version-conflict';
      }
    },
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { proposals: [] };
      const values = { limit, state: `proposal-${state}`, after };
      const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
      const answer = await container()
        .items.query<unknown>({ query: pageQuery, parameters }, { partitionKey: [companyId, partition] })
        .fetchAll();
      const proposals = answer.resources.map(parse);
      const last = proposals.length < limit ? undefined : proposals.at(-1);
      return last === undefined ? { proposals } : { proposals, after: last.id };
    },
  };
};

const codeOf = (fault: unknown): unknown => (fault as { code?: unknown }).code;
