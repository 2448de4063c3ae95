/**
 * Decides about money that arrived here and is not in the accounts of the ERP yet: it lowers the claim at
 * once, never the book (B3), until the feed confirms it.
 * From: portal, bank import, reconciliation. Next: `provisionalNoted`, `…Confirmed`, `…Withdrawn`.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { amountRefused, findItem, latestOf, nothing, type Decision } from './decide.ts';
import { sum, type AmountMinor } from './money.ts';
import { done, refuse } from './outcome.ts';
import { isCreditKind } from './postings.ts';
import { provisionalOf } from './evolve.ts';

/** The answer where the receipt is known on the item: nothing to do, or refused with another amount. */
export const notedBefore = (
  { provisional }: Pick<AccountItem, 'provisional'>,
  receiptId: string,
  amount: AmountMinor,
): Decision | undefined => {
  const known = provisional.find(({ id }) => id === receiptId);
  if (known === undefined) return undefined;
  return known.amount === amount
    ? nothing
    : refuse('change-differs', `${receiptId} was noted with ${known.amount}`);
};

type Named = { itemId: string; receiptId: string; on: Day };

/** Notes money for an item; `receivedAt` is the ISO instant, where known. The same receipt again is nothing; more than is open is refused. */
export const noteProvisional = (
  account: Account,
  { itemId, receiptId, amount, on, receivedAt }: Named & { amount: AmountMinor; receivedAt?: string },
): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  const again = notedBefore(item, receiptId, amount);
  if (again !== undefined) return again;
  if (isCreditKind(item.kind)) return refuse('kind-not-right', `${itemId} is a ${item.kind}`);
  const refused = amountRefused(item, amount);
  if (refused) return refused;
  if (sum(amount, provisionalOf(item)) > item.open)
    return refuse('more-than-open', `${amount} is more than is left of the ${item.open} of ${itemId}`);
  const { currency } = item;
  const noted = { itemId, receiptId, amount, currency, on: latestOf(on, item.postedOn) };
  return done([{ kind: 'provisionalNoted', ...noted, ...(receivedAt === undefined ? {} : { receivedAt }) }]);
};

/** The feed shows the money: from here on it is in the book. */
export const confirmProvisional = (account: Account, named: Named): Decision =>
  endProvisional(account, named, 'confirmed', { kind: 'provisionalConfirmed', ...named });

/** The money did not come to stay: the claim is what it was. */
export const withdrawProvisional = (account: Account, named: Named & { reason: string }): Decision =>
  endProvisional(account, named, 'withdrawn', { kind: 'provisionalWithdrawn', ...named });

type Ending =
  ({ kind: 'provisionalConfirmed' } & Named) | ({ kind: 'provisionalWithdrawn'; reason: string } & Named);

const endProvisional = (
  account: Account,
  { itemId, receiptId, on }: Named,
  state: 'confirmed' | 'withdrawn',
  fact: Ending,
): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const noted = found.value.provisional.find(({ id }) => id === receiptId);
  if (noted === undefined) return refuse('change-not-found', `${receiptId} was not noted on ${itemId}`);
  if (noted.state === state) return nothing;
  if (noted.state !== 'noted') return refuse('change-differs', `${receiptId} was ${noted.state} before`);
  return done([{ ...fact, on: latestOf(on, noted.receivedOn) }]);
};
