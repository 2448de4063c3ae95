/**
 * A mapping profile as it is stored and sent: checked as a whole, so that a bad one never meets a file.
 * From: the form of a person, settings `profile:<name>`. Next: `shared/formats/rows-mapper.ts`.
 */
import { z } from 'zod';
import { fileKinds } from '../domain/imports.ts';
import { itemKinds } from '../domain/item.ts';
import { recordKinds, textEncodings, type MappingProfile } from '../domain/mapping-profile.ts';
import { notationFault } from '../domain/mapping-profile-notation.ts';
import type { Schema } from './schema.ts';

const word = z.string().trim().min(1).max(200);
const words = z.array(word).min(1).max(50);
const days = z.array(z.string().min(4).max(40)).min(1).max(5);

const sign = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('front') }),
  z.strictObject({ at: z.literal('end') }),
  z.strictObject({ at: z.literal('parentheses') }),
  z.strictObject({ at: z.literal('mark'), debit: z.string().max(10), credit: z.string().max(10) }),
]);
const grouping = z.enum(['threes', 'indian']);
const amounts = z.discriminatedUnion('decimal', [
  z.strictObject({ decimal: z.literal('.'), group: z.enum(['', ',', ' ', "'"]), grouping, sign }),
  z.strictObject({ decimal: z.literal(','), group: z.enum(['', '.', ' ', "'"]), grouping, sign }),
]);

const notation = z.strictObject({ amounts, days });

const field = z.strictObject({
  columns: z.array(word).max(10),
  otherwise: z.string().max(200).exactOptional(),
  stripLeadingZeros: z.boolean().exactOptional(),
  days: days.exactOptional(),
});

const dialect = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']),
  quote: z.enum(['"', "'", '']),
  hasHeader: z.boolean(),
  skippedLines: z.int().min(0).max(100),
});

const shape = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  version: z.int().min(1),
  file: z.enum(fileKinds),
  record: z.enum([...recordKinds, 'byRecordField', 'byClearedDate']),
  format: z.enum(['csv', 'xlsx', 'json']),
  dialect,
  encoding: z.enum(textEncodings),
  notation: notation.exactOptional(),
  recognisedBy: z.array(words).min(1).max(10),
  fields: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/), field),
  required: z.array(word).max(50),
  wanted: z.array(z.enum(['purchaseOrder', 'attachment'])),
  sign: z.enum(['debitPositive', 'inverted', 'positiveCredits']),
  marks: z.strictObject({ debit: words, credit: words }).exactOptional(),
  partPayments: z.enum(['net', 'gross']),
  kinds: z.record(z.string().toLowerCase().min(1).max(60), z.enum(itemKinds)),
  kindBySign: z.strictObject({ debit: z.enum(itemKinds), credit: z.enum(itemKinds) }),
  terms: z.record(word, word),
  numbersRepeatByYear: z.boolean(),
  skips: z
    .array(z.strictObject({ column: word, equals: z.array(z.string().max(200)).min(1), because: word }))
    .max(20),
});

/** Refused as well: day formats that are none, that read a text in two ways, and marks that clash. */
export const mappingProfile: Schema<MappingProfile> = shape.superRefine((profile, context) => {
  if (profile.record === 'bankLine' && profile.file !== 'bankStatement')
    context.addIssue({ code: 'custom', path: ['record'], message: 'bankLine is of a bankStatement' });
  const dayLists = Object.entries(profile.fields).flatMap(([name, { days: own }]) =>
    own === undefined ? [] : [{ path: ['fields', name, 'days'], days: own }],
  );
  const whole = profile.notation === undefined ? [] : [{ path: ['notation'], ...profile.notation }];
  for (const { path, ...notation } of [...whole, ...dayLists]) {
    const fault = notationFault(notation);
    if (fault !== undefined) context.addIssue({ code: 'custom', path, message: fault });
  }
});
