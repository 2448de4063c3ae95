/**
 * The home page of each role: what comes first, what then, what to do first (`defaults.md` §10).
 * From: `functions/reporting`. Next: the staff client. Lists are short: what is behind them is named.
 */
import { z } from 'zod';
import { bookStanding } from './book-standing.ts';
import { kpisAnswer } from './reports.ts';

export const homeRoles = [
  ...(['ceo', 'cfo', 'creditManager', 'collector', 'arClerk', 'disputeOwner', 'customerService'] as const),
  ...(['sales', 'bookkeeper', 'placed', 'it'] as const),
] as const;
export type HomeRole = (typeof homeRoles)[number];

const row = z.strictObject({
  id: z.string(),
  accountId: z.string().nullable(),
  /** A code: what is due, whose problem it is. */
  what: z.string().nullable(),
  currency: z.string().nullable(),
  amount: z.int().nullable(),
  on: z.string().nullable(),
});
export type HomeRow = z.infer<typeof row>;

const block = z.strictObject({
  name: z.string(),
  place: z.enum(['first', 'then']),
  rows: z.array(row),
  /** There are more than these. */
  isMore: z.boolean(),
  /** The route of the whole list. */
  behind: z.string(),
});
export type HomeBlock = z.infer<typeof block>;

export const homeAnswer = z.strictObject({
  role: z.enum(homeRoles),
  companyId: z.string(),
  tiles: kpisAnswer.shape.tiles,
  /** ISO instant of the newest entry in the tiles; null before the first, and on pages without tiles. */
  dataAt: z.string().nullable(),
  /** Whose book it is, of when it and the bank are, and why nothing automatic leaves; null to whoever sees no company. */
  book: bookStanding.nullable(),
  blocks: z.array(block),
  /** The first thing to do, and its route. */
  action: z.strictObject({ does: z.string(), behind: z.string() }),
});
export type HomeAnswer = z.infer<typeof homeAnswer>;
