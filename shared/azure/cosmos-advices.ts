/**
 * `AdviceStore` on Cosmos DB, container `receipts`, key /companyId, `advices`.
 * From: the ledger's cash workflows. Next: one `advice` document each, found by state, reference and sum.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { adviceStates, type Advice } from '../domain/advice.ts';
import { isInScope } from '../domain/scope.ts';
import { mostAlike, type AdviceStore } from '../ports/advice-store.ts';
import { sumText } from '../ports/receipt-documents.ts';
import type { Charged } from './cosmos-accounts.ts';

const partition = 'advices';

const adviceDocument = z.object({
  advice: z.looseObject({
    ...{ id: z.string(), companyId: z.string(), source: z.string(), reference: z.string() },
    ...{ currency: z.string(), total: z.int().min(1), state: z.enum(adviceStates) },
    lines: z.array(z.looseObject({ amount: z.int() })),
    ...{ cameOn: z.iso.date(), traceFrom: z.iso.date(), heldUntil: z.iso.date() },
  }),
});

const parse = (document: unknown): Advice => adviceDocument.parse(document).advice as unknown as Advice;

const stateText = (state: Advice['state']): string => `advice-${state}`;

const documentOf = (advice: Advice) => ({
  ...{ id: advice.id, companyId: advice.companyId, receiptId: partition, kind: 'advice' },
  ...{ state: stateText(advice.state), bankReference: advice.reference, receivedOn: advice.asOf },
  sum: sumText({ amount: advice.total, currency: advice.currency }),
  advice,
});

const alikeQuery = `SELECT TOP ${mostAlike} * FROM c WHERE c.kind = 'advice' AND ARRAY_CONTAINS(@states, c.state)
  AND (c.sum = @sum OR ARRAY_CONTAINS(@references, c.bankReference))`;
const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'advice' AND c.state = @state AND c.id > @after
  ORDER BY c.id`;

export const cosmosAdvices = (
  container: () => Container,
  charged: Charged = () => undefined,
): AdviceStore => {
  const query = async (
    operation: string,
    companyId: string,
    text: string,
    values: Record<string, string | number | string[]>,
  ): Promise<Advice[]> => {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: text, parameters }, { partitionKey: [companyId, partition] })
      .fetchAll();
    charged(operation, answer.requestCharge);
    return answer.resources.map(parse);
  };
  return {
    load: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) return undefined;
      const answer = await container().item(id, [companyId, partition]).read<object>();
      charged('advice', answer.requestCharge);
      return answer.resource === undefined
        ? undefined
        : { advice: parse(answer.resource), mark: answer.etag };
    },
    save: async (scope, { advice, mark }) => {
      if (!isInScope(scope, advice.companyId)) throw new Error(`advice ${advice.id} is out of scope`);
      try {
        const answer = await write(container(), advice, mark);
        charged('advice save', answer.requestCharge);
        return 'saved';
      } catch (fault) {
        if (!isConflict(fault)) throw fault;
        return 'version-conflict';
      }
    },
    alike: async (scope, companyId, { references, ...sum }) =>
      isInScope(scope, companyId)
        ? query('advices alike', companyId, alikeQuery, {
            ...{ states: [stateText('waiting'), stateText('lapsed')], sum: sumText(sum) },
            references: [...references],
          })
        : [],
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { advices: [] };
      const values = { limit, state: stateText(state), after };
      const advices = await query('advice list', companyId, pageQuery, values);
      const last = advices.length < limit ? undefined : advices.at(-1);
      return last === undefined ? { advices } : { advices, after: last.id };
    },
  };
};

const write = (container: Container, advice: Advice, mark: string | undefined) => {
  const document = documentOf(advice);
  if (mark === undefined) return container.items.create(document);
  const condition = { accessCondition: { type: 'IfMatch', condition: mark } };
  return container.item(advice.id, [advice.companyId, partition]).replace(document, condition);
};

/** Somebody made it, or changed it, in between. */
const isConflict = (fault: unknown): boolean => {
  const { code } = fault as { code?: unknown };
  return code === 409 || code === 412;
};
