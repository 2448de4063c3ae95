/**
 * What customers download: statements, copies of documents, the papers beside them.
 * From: sessions and signed links. Next: `functions/portal`.
 */
import { z } from 'zod';
import { paperKinds } from '../domain/attachment.ts';
import { messageLanguages } from '../domain/message-data.ts';
import { ownAccountParams, ownItemParams } from './portal.ts';

/** Without one: as the account is written to. */
export const inLanguage = z.strictObject({ language: z.enum(messageLanguages).optional() });
export type InLanguage = z.infer<typeof inLanguage>;

export const statementForms = ['pdf', 'xlsx'] as const;
export const ownStatementParams = ownAccountParams.extend({ form: z.enum(statementForms) });

/** The mail that is planned. */
export const mailedAnswer = z.strictObject({ message: z.string() });

export const ownItemPaperParams = ownItemParams.extend({ paper: z.string().min(1).max(200) });
/** The oldest first. */
export const ownItemPapersAnswer = z.strictObject({
  papers: z.array(
    z.strictObject({
      ...{ paper: z.string(), is: z.enum(paperKinds), name: z.string(), contentType: z.string() },
      ...{ bytes: z.int(), at: z.string() },
    }),
  ),
});
export type OwnItemPapersAnswer = z.infer<typeof ownItemPapersAnswer>;
