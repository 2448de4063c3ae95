/**
 * What the edge needs to know of a schema, without knowing the library.
 * From: the schemas of this folder. Next: the trigger wrappers parse with them.
 */
import type { z } from 'zod';

export type Schema<Value> = z.ZodType<Value>;

/** Each field and what is wrong with it, in one line. */
export const reasonsOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.') || 'as a whole'}: ${message}`).join('; ');
