/**
 * How many days before an invoice is due a collector wants to hear of it in the morning mail.
 * From: a form of each collector. Next: setting `dueSoon:{person}` of the company, every version kept.
 */
import { z } from 'zod';
import { defaultDaysAhead } from '../domain/due-mornings.ts';

const dueSoon = z.strictObject({ daysAhead: z.int().min(1).max(60) });

export const dueSoonPlace = (companyId: string, personId: string) => ({
  ...{ scope: `company:${companyId}`, name: `dueSoon:${personId}` },
});

/** @throws ZodError when the setting is none. */
export const daysAheadFrom = (value: unknown): number =>
  value === undefined ? defaultDaysAhead : dueSoon.parse(value).daysAhead;

export const dueSoonBody = dueSoon.extend({
  /** The version that was looked at; 0 before the first. */
  after: z.int().min(0),
});
export type DueSoonBody = z.infer<typeof dueSoonBody>;
export const dueSoonAnswer = z.strictObject({ version: z.int(), ...dueSoon.shape });
export type DueSoonAnswer = z.infer<typeof dueSoonAnswer>;
