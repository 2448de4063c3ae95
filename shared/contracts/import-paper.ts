/**
 * The document an uploaded paper belongs to, as its sender says it.
 * From: people and feeds that upload papers. Next: `imports.ts`, the body and the query of an upload.
 */
import { z } from 'zod';
import { paperKinds } from '../domain/attachment.ts';
import { itemKinds } from '../domain/item.ts';

const text = z.string().min(1).max(200);

/** A text that has to be JSON; what is none is refused as undefined. */
export const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Of a paper: the document it belongs to. Without it the name of the file has to say it. */
export const paper = z.strictObject({
  type: z.enum(itemKinds),
  number: text,
  fiscalYear: z.string().min(1).max(10).optional(),
  part: text.default('1'),
  account: text.optional(),
  paper: z.enum(paperKinds).default('document'),
});
