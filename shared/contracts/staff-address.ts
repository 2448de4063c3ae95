/**
 * What a person of the house is called, and the address they are mailed at by name, whether or not they are on a list of recipients.
 * From: administrators. Next: `functions/reporting`, `told-by-name.ts`, `people-names.ts`. Place: settings, scope `user:<tenant:person>`.
 */
import { z } from 'zod';

const email = z.email().max(254);
const name = z.string().trim().min(1).max(100);

/** Without an address they are mailed no more. */
export const staffAddressBody = z.strictObject({
  email: email.nullable(),
  /** As reports name them; without one, by their address. */
  name: name.nullable().default(null),
  /** The version this change was made after; 0 where none was set. */
  after: z.int().min(0),
  reason: z.string().trim().min(1).max(500),
});
export type StaffAddressBody = z.infer<typeof staffAddressBody>;

export const staffAddress = z.strictObject({ email: email.nullable(), name: name.nullable().default(null) });
export const staffAddressAnswer = z.strictObject({
  personId: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  version: z.int(),
});
export type StaffAddressAnswer = z.infer<typeof staffAddressAnswer>;

export const staffAddressPlace = (personId: string) => ({ scope: `user:${personId}`, name: 'address' });
