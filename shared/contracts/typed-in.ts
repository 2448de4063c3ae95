/**
 * Words, days and amounts as people type them.
 * From: bodies of the entry routes. Next: `entries.ts`, `payment-entry.ts`.
 */
import { z } from 'zod';
import { dayFromText, type Day } from '../domain/calendar.ts';
import { amountOf } from '../domain/money.ts';

/** Controls, line ends, and marks that are invisible or turn the writing direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;

/** One line of text, at most so many characters long. */
export const plain = (most: number) =>
  z
    .string()
    .max(4 * most)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1)
        .max(most)
        .refine((text) => !unseen.test(text), 'it holds a character that can not be seen'),
    );
export const identifier = plain(200);
export const day = z.iso.date().transform((text): Day => dayFromText(text));
export const wholeAmount = z.int().transform(amountOf);
