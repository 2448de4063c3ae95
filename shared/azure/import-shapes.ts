/**
 * Documents of imports as they are read back, checked before anything trusts them.
 * From: `cosmos-imports.ts`. Next: imports, rejected rows and results of the domain.
 */
import { z } from 'zod';
import { fileKinds, type ImportDocument, type PartResult, type RejectedRow } from '../domain/imports.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);
const sums = z.record(z.string(), z.int());

const importDocument = z.object({
  kind: z.literal('import'),
  content: z.looseObject({
    companyId: z.string(),
    importId: z.string(),
    kind: z.enum(fileKinds),
    bytes: count,
    sha256: z.string(),
    state: z.enum(['receiving', 'reading', 'checking', 'reconciling', 'held', 'posting', 'done', 'refused']),
    buckets: z.int().min(1),
    progress: z.looseObject({ phase: z.string(), bytesRead: count, step: count, bucketsDone: count }),
    counts: z.strictObject({ rows: count, accepted: count, rejected: count, repeated: count }),
    rejectedBy: counts,
    sums,
    unreadableKeys: count,
  }),
});

const rejectedDocument = z.object({
  kind: z.literal('row'),
  content: z.looseObject({ row: z.int().min(1), state: z.enum(['open', 'corrected', 'dropped']) }),
});

const resultDocument = z.object({
  kind: z.literal('result'),
  content: z.looseObject({
    part: z.string(),
    entries: count,
    posted: count,
    refusedBy: counts,
    change: sums,
  }),
});

const uploads = z.object({ content: z.record(z.string(), count) });

export const parseImport = (document: unknown): ImportDocument =>
  importDocument.parse(document).content as unknown as ImportDocument;

export const parseRejected = (document: unknown): RejectedRow =>
  rejectedDocument.parse(document).content as unknown as RejectedRow;

export const parseResult = (document: unknown): PartResult =>
  resultDocument.parse(document).content as unknown as PartResult;

/** Bytes by import. */
export const parseUploads = (document: unknown): Record<string, number> => uploads.parse(document).content;
