/**
 * Documents of the search index as they lie in the store.
 * From: `cosmos-search.ts`. Next: documents of the domain.
 * An account's lie in one bucket of its company; with few buckets, what many accounts said at once is few batches.
 */
import { z } from 'zod';
import { shardOf } from '../domain/report-shard.ts';
import { searchFields, tokensOf, type SearchDocument } from '../domain/search-tokens.ts';
import { nameOfDocument } from '../ports/search-index.ts';
import { sha256 } from './entry-hash.ts';

const shape = z.object({
  companyId: z.string(),
  accountId: z.string(),
  itemId: z.string().optional(),
  texts: z.array(z.object({ field: z.enum(searchFields), text: z.string() })),
  /** Empty: nobody. */
  assignedTo: z.string(),
  salesOwners: z.array(z.string()),
});

export type SearchShape = z.infer<typeof shape> & {
  id: string;
  bucket: string;
  kind: 'account' | 'item';
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
    tokens: [...new Set(texts.flatMap(tokensOf))],
    ...ownersShape(document),
  };
};

/** @throws ZodError when it is none. */
export const documentOf = (value: unknown): SearchDocument => {
  const { companyId, accountId, itemId, texts, assignedTo, salesOwners } = shape.parse(value);
  return {
    ...{ companyId, accountId, texts },
    ...(itemId === undefined ? {} : { itemId }),
    ...(assignedTo === '' ? {} : { assignedTo }),
    ...(salesOwners.length === 0 ? {} : { salesOwners }),
  };
};
