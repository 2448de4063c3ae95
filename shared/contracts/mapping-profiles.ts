/**
 * What goes in and out of the routes of mapping profiles.
 * From: people who say how a source writes its tables. Next: settings `profile:<name>`, and previews.
 */
import { z } from 'zod';
import { textEncodings } from '../domain/mapping-profile.ts';
import { mappingProfile } from './mapping-profile.ts';

const id = z.string().min(1).max(100);
const reason = z.string().trim().min(1).max(500);

export const profilesQuery = z.strictObject({ company: id });
export const profilePlace = z.strictObject({
  company: id,
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
});

/** `version` 0: it comes with the product. A company's own has who changed it last, when and why. */
export const profileAnswer = z.strictObject({
  name: z.string(),
  version: z.int(),
  profile: mappingProfile,
  by: z.string().optional(),
  at: z.string().optional(),
  reason: z.string().optional(),
});
export type ProfileAnswer = z.infer<typeof profileAnswer>;
export const profilesAnswer = z.strictObject({
  profiles: z.array(profileAnswer),
  /** Locales that may be declared for what has no notation of its own. */
  locales: z.array(z.string()),
});

/** `after`: the version this change was made after; 0 for a new one. */
export const profileBody = z.strictObject({ profile: mappingProfile, after: z.int().min(0), reason });
export type ProfileBody = z.infer<typeof profileBody>;

const reading = {
  locale: z.string().max(20).optional(),
  encoding: z.enum(textEncodings).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
};
/** `profile`: one that is not saved yet, in place of the one named. */
export const previewBody = z.strictObject({ importId: id, profile: mappingProfile.optional(), ...reading });
export type PreviewBody = z.infer<typeof previewBody>;
export const previewQuery = z.strictObject({ format: z.enum(['csv', 'xlsx', 'json']), ...reading });

const cells = z.record(z.string(), z.string());
export const previewAnswer = z.strictObject({
  profile: z.strictObject({ name: z.string(), version: z.int() }),
  header: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      row: z.int(),
      is: z.enum(['accepted', 'refused', 'skipped']),
      cells,
      /** Fields as they would be read; amounts in minor units, days ISO. */
      reads: cells,
      reasons: z.array(
        z.strictObject({ column: z.string(), value: z.string(), code: z.string(), detail: z.string() }),
      ),
      because: z.string().optional(),
    }),
  ),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;
