/**
 * A company's own texts to its customers: what is kept of each, and what goes in and out of their routes.
 * From: staff. Next: `functions/email`: one person writes, another approves; only what was approved is sent.
 */
import { z } from 'zod';
import { maskCards } from '../domain/card-numbers.ts';
import { messageLanguages, messageTexts } from '../domain/message-data.ts';
import { scriptCodes } from '../domain/call-outcomes.ts';
import type { OwnTextRecord } from '../domain/own-text.ts';

const id = z.string().min(1).max(200);
const said = z.string().trim().min(1).max(500);

const draft = z.object({
  ...{ version: z.int(), source: z.string(), reason: z.string(), askedBy: z.string(), askedAt: z.string() },
});
const record: z.ZodType<OwnTextRecord> = z.object({
  inForce: draft.extend({ approvedBy: z.string(), approvedAt: z.string() }).exactOptional(),
  draft: draft.exactOptional(),
});

/** `text:<text>:<language>` in the settings of a company. */
export const ownTextPrefix = 'text:';
export const ownTextName = (text: string, language: string): string => `${ownTextPrefix}${text}:${language}`;

/** Nothing where nobody wrote one. @throws ZodError when what is kept is no record of a text. */
export const ownTextFrom = (value: unknown): OwnTextRecord =>
  value === undefined ? {} : record.parse(value);

export const textsParams = z.strictObject({ company: id });
export const textParams = textsParams.extend({
  /** A mail, or what is said on the phone. */
  text: z.enum([...(messageTexts as [(typeof messageTexts)[number]]), ...scriptCodes]),
  language: z.enum(messageLanguages),
});
export const textVersionParams = textParams.extend({ version: z.coerce.number().int().min(1).max(9_999) });

const line = {
  ...{ text: z.string(), language: z.string(), tone: z.string() },
  /** Whether the company's own is sent, and which version of it; else ours. */
  ...{ isOwn: z.boolean(), version: z.int(), draft: z.int().nullable() },
};
export const textsAnswer = z.strictObject({ texts: z.array(z.strictObject(line)) });
export type TextsAnswer = z.infer<typeof textsAnswer>;

const shownDraft = draft.strict().nullable();
export const textAnswer = z.strictObject({
  ...line,
  /** As it is sent, and as we have it: where a company's own begins. */
  ...{ source: z.string(), ours: z.string(), waiting: shownDraft },
  approvedBy: z.string().nullable(),
  /** Parts it must hold, and values it may name. */
  parts: z.array(z.string()),
  values: z.array(z.strictObject({ name: z.string(), means: z.string(), isOptional: z.boolean() })),
});
export type TextAnswer = z.infer<typeof textAnswer>;

export const saveTextBody = z.strictObject({
  source: z.string().min(1).max(20_000).overwrite(maskCards),
  reason: said,
});
export type SaveTextBody = z.infer<typeof saveTextBody>;
export const approveTextBody = z.strictObject({ reason: said });
