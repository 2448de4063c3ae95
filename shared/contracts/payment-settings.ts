/**
 * Settings of online payment: where the portal is, and the keys of accounts at the payment provider.
 * From: the app's settings, filled from a vault in the cloud. Next: `settings.ts`. Keys stand in no message of a fault.
 */
import { z } from 'zod';

const account = z.strictObject({
  /** Secret key of the account. */
  key: z.string().regex(/^(sk|rk)_(test|live)_[A-Za-z0-9_-]{8,300}$/),
  /** Of its webhook; two while one takes the other's place. */
  webhookSecrets: z
    .array(z.string().regex(/^whsec_[A-Za-z0-9+/=_-]{8,200}$/))
    .min(1)
    .max(2),
});

/** By company, or `default` for every company without one of its own. */
const accounts = z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/), account);
export type PaymentAccounts = z.infer<typeof accounts>;

/** None where nothing is set. Undefined when the text is not what it should be. */
export const paymentAccountsIn = (text: string | undefined): PaymentAccounts | undefined => {
  if (text === undefined || text === '') return {};
  try {
    const parsed = accounts.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
