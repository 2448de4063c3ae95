/**
 * What goes in and out of exports: which rows, as of when, and what has changed since one was made.
 * From: query strings, the record kept of each export. Next: `functions/ledger`.
 */
import { z } from 'zod';
import { exportKinds } from '../domain/export-rows.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();

export const exportParams = z.strictObject({ kind: z.enum(exportKinds) });

export const exportQuery = z.strictObject({
  company: id,
  /** Items that are open, or cleared ones, too; for items alone. */
  state: z.enum(['open', 'all']).default('open'),
  /** The end of this day; as it stands now when absent. */
  asOf: day.optional(),
  view: z.enum(['known', 'corrected']).default('known'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type ExportQuery = z.infer<typeof exportQuery>;

/** Kept of each export, so that it can be compared with what the ledger says later. */
export const exportRecord = z.strictObject({
  companyId: id,
  kind: z.enum(exportKinds),
  state: z.enum(['open', 'all']),
  view: z.enum(['known', 'corrected']),
  /** The day it was as of, and whether that day was asked for. */
  day,
  isPastDay: z.boolean(),
  ledgerVersion: z.int(),
  rowCount: z.int(),
  /** Of each account in it, by its id. */
  versions: z.array(z.tuple([z.string(), z.int().min(1)])),
  /** Who made it of the accounts they saw; null: of all accounts of the company. Others find it nowhere. */
  madeBy: z.string().nullable(),
});
export type ExportRecord = z.infer<typeof exportRecord>;

/** Columns that hold fields of the access table; who does not see one finds its cells empty. */
export const exportFields = {
  name: 'account.name',
  assignedTo: 'account.assignments',
  holds: 'account.dunningHold',
  insured: 'account.insurance',
} as const;

/** The same columns in the answer about what changed. */
export const exportChangesFields = Object.fromEntries(
  Object.entries(exportFields).flatMap(([column, field]) =>
    ['before', 'after'].map((side) => [`rows.*.${side}.${column}`, field] as const),
  ),
);

export const exportId = z.string().regex(/^[0-9a-f]{32}$/);
export const exportChangesParams = z.strictObject({ exportId });
export const exportChangesQuery = z.strictObject({
  company: id,
  /** The account after which to go on. */
  after: id.optional(),
});
export type ExportChangesQuery = z.infer<typeof exportChangesQuery>;

const values = z.record(z.string(), z.union([z.string(), z.int()]).optional());

export const exportChangesAnswer = z.strictObject({
  exportId,
  kind: z.enum(exportKinds),
  day,
  /** Entries that were in the export, of the accounts the caller sees. */
  ledgerVersion: z.int(),
  rows: z.array(
    z.strictObject({
      account: z.string(),
      key: z.string(),
      before: values.nullable(),
      after: values.nullable(),
    }),
  ),
  /** Ask for what comes after it; null at the end. */
  next: z.string().nullable(),
});
export type ExportChangesAnswer = z.infer<typeof exportChangesAnswer>;
