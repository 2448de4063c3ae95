/**
 * What a payment that a customer wants to start comes to, and whether there were not too many just now.
 * From: `start-checkout.ts`, `choose-transfer.ts`. Next: the record of the checkout, the reference. Amounts come from the
 * account alone, never from the page.
 */
import type { CheckoutBody } from '../../shared/contracts/portal.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { priceCheckout, sumsOfCheckout, type PricedCheckout } from '../../shared/domain/checkout.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import { notThere, ownAccount, type OwnCall } from './read-own.ts';

export type StartCall = OwnCall & {
  callerId: string;
  requestId: string;
  /** Items a link may pay; all of the account for who is signed in. */
  mayPay: 'all' | readonly string[];
};

const [mostStarts, windowMinutes] = [5, 10];

/** Of one account, whoever starts them (reliability 5.5). */
export const pace = async (
  { counter }: PortalStores,
  { now, requestId }: StartCall,
  { companyId, accountId }: AccountKey,
): Promise<Outcome<true, 'too-many-payments'>> => {
  const span = String(Math.floor(now.epochMilliseconds / (windowMinutes * 60_000)));
  const callerId = `account:${companyId}:${accountId}`;
  const counted = { callerId, what: 'checkout', span, thing: requestId, most: mostStarts };
  return (await counter.count(counted)) === 'counted'
    ? done(true)
    : refuse('too-many-payments', `More than ${mostStarts} in ${windowMinutes} minutes.`);
};

export type Priced = PricedCheckout & {
  company: Company;
  today: Day;
  loaded: LoadedAccount;
};

export const price = async (
  parts: PortalStores,
  call: StartCall,
  key: AccountKey,
  { currency, items, credits }: CheckoutBody,
  sums = sumsOfCheckout,
): Promise<Outcome<Priced, ProblemCode>> => {
  const ids = [...items.map(({ item }) => item), ...credits];
  if (call.mayPay !== 'all' && ids.some((id) => !call.mayPay.includes(id)))
    return refuse('item-not-found', 'One of the invoices is not there.');
  const own = await ownAccount(parts, call, key, ids);
  if (!own.ok) return notThere();
  const { loaded, today } = own.value;
  const wanted = { currency, credits, items: items.map(({ item: itemId, amount }) => ({ itemId, amount })) };
  const priced = priceCheckout(loaded.account, wanted, today, parts.hashText, sums);
  if (priced.ok) return done({ ...priced.value, ...own.value });
  const { code, detail } = priced;
  return refuse(code === 'items-missing' || code === 'too-many-items' ? 'input-not-valid' : code, detail);
};
