/**
 * Bank details of an account as refunds go to them: how they are asked for, answered and kept.
 * From: clerks; place `company:<id>` / `payee:<account>` in settings. Next: the refund's approval.
 */
import { z } from 'zod';
import type { PayeeRecord } from '../domain/payee-details.ts';

const id = z.string().min(1).max(200);
const plain = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase();

/** ISO 13616: the first four characters behind the rest, letters as numbers, leave 1 when divided by 97. */
const hasRightCheckDigits = (iban: string): boolean => {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((one) => parseInt(one, 36)).join('');
  return BigInt(digits) % 97n === 1n;
};

const account = z
  .string()
  .max(60)
  .transform(plain)
  .pipe(z.string().regex(/^[A-Z0-9]{4,34}$/))
  .refine((text) => !/^[A-Z]{2}\d{2}/.test(text) || hasRightCheckDigits(text), 'the check digits are wrong');

export const bankDetailsBody = z.strictObject({
  holder: z.string().trim().min(1).max(140),
  account,
  bank: z
    .string()
    .max(30)
    .transform(plain)
    .pipe(z.string().regex(/^[A-Z0-9]{6,11}$/))
    .optional(),
  reason: z.string().trim().min(1).max(500),
});
export type BankDetailsBody = z.infer<typeof bankDetailsBody>;

export const releaseParams = z.strictObject({
  ...{ companyId: id, accountId: id },
  version: z.coerce.number().int().min(1).max(9_999),
});
export const releaseBody = z.strictObject({});

const detailsVersion = z.object({
  version: z.int().min(1),
  ...{ holder: z.string(), account: z.string(), bank: z.string().optional(), reason: z.string() },
  ...{ askedBy: z.string(), askedAt: z.string() },
  ...{ releasedBy: z.string().optional(), releasedAt: z.string().optional() },
});
export const payeeAnswer = z.object({ inForce: detailsVersion.optional(), next: detailsVersion.optional() });
export type PayeeAnswer = z.infer<typeof payeeAnswer>;

/** As it is kept: with whose it is, since a list of many asks for that. */
const kept = payeeAnswer.extend({ accountId: z.string() });

/** @throws ZodError when somebody saved what is no record. */
export const keptPayeeFrom = (value: unknown): PayeeRecord & { accountId: string } => kept.parse(value);

export const waitingPayeesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional(),
});
export const waitingPayeesAnswer = z.object({
  /** Asked for and not released, by account; `replaces` is what is in force meanwhile. */
  bankDetails: z.array(
    z.object({
      ...{ accountId: z.string(), waiting: detailsVersion, replaces: detailsVersion.optional() },
    }),
  ),
  after: z.string().optional(),
});
export type WaitingPayees = z.infer<typeof waitingPayeesAnswer>;
export const waitingPayeesFields = {
  'bankDetails.*.waiting.account': 'account.bankDetails',
  'bankDetails.*.replaces.account': 'account.bankDetails',
} as const;

/** Places that hold fields of the access table. */
export const payeeFields = {
  'inForce.account': 'account.bankDetails',
  'next.account': 'account.bankDetails',
} as const;

/** @throws ZodError when somebody saved what is no record: nothing is paid by it. */
export const payeeFrom = (value: unknown): PayeeRecord => payeeAnswer.parse(value ?? {});
