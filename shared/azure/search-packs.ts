/**
 * Packs of the search index: what one entry posted to an account, in one document of the store.
 * From: `search-batches.ts`. Next: the store; what is amended or given to somebody else later finds its pack by its account.
 */
import type { Container, JSONObject } from '@azure/cosmos';
import type { SearchDocument } from '../domain/search-tokens.ts';
import { bucketOf, documentsOf, idOf, packed, type SearchShape } from './search-shapes.ts';

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

/** Looks at a pack that somebody else writes meanwhile. */
const mostLooks = 5;

/** The documents of a pack; none of what lies alone. */
export const itemsOf = (shape: SearchShape): SearchDocument[] =>
  shape.kind === 'pack' ? documentsOf(shape) : [];

/** All packs of the accounts of which some of these items are. */
export const packsOfAccounts = async (
  container: Container,
  charged: Charged,
  documents: readonly SearchDocument[],
): Promise<SearchShape[]> => {
  const packs: SearchShape[] = [];
  const query = "SELECT * FROM c WHERE c.accountId = @accountId AND c.kind = 'pack'";
  const items = documents.filter(({ itemId }) => itemId !== undefined);
  for (const [first] of Map.groupBy(items, accountName).values()) {
    const { companyId, accountId } = first!;
    const parameters = [{ name: '@accountId', value: accountId }];
    const answer = await container.items
      .query<SearchShape>({ query, parameters }, { partitionKey: [companyId, bucketOf(accountId)] })
      .fetchAll();
    charged('search packs', answer.requestCharge);
    packs.push(...answer.resources);
  }
  return packs;
};

const accountName = ({ companyId, accountId }: SearchDocument): string =>
  JSON.stringify([companyId, accountId]);

/** Takes those with these ids out of a pack; a pack of none stays, found by nothing. */
export const takeOut = async (
  container: Container,
  charged: Charged,
  { id, companyId, bucket }: SearchShape,
  ids: ReadonlySet<string>,
): Promise<void> => {
  const item = container.item(id, [companyId, bucket]);
  for (let look = 1; look <= mostLooks; look += 1) {
    const { resource, etag, requestCharge } = await item.read<SearchShape>();
    charged('search pack', requestCharge);
    const { items = [], accountId = '' } = resource ?? {};
    const left = items.filter(({ itemId }) => !ids.has(idOf({ companyId, accountId, itemId, texts: [] })));
    if (resource === undefined || left.length === items.length) return;
    const body = { ...resource, ...packed(left) } as unknown as JSONObject & { id: string };
    try {
      const done = await item.replace(body, { accessCondition: { type: 'IfMatch', condition: etag } });
      charged('write search', done.requestCharge);
      return;
    } catch (fault) {
      if ((fault as { code?: number }).code !== 412) throw fault;
    }
  }
  throw new Error(`a pack of ${companyId} changed during each of ${mostLooks} looks`);
};
