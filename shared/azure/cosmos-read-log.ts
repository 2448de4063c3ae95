/**
 * `ReadLog` on Cosmos DB, container `audit`, key /day; the container forgets after 400 days.
 * From: the edge, administration. Next: one document per look, never changed.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { platformCompany } from '../domain/parked-work.ts';
import { isInScope } from '../domain/scope.ts';
import type { ReadLog } from '../ports/read-log.ts';

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

const readDocument = z.object({
  ...{ id: z.string(), day: z.string(), at: z.string(), who: z.string(), as: z.array(z.string()) },
  ...{ action: z.string(), route: z.string(), about: z.record(z.string(), z.string()) },
  ...{ fields: z.array(z.string()), purpose: z.string().optional() },
});

export const cosmosReadLog = (container: () => Container, charged: Charged = () => undefined): ReadLog => ({
  note: async (read) => {
    try {
      const { requestCharge } = await container().items.create(JSON.parse(JSON.stringify(read)));
      charged('note read', requestCharge);
    } catch (fault) {
      // the look is there: noted before, or by a try whose answer was lost
      if ((fault as { code?: number }).code !== 409) throw fault;
    }
  },
  page: async (scope, { day, who, action, limit, after = '' }) => {
    if (!isInScope(scope, platformCompany)) throw new Error('the log of reads is out of scope');
    const wanted = Object.entries({ who, action }).filter(([, value]) => value !== undefined);
    const query = [
      'SELECT TOP @limit * FROM c WHERE c.id > @after',
      ...wanted.map(([name]) => `AND c.${name} = @${name}`),
      'ORDER BY c.id',
    ].join(' ');
    const values = [['limit', limit], ['after', after], ...wanted] as [string, string | number][];
    const parameters = values.map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container().items.query({ query, parameters }, { partitionKey: day }).fetchAll();
    charged('page of reads', answer.requestCharge);
    const reads = answer.resources.map((one) => readDocument.parse(one));
    const last = reads.at(-1)?.id;
    return reads.length < limit || last === undefined ? { reads } : { reads, after: last };
  },
});
