/**
 * Ends a checkout that will not be paid: at the provider, in our record, and with it the hold of its items.
 * From: another start over the same invoices, an end the provider tells of. Next: the items are asked for again.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { checkoutHoldId, liftHold, placeHold } from '../../shared/domain/checkout-hold.ts';
import type { Checkout } from '../../shared/domain/checkout.ts';
import type { Actor } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Account } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { PortalStores } from './portal-parts.ts';

export type EndCall = { scope: Scope; systemScope: Scope; now: Instant; actor: Actor };

const mostTries = 8;

/** Refused with `payment-under-way` when the customer was faster. The same again changes nothing. */
export const endCheckout = async (
  parts: PortalStores,
  call: EndCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<undefined, ProblemCode>> => {
  for (let tries = 1; ; tries += 1) {
    const ended = await endOnce(parts, call, key, id);
    if (!ended.ok) return ended;
    if (ended.value) break;
    if (tries === mostTries) throw new Error(`checkout ${id} changed under each of ${mostTries} tries`);
  }
  return changeHold(parts, call, key, id, async (account, on) => {
    const kept = await parts.checkouts.read(call.scope, key, id);
    const isBegunAgain = kept?.checkout.state === 'starting' || kept?.checkout.state === 'open';
    return isBegunAgain ? [] : liftHold(account, checkoutHoldId(id), on);
  });
};

/** False when it became something else meanwhile: a page that opened just now has to be ended at the provider, too. */
const endOnce = async (
  { checkouts, provider: providers }: PortalStores,
  { scope, now }: EndCall,
  key: AccountKey,
  id: string,
): Promise<Outcome<boolean, ProblemCode>> => {
  const kept = await checkouts.read(scope, key, id);
  if (kept === undefined) return done(true);
  const { provider, sessionId, state } = kept.checkout;
  const isOpen = state === 'open' && sessionId !== undefined;
  const session = isOpen ? await providers.expire(provider, sessionId) : undefined;
  if (session?.state === 'complete' || state === 'processing' || state === 'paid')
    return refuse('payment-under-way', `Payment ${id} is being confirmed.`);
  if (state !== 'open' && state !== 'starting') return done(true);
  const checkout: Checkout = { ...kept.checkout, state: 'expired', changedAt: textOfInstant(now) };
  return done((await checkouts.save(scope, { checkout, mark: kept.mark })) !== 'version-conflict');
};

type News = Partial<Pick<Checkout, 'state' | 'paymentId' | 'sessionId'>>;

/** States a payment can no longer come out of by older news. */
const isFinal = (state: Checkout['state']): boolean => state === 'paid';

/** Writes down what is known now; a checkout that was paid stays paid. @throws when it changes under every try. */
export const markCheckout = async (
  { checkouts }: Pick<PortalStores, 'checkouts'>,
  { scope, now }: Pick<EndCall, 'scope' | 'now'>,
  key: AccountKey,
  id: string,
  news: News,
): Promise<Checkout | undefined> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const kept = await checkouts.read(scope, key, id);
    if (kept === undefined) return undefined;
    const { checkout } = kept;
    const isNews = Object.entries(news).some(([name, value]) => checkout[name as keyof News] !== value);
    if (!isNews || isFinal(checkout.state)) return checkout;
    const changed = { ...checkout, ...news, changedAt: textOfInstant(now) };
    if ((await checkouts.save(scope, { checkout: changed, mark: kept.mark })) !== 'version-conflict')
      return changed;
  }
  throw new Error(`checkout ${id} changed under each of ${mostTries} tries`);
};

/** Held for longer: the customer has paid by a method that takes days. */
export const holdLonger = (
  parts: PortalStores,
  call: EndCall,
  { companyId, accountId, id, lines }: Checkout,
  days: number,
): Promise<Outcome<undefined, ProblemCode>> =>
  changeHold(
    parts,
    call,
    { companyId, accountId },
    id,
    (account, on, untilOn) =>
      placeHold(
        account,
        {
          id: checkoutHoldId(id),
          code: 'payment-pending',
          itemIds: lines.map((line) => line.itemId),
          untilOn,
        },
        on,
      ),
    days,
  );

/** @throws when the account changes under every try. */
export const changeHold = async (
  { accounts, settings }: PortalStores,
  { scope, systemScope, now, actor }: EndCall,
  key: AccountKey,
  id: string,
  decide: (account: Account, on: Day, untilOn: Day) => Fact[] | Promise<Fact[]>,
  days = 0,
): Promise<Outcome<undefined, ProblemCode>> => {
  const company = await readCompany(settings, systemScope, key.companyId);
  if (!company.ok) return company;
  const on = dayAt(now, company.value.zone);
  const untilOn = dayAt(now.add({ hours: 24 * days }), company.value.zone);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, key);
    const facts = await decide(loaded.account, on, untilOn);
    if (facts.length === 0) return done(undefined);
    const change = { at: now, actor, cause: { kind: 'checkout', id }, facts };
    if ((await accounts.append(scope, loaded, change)).outcome === 'appended') return done(undefined);
  }
  throw new Error(`account ${key.accountId} changed under each of ${mostTries} tries`);
};
