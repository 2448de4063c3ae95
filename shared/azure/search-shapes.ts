/**
 * Documents of the search index as they lie in the store: each alone, or as a pack of what one entry posted to an account.
 * From: `cosmos-search.ts`. Next: documents of the domain.
 * An account's lie in one bucket of its company; with few buckets, what many accounts said at once is few batches.
 */
import { z } from 'zod';
import { shardOf } from '../domain/report-shard.ts';
import { searchFields, tokensOf, type SearchDocument, type SearchText } from '../domain/search-tokens.ts';
import { nameOfDocument, type NewDocument } from '../ports/search-index.ts';
import { sha256 } from './entry-hash.ts';

const texts = z.array(z.object({ field: z.enum(searchFields), text: z.string() }));

const shape = z.object({
  companyId: z.string(),
  accountId: z.string(),
  itemId: z.string().optional(),
  texts,
  /** Of a pack alone, which has no texts of its own. */
  items: z.array(z.object({ itemId: z.string(), texts })).optional(),
  /** Empty: nobody. */
  assignedTo: z.string(),
  salesOwners: z.array(z.string()),
});

export type SearchShape = z.infer<typeof shape> & {
  id: string;
  bucket: string;
  kind: 'account' | 'item' | 'pack';
  tokens: string[];
};

const bucketCount = 8;

export const bucketOf = (accountId: string): string => String(Number(shardOf(accountId)) % bucketCount);

export const idOf = (document: Parameters<typeof nameOfDocument>[0]): string =>
  sha256(nameOfDocument(document));

/** Owners as they are stored: a patch sets both, whoever there was. */
export const ownersShape = ({
  assignedTo = '',
  salesOwners = [],
}: Pick<SearchDocument, 'assignedTo' | 'salesOwners'>): Pick<SearchShape, 'assignedTo' | 'salesOwners'> => ({
  ...{ assignedTo, salesOwners: [...salesOwners] },
});

export const shapeOf = (document: SearchDocument): SearchShape => {
  const { companyId, accountId, itemId, texts } = document;
  return {
    ...{ id: idOf(document), companyId, bucket: bucketOf(accountId), accountId },
    kind: itemId === undefined ? 'account' : 'item',
    ...(itemId === undefined ? {} : { itemId }),
    texts: [...texts],
    tokens: tokensIn(texts),
    ...ownersShape(document),
  };
};

const tokensIn = (texts: readonly SearchText[]): string[] => [...new Set(texts.flatMap(tokensOf))];

/** Items in one pack: as many as a look-up may well read for the sake of one. */
const mostPacked = 20;

/** Where each document lies: what one entry posted to an account together, all else alone. */
export const layOut = (documents: readonly NewDocument[]): Map<NewDocument, SearchShape> => {
  const groups = Map.groupBy(documents, ({ companyId, accountId, itemId, entry }) =>
    JSON.stringify([companyId, accountId, entry === undefined ? ['alone', itemId] : entry]),
  );
  const laid = new Map<NewDocument, SearchShape>();
  for (const together of groups.values())
    for (let first = 0; first < together.length; first += mostPacked) {
      const some = together.slice(first, first + mostPacked);
      const one = some.length === 1 ? shapeOf(some[0]!) : packOf(some, first);
      for (const document of some) laid.set(document, one);
    }
  return laid;
};

/** Its id goes by the entry: what comes again with others comes as the same pack. */
const packOf = (documents: readonly NewDocument[], first: number): SearchShape => {
  const [{ companyId, accountId, entry, ...owners }] = documents as [NewDocument];
  const id = sha256(JSON.stringify([accountId, 'pack', entry, first]));
  const items = documents.map(({ itemId = '', texts }) => ({ itemId, texts: [...texts] }));
  return {
    ...{ id, companyId, bucket: bucketOf(accountId), accountId, kind: 'pack', texts: [] },
    ...packed(items),
    ...ownersShape(owners),
  };
};

/** What a pack of these is found by. */
export const packed = (items: NonNullable<SearchShape['items']>): Pick<SearchShape, 'items' | 'tokens'> => ({
  items,
  tokens: tokensIn(items.flatMap(({ texts }) => texts)),
});

/** What lies in one document of the store. @throws ZodError when it is none. */
export const documentsOf = (value: unknown): SearchDocument[] => {
  const { companyId, accountId, itemId, texts, items, assignedTo, salesOwners } = shape.parse(value);
  const all = items ?? [{ ...(itemId === undefined ? {} : { itemId }), texts }];
  return all.map((one) => ({
    ...{ companyId, accountId, ...one },
    ...(assignedTo === '' ? {} : { assignedTo }),
    ...(salesOwners.length === 0 ? {} : { salesOwners }),
  }));
};
