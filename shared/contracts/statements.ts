/**
 * What goes in to ask for statements of an account, a site or a group.
 * From: paths, query strings. Next: `functions/ledger` answers with a file.
 */
import { z } from 'zod';

const id = z.string().min(1).max(200);
const day = z.iso.date();

const statementChoice = z.strictObject({
  style: z.enum(['open-item', 'balance-forward']).default('open-item'),
  from: day.optional(),
  /** Today of the company when absent. */
  to: day.optional(),
  /** With what was booked for that time later, or as it was known at its end. */
  view: z.enum(['corrected', 'known']).default('corrected'),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});
type Choice = { style: string; from?: string | undefined; to?: string | undefined };
const beginsOnADay = ({ style, from }: Choice): boolean => style === 'open-item' || from !== undefined;
const endsAfterItBegins = ({ from, to }: Choice): boolean =>
  from === undefined || to === undefined || from <= to;
const noBeginning = { path: ['from'], message: 'a balance-forward statement begins on a day' };
const noTime = { path: ['from'], message: 'it begins after it ends' };

export const statementQuery = statementChoice
  .extend({ site: id.optional() })
  .refine(beginsOnADay, noBeginning)
  .refine(endsAfterItBegins, noTime);
export type StatementQuery = z.infer<typeof statementQuery>;

export const groupParams = z.strictObject({ group: id });
export const groupStatementQuery = statementChoice
  .refine(beginsOnADay, noBeginning)
  .refine(endsAfterItBegins, noTime);
export type GroupStatementQuery = z.infer<typeof groupStatementQuery>;
