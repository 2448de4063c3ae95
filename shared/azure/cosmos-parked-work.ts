/**
 * `ParkedWorkStore` on Cosmos DB, container `parked`, key /companyId.
 * From: the edge, operations. Next: documents of kind `work` and one `summary` per company.
 * Counting and listing stay inside one company's partition.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { mergeCounts, parkedId, type KeptWork } from '../domain/parked-work.ts';
import { isInScope } from '../domain/scope.ts';
import type { ParkedWorkStore } from '../ports/parked-work-store.ts';

const replay = z.object({
  ...{ requestedBy: z.string(), requestedAt: z.string(), reason: z.string() },
  ...{ approvedBy: z.string().optional(), approvedAt: z.string().optional() },
  ...{ sentAs: z.string().optional(), failedAt: z.string().optional(), fault: z.string().optional() },
});

const parkedDocument = z.object({
  id: z.string(),
  companyId: z.string(),
  source: z.string(),
  workId: z.string(),
  code: z.string(),
  detail: z.string(),
  body: z.string(),
  attempts: z.int(),
  parkedAt: z.string(),
  sessionId: z.string().optional(),
  state: z.enum(['parked', 'approved', 'replayed']),
  replay: replay.optional(),
  failedReplays: z.array(replay).optional(),
});

const parkedCount = z.object({ code: z.string(), count: z.int(), oldestAt: z.string() });
const countRow = z
  .object({ code: z.string(), total: z.int(), oldestAt: z.string() })
  .transform(({ code, total, oldestAt }) => ({ code, count: total, oldestAt }));
const summaryDocument = z.object({ counts: z.array(parkedCount) });
const summaryRow = summaryDocument.extend({ companyId: z.string() });
const summariesQuery = `SELECT c.companyId, c.counts FROM c WHERE c.kind = 'summary'`;

const countQuery = `SELECT c.code, COUNT(1) AS total, MIN(c.parkedAt) AS oldestAt
  FROM c WHERE c.kind = 'work' AND c.state = 'parked' GROUP BY c.code`;

const pageQuery = `SELECT TOP @limit * FROM c
  WHERE c.kind = 'work' AND c.state = 'parked' AND (c.parkedAt > @at OR (c.parkedAt = @at AND c.id > @id)) ORDER BY c.parkedAt, c.id`;

export const cosmosParkedWork = (container: () => Container): ParkedWorkStore => {
  const query = async <Row>(companyId: string, text: string, parameters: Parameters, row: z.ZodType<Row>) => {
    const spec = { query: text, parameters };
    const answer = await container()
      .items.query<unknown>(spec, { partitionKey: companyId, maxItemCount: 1_000 })
      .fetchAll();
    return z.array(row).parse(answer.resources);
  };
  return {
    park: async (scope, work) => {
      if (!isInScope(scope, work.companyId)) throw new Error(`parking for ${work.companyId} is out of scope`);
      await createOnce(container(), { id: parkedId(work), kind: 'work', state: 'parked', ...work });
    },
    count: async (scope, companyId) =>
      isInScope(scope, companyId) ? query(companyId, countQuery, [], countRow) : [],
    saveSummary: async (scope, companyId, counts) => {
      if (!isInScope(scope, companyId)) throw new Error(`a summary for ${companyId} is out of scope`);
      await container().items.upsert({ id: 'summary', kind: 'summary', companyId, counts });
    },
    summary: async (scope, companyId) => {
      if (!isInScope(scope, companyId)) return [];
      const { resource } = await container().item('summary', companyId).read<object>();
      return resource === undefined ? [] : summaryDocument.parse(resource).counts;
    },
    allCounts: async (scope) => {
      const answer = await container().items.query<unknown>(summariesQuery).fetchAll();
      const mine = z.array(summaryRow).parse(answer.resources);
      return mergeCounts(
        mine.flatMap(({ companyId, counts }) => (isInScope(scope, companyId) ? counts : [])),
      );
    },
    read: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) return undefined;
      const { resource, etag } = await container().item(id, companyId).read<{ kind?: unknown }>();
      return resource?.kind === 'work' ? { work: parkedDocument.parse(resource), mark: etag } : undefined;
    },
    saveState: async (scope, { work, mark }) => {
      if (!isInScope(scope, work.companyId)) throw new Error(`work of ${work.companyId} is out of scope`);
      return replaceIf(container(), { kind: 'work', ...work }, mark);
    },
    list: async (scope, companyId, { limit, after }) => {
      if (!isInScope(scope, companyId)) return { work: [] };
      const [at = '', id = ''] = after?.split(' ') ?? [];
      const parameters = [
        { name: '@limit', value: limit },
        { name: '@at', value: at },
        { name: '@id', value: id },
      ];
      const work = await query(companyId, pageQuery, parameters, parkedDocument);
      const last = work.length < limit ? undefined : work.at(-1);
      return last === undefined ? { work } : { work, after: `${last.parkedAt} ${last.id}` };
    },
  };
};

type Parameters = { name: string; value: string | number }[];

const replaceIf = async (
  container: Container,
  document: KeptWork & { kind: 'work' },
  etag: string,
): Promise<'saved' | 'version-conflict'> => {
  const accessCondition = { type: 'IfMatch', condition: etag };
  try {
    await container.item(document.id, document.companyId).replace(document, { accessCondition });
    return 'saved';
  } catch (error) {
    if ((error as { code?: unknown }).code !== 412) throw error;
    return 'version-conflict';
  }
};

/** A 409 on a derived id is no failure: the same work was parked before, and its first reason stays. */
const createOnce = async (container: Container, document: object): Promise<void> => {
  try {
    await container.items.create(document);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 409) throw error;
  }
};
