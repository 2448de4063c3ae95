/**
 * Documents of the search index as they are read back.
 * From: `cosmos-search.ts`. Next: documents of the domain.
 */
import { z } from 'zod';
import { searchFields, type SearchDocument } from '../domain/search-tokens.ts';

const shape = z.object({
  id: z.string(),
  companyId: z.string(),
  tokenPrefix: z.string(),
  token: z.string(),
  accountId: z.string(),
  field: z.enum(searchFields),
  itemId: z.string().optional(),
  text: z.string(),
  assignedTo: z.string().optional(),
  salesOwners: z.array(z.string()).optional(),
});

export type SearchShape = SearchDocument & { id: string; tokenPrefix: string };

/** @throws ZodError when it is none. */
export const parseSearch = (document: unknown): SearchShape => shape.parse(document) as SearchShape;

export const documentOf = ({ id: _id, tokenPrefix: _prefix, ...document }: SearchShape): SearchDocument =>
  document;
