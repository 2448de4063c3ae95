/**
 * What goes in and out of the routes of erp-exchange, and the settings it reads.
 * From: path, query and body. Next: the workflows of `functions/erp-exchange`, the staff client.
 */
import { z } from 'zod';

const id = z.string().min(1).max(200);
const reason = z.string().trim().min(3).max(500);
const amounts = z.record(z.string().regex(/^[A-Z]{3}$/), z.int());

export const companyParams = z.strictObject({ company: id });
export type CompanyParams = z.infer<typeof companyParams>;

export const importParams = z.strictObject({ company: id, importId: id });
export type ImportParams = z.infer<typeof importParams>;

/** A person lets a held file go on, or refuses it. */
export const decideHeldBody = z.strictObject({
  reason,
  decision: z.enum(['release', 'refuse']).default('release'),
});
export type DecideHeldBody = z.infer<typeof decideHeldBody>;

export const decideHeldAnswer = z.strictObject({
  importId: z.string(),
  /** `requested`: a second person releases it. */
  outcome: z.enum(['released', 'requested', 'refused']),
});
export type DecideHeldAnswer = z.infer<typeof decideHeldAnswer>;

const colour = z.enum(['green', 'amber', 'red']);
const difference = z.strictObject({
  accountId: z.string(),
  currency: z.string(),
  amount: z.int(),
  because: z.enum(['withheld', 'refused']),
});
const morningLine = z.strictObject({
  ...{ currency: z.string(), colour, reasons: z.array(z.string()) },
  ...{ opening: z.int(), between: z.int(), added: z.int(), increased: z.int(), reduced: z.int() },
  ...{ cleared: z.int(), reopened: z.int(), unexplained: z.int(), closing: z.int(), file: z.int() },
  ...{ withheld: z.int(), refused: z.int() },
  /** What the ERP's control account says, where it was given for that day. */
  control: z.int().nullable(),
  /** Received here and not yet in the accounts of the ERP: beside the book, never in it. */
  provisional: z.int(),
});

export const morningCheckAnswer = z.strictObject({
  colour,
  /** Whether automated dunning stands still until red is solved or released. */
  isDunningStopped: z.boolean(),
  checks: z.array(
    z.strictObject({
      ...{ scope: z.string(), importId: z.string(), asOf: z.string(), colour },
      lines: z.array(morningLine),
      differences: z.array(difference),
      differenceCount: z.int(),
      released: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
    }),
  ),
});
export type MorningCheckAnswer = z.infer<typeof morningCheckAnswer>;

export const releaseBody = z.strictObject({ reason });
export const releaseAnswer = z.strictObject({ released: z.array(z.string()) });

/** The ERP's control account at the end of a day, in minor units by currency. */
export const controlBody = z.strictObject({ on: z.iso.date(), balances: amounts });
export type ControlBody = z.infer<typeof controlBody>;
export const controlAnswer = z.strictObject({ on: z.string() });

export const feedsAnswer = z.strictObject({
  mode: z.enum(['erpLed', 'dunwellLed']),
  colour,
  /** Why nothing automatic leaves just now, and what else is wrong. */
  reasons: z.array(z.enum(['feed-stale', 'cash-stale', 'sequence-gap', 'no-snapshot'])),
  arrivals: z.array(
    z.strictObject({
      ...{ kind: z.string(), source: z.string(), receivedAt: z.string() },
      ...{ asOf: z.string().nullable(), bookedOn: z.string().nullable() },
      ...{ sequence: z.int().nullable(), missing: z.array(z.int()) },
    }),
  ),
  snapshots: z.array(
    z.strictObject({
      scope: z.string(),
      acceptedAsOf: z.string().nullable(),
      postingImport: z.string().nullable(),
      waitingImports: z.array(z.string()),
    }),
  ),
  /** Money and approved proposals that no feed has shown 3 business days after; `exportId` null: not listed yet. */
  notPosted: z.array(
    z.strictObject({
      ...{ id: z.string(), kind: z.string(), accountId: z.string() },
      ...{ currency: z.string(), amount: z.int(), since: z.string() },
      ...{ exportId: z.string().nullable(), exportedAt: z.string().nullable(), isAcknowledged: z.boolean() },
      /** Why the ERP would not take it. */
      refusedBecause: z.string().nullable(),
    }),
  ),
});
export type FeedsAnswer = z.infer<typeof feedsAnswer>;

export const postingExportQuery = z.strictObject({
  /** Number of the export read before: the next one, made of what is in none yet. */
  after: z.coerce.number().int().min(0).default(0),
  format: z.enum(['csv', 'json']).default('csv'),
});
export type PostingExportQuery = z.infer<typeof postingExportQuery>;

export const acknowledgeParams = z.strictObject({ company: id, exportId: id });
export const acknowledgeBody = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        id,
        reference: z.string().max(100).optional(),
        refusedBecause: z.string().max(500).optional(),
      }),
    )
    .min(1)
    .max(100),
});
export type AcknowledgeBody = z.infer<typeof acknowledgeBody>;
export const acknowledgeAnswer = z.strictObject({ acknowledged: z.int(), known: z.int() });
