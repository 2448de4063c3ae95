/**
 * What goes in and out of the search.
 * From: query strings. Next: `functions/collections` answers.
 */
import { z } from 'zod';
import { searchFields } from '../domain/search-tokens.ts';

const id = z.string().min(1).max(200);

export const searchQuery = z.strictObject({
  company: id,
  /** A customer, number, purchase order, order, delivery or amount. */
  q: z
    .string()
    .max(200)
    .refine((text) => /[\p{L}\d]/u.test(text), 'at least one letter or digit'),
  /** What the page before ended with. */
  after: z.string().max(4_000).optional(),
});
export type SearchQuery = z.infer<typeof searchQuery>;

export const searchAnswer = z.strictObject({
  hits: z.array(
    z.strictObject({
      account: z.string(),
      /** Null when the account itself is what was found. */
      item: z.string().nullable(),
      /** Why it is here: which field matched, and what it says. */
      field: z.enum(searchFields),
      text: z.string(),
    }),
  ),
  /** Ask for what comes after it; null at the end. */
  next: z.string().nullable(),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
