/**
 * The posting exports of `FeedStore` on Cosmos DB: partition `feed:postings` of a company.
 * From: `cosmos-feeds.ts`. Next: one `export:` document and a `line:` document per thing listed, written in one
 * batch, so that a line that was listed before keeps the whole export from being made twice.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import { isInScope } from '../domain/scope.ts';
import { lineDocumentId, type ListedLine, type PostingExport } from '../domain/posting-export.ts';
import type { FeedStore } from '../ports/feed-store.ts';
import { assertInScope, type FeedDocuments } from './cosmos-feeds.ts';
import { parseListedLine, parsePostingExport } from './feed-shapes.ts';

const place = 'postings';
const exportIdFor = (number: number): string => `export:${String(number).padStart(10, '0')}`;
const idsPerQuery = 100;

type PostingMethods = Pick<FeedStore, 'export' | 'keepExport' | 'listed' | 'unconfirmed' | 'keepLine'>;

export const cosmosPostingLines = (container: () => Container, documents: FeedDocuments): PostingMethods => ({
  export: async (scope, companyId, number) => {
    const found = isInScope(scope, companyId)
      ? await documents.read(companyId, place, exportIdFor(number))
      : undefined;
    return found === undefined ? undefined : parsePostingExport(found.document);
  },
  keepExport: async (scope, posting) => {
    assertInScope(scope, posting.companyId);
    const answer = await container().items.batch(batchOf(posting), [posting.companyId, `feed:${place}`]);
    if (answer.code === 200) return 'kept';
    const statuses = (answer.result ?? []).map(({ statusCode }) => statusCode);
    if (statuses.includes(409)) return 'there';
    throw new Error(`export ${posting.exportId} was not kept: ${answer.code}`);
  },
  listed: async (scope, companyId, lineIds) => {
    if (!isInScope(scope, companyId)) return [];
    const found: ListedLine[] = [];
    for (let at = 0; at < lineIds.length; at += idsPerQuery) {
      const ids = lineIds.slice(at, at + idsPerQuery).map((id) => lineDocumentId(id));
      const values = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
      const names = Object.keys(values).map((name) => `@${name}`);
      const text = `SELECT * FROM c WHERE c.kind = 'line' AND c.id IN (${names.join(', ')})`;
      found.push(...(await documents.query(companyId, place, text, values)).map(parseListedLine));
    }
    return found;
  },
  unconfirmed: async (scope, companyId, limit) => {
    if (!isInScope(scope, companyId)) return [];
    const text = `SELECT TOP @limit * FROM c WHERE c.kind = 'line' AND c.state = 'listed'`;
    const lines = (await documents.query(companyId, place, text, { limit })).map(parseListedLine);
    return lines.toSorted((a, b) => (a.exportedAt < b.exportedAt ? -1 : 1));
  },
  keepLine: async (scope, companyId, line) => {
    assertInScope(scope, companyId);
    const more = { state: stateOf(line) };
    await documents.write(companyId, place, lineDocumentId(line.id), 'line', line, { more });
  },
});

const stateOf = ({ confirmedAt }: ListedLine): 'listed' | 'confirmed' =>
  confirmedAt === undefined ? 'listed' : 'confirmed';

const batchOf = (posting: PostingExport): OperationInput[] => {
  const { companyId, exportId, number, at, lines } = posting;
  const key = { companyId, importId: `feed:${place}` };
  const create = (id: string, kind: string, content: object, more: object = {}): OperationInput => ({
    operationType: 'Create',
    resourceBody: { ...key, id, kind, ...more, content } as JSONObject,
  });
  return [
    create(exportIdFor(number), 'export', posting),
    ...lines.map((line) => {
      const listed: ListedLine = { ...line, exportId, exportedAt: at };
      return create(lineDocumentId(line.id), 'line', listed, { state: stateOf(listed) });
    }),
  ];
};
