/**
 * How a company's book stands to its ERP, as it goes out beside every balance (R146).
 * From: `shared/edge/read-book.ts`. Next: answers of account page, aging, balances; headers of exports.
 */
import { z } from 'zod';

export const bookStanding = z.strictObject({
  /** Whose book it is: the ERP's, mirrored here, or Dunwell's. */
  mode: z.enum(['erpLed', 'dunwellLed']),
  /** ISO instant the newest feed is of; null before the first, and where the book is kept here. */
  feedAsOf: z.string().nullable(),
  /**
   * Of the bank that lags most: the last booked day of its newest file, or the ISO instant it came where it names no
   * day; null without bank files.
   */
  bankAsOf: z.string().nullable(),
  /**
   * What the book of the whole company is above the ERP's control account of that day, by currency; null where it was
   * not told, or the caller sees some accounts alone.
   */
  control: z.object({ on: z.string(), differences: z.record(z.string(), z.int()) }).nullable(),
  /** Why nothing automatic leaves this company just now, by code (R149); empty when nothing keeps it. */
  silentBecause: z.array(z.object({ code: z.string(), text: z.string() })).readonly(),
});
