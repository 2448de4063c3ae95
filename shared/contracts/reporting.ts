/**
 * What the relay reads of its feed, and what goes in and out of the reporting routes.
 * From: the change feed of `ledger`, query strings. Next: `functions/ledger` relays, `functions/reporting` answers.
 */
import { z } from 'zod';
import { bookStanding } from './book-standing.ts';
import { moves } from './messages.ts';

const id = z.string().min(1).max(200);

/** An entry document of the change feed, as far as the relay passes it on. */
export const entryChange = z.object({
  companyId: id,
  accountId: id,
  version: z.int().min(1),
  entry: z.object({
    at: z.iso.datetime(),
    hash: z.string(),
    facts: z.array(z.looseObject({ kind: z.string(), on: z.string() })).min(1),
  }),
  isUnheld: z.literal(true).optional(),
  moves,
});
export type EntryChange = z.infer<typeof entryChange>;

/** A mark laid into the ledger with the beat, for the relay to find. */
export const probeChange = z.object({ kind: z.literal('probe'), probe: z.string(), slot: z.iso.datetime() });

/** What the relay reads of the change feed. */
export const relayedChange = z.discriminatedUnion('kind', [
  entryChange.extend({ kind: z.literal('entry') }),
  probeChange,
]);

const day = z.iso.date();
const companies = z
  .string()
  .max(2_000)
  .transform((text) => [...new Set(text.split(','))].toSorted())
  .pipe(z.array(id).min(1).max(20));

export const agingQuery = z
  .strictObject({
    /** One company, or several with commas between. */
    company: companies,
    /** The end of this day; today of the company when absent. */
    asOf: day.optional(),
    view: z.enum(['known', 'corrected']).default('known'),
    scheme: z.enum(['standard', 'fine', 'ahead']).default('standard'),
    basis: z.enum(['due', 'document']).default('due'),
    by: z.enum(['company', 'currency', 'collector', 'segment']).default('company'),
    /** What is contested in a column of its own; when absent, within the buckets. */
    disputed: z.enum(['within', 'apart']).optional(),
  })
  .refine(({ scheme, basis }) => scheme !== 'ahead' || basis === 'due', {
    path: ['basis'],
    message: 'what lies ahead is counted from the due day alone',
  });
export type AgingQuery = z.infer<typeof agingQuery>;

const amount = z.int();
const table = z.strictObject({
  buckets: z.record(z.string(), amount),
  columns: z.strictObject({
    ...{ credits: amount, retention: amount, drafts: amount, insolvent: amount, disputed: amount },
  }),
  total: amount,
  ofWhichDeductions: amount,
});

/** How fresh the figures of one company are. */
const freshness = z.strictObject({
  companyId: z.string(),
  /** How many entries of the ledger are in them; grows with each. */
  ledgerVersion: z.int(),
  /** Instant of the newest entry in them; null before the first. */
  dataAt: z.string().nullable(),
  book: bookStanding,
});

/** Both are null for callers who see some accounts alone: they would tell what goes on at the others. */
const agingFreshness = freshness.extend({
  ledgerVersion: z.int().nullable(),
  /** Of the sums shown, by due day: the same mark, nothing in them has moved. */
  mark: z.string(),
});

export const agingAnswer = z.strictObject({
  asOf: day,
  view: z.enum(['known', 'corrected']),
  scheme: z.enum(['standard', 'fine', 'ahead']),
  basis: z.enum(['due', 'document']),
  by: z.enum(['company', 'currency', 'collector', 'segment']),
  /** In the order of their names; what belongs to nobody, or to no segment, has no name and comes last. */
  groups: z.array(
    z.strictObject({
      name: z.string().nullable(),
      currencies: z.array(
        z.strictObject({
          currency: z.string(),
          receivables: table,
          intercompany: table,
          outside: amount,
          open: amount,
        }),
      ),
    }),
  ),
  freshness: z.array(agingFreshness),
});
export type AgingAnswer = z.infer<typeof agingAnswer>;

export const balancesQuery = z.strictObject({ company: companies });
export type BalancesQuery = z.infer<typeof balancesQuery>;

export const balancesAnswer = z.strictObject({
  companies: z.array(
    freshness.extend({
      accounts: z.int(),
      /** Open amounts in minor units. */
      openByCurrency: z.record(z.string(), amount),
    }),
  ),
});
export type BalancesAnswer = z.infer<typeof balancesAnswer>;
