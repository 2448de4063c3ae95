/**
 * What goes in and out of the import routes.
 * From: people and feeds that upload. Next: reports that the staff client parses by the same schemas.
 */
import { z } from 'zod';
import { fileFormats, fileKinds } from '../domain/imports.ts';
import { receiptStates } from '../domain/receipt.ts';
import { textEncodings } from '../domain/mapping-profile.ts';
import { asJson, paper } from './import-paper.ts';

const id = z.string().min(1).max(100);
const text = z.string().min(1).max(200);
const currency = z.string().regex(/^[A-Z]{3}$/);
const count = z.int().min(0);
const amounts = z.record(z.string(), z.int());

export const largestUploadBytes = 4 * 1024 * 1024 * 1024;

const feedScope = z.strictObject({
  currency: currency.optional(),
  accounts: z.strictObject({ name: text, from: text, to: text }).optional(),
});

const described = {
  company: id,
  name: text,
  kind: z.enum(fileKinds),
  /** Of the name's ending when absent. */
  format: z.enum(fileFormats as readonly [string, ...string[]]).optional(),
  source: id,
  /** ISO instant of extraction; of a snapshot always. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  profile: id.optional(),
  locale: z.string().max(20).optional(),
  encoding: z.enum(textEncodings).optional(),
  /** Between the cells of a CSV; else as the profile has it, or as the header tells. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
};

/** A new upload: what it is, and what must be found in it. */
export const importBody = z.strictObject({
  ...described,
  size: z.int().min(1).max(largestUploadBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  scope: feedScope.default({}),
  sequence: count.optional(),
  rows: count.optional(),
  /** By currency, in minor units from the debit side. */
  controlSums: z.record(currency, z.int()).optional(),
  paper: paper.optional(),
});
export type ImportBody = z.infer<typeof importBody>;

/** The one-call form: the same in the query, the file as the body. */
export const importFileQuery = z.strictObject({
  ...described,
  rows: z.coerce.number().int().min(0).optional(),
  currency: currency.optional(),
  sequence: z.coerce.number().int().min(0).optional(),
  /** Of a paper, as JSON. */
  paper: z.string().max(2_000).transform(asJson).pipe(paper).optional(),
});
export type ImportFileQuery = z.infer<typeof importFileQuery>;

export const importPlace = z.strictObject({ company: id, importId: id });
export const blockPlace = importPlace.extend({ n: z.coerce.number().int().min(0).max(511) });
export const rowPlace = importPlace.extend({ row: z.coerce.number().int().min(1) });
export const blockAnswer = z.strictObject({ n: count, bytes: count });

const cashFigures = z.strictObject({
  ...{ received: z.int(), allocated: z.int(), onAccount: z.int() },
  ...{ unidentified: z.int(), unassigned: z.int(), provisional: z.int() },
});

export const importAnswer = z.strictObject({
  company: z.string(),
  importId: z.string(),
  name: z.string(),
  kind: z.enum(fileKinds),
  format: z.string(),
  source: z.string(),
  profile: z.strictObject({ name: z.string(), version: z.int() }).optional(),
  asOf: z.string().optional(),
  state: z.enum(['receiving', 'reading', 'checking', 'reconciling', 'held', 'posting', 'done', 'refused']),
  because: z.strictObject({ code: z.string(), detail: z.string(), whatToDo: z.string() }).optional(),
  /** What it goes on with, and when: blocks, its turn, a person, parts to be posted. */
  waitsFor: z.enum(['blocks', 'work', 'person', 'parts']).optional(),
  progress: z.strictObject({
    phase: z.string(),
    bytesRead: count,
    bytes: count,
    bucketsDone: count,
    buckets: count,
    partsDone: count,
    parts: count.optional(),
    /** Receipts and advices that came to an end, of those that were brought so far. */
    settled: count,
    toSettle: count,
  }),
  rows: z.strictObject({
    read: count,
    accepted: count,
    rejected: count,
    repeated: count,
    skippedBy: z.record(z.string(), count),
    rejectedBy: z.record(z.string(), count),
  }),
  /** Open amounts of the accepted rows, by currency. */
  sums: amounts,
  /** What it changed in the ledger so far. */
  posted: z.strictObject({
    accounts: count,
    entries: count,
    rows: count,
    unchanged: count,
    refusedBy: z.record(z.string(), count),
    /** By how much open amounts changed. */
    change: amounts,
    /** How money moved, by currency: received = allocated + onAccount + unidentified + unassigned. */
    cash: z.record(z.string(), cashFigures),
    /** Receipts and advices by where their money is; `waiting`: it has not come. */
    settledAs: z.partialRecord(z.enum([...receiptStates, 'waiting']), count),
  }),
  /** Parts and receipts that wait for a person among the failed work, by reason. */
  parked: z.record(z.string(), count).optional(),

  /** Papers kept beside its documents, and those inside it that were not. */
  papers: z
    .strictObject({
      kept: count,
      refused: z.array(z.strictObject({ name: z.string(), code: z.string() })),
    })
    .optional(),
  corrects: z.strictObject({ importId: z.string(), row: z.int() }).optional(),
  by: z.string(),
  receivedAt: z.string(),
  changedAt: z.string(),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

/** `blockBytes`: send blocks of this size, the last one smaller. `isAgain`: it came before; this is what it came to. */
export const createdAnswer = z.strictObject({
  import: importAnswer,
  blockBytes: count,
  isAgain: z.boolean(),
});

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(300).optional(),
};
export const importsQuery = z.strictObject({ company: id, ...page });
export const importsAnswer = z.strictObject({
  imports: z.array(importAnswer.omit({ posted: true })),
  after: z.string().optional(),
});

/** A route that is told everything by its address. */
export const noBody = z.undefined();
