/**
 * An item as its customer sees it, and both ways to pay it.
 * From: accounts, settings of the company. Next: the pages of the portal.
 */
import { mailPlaces } from '../../shared/contracts/mail.ts';
import { payeeFrom } from '../../shared/contracts/payee-details.ts';
import type { OwnItem, WaysToPay } from '../../shared/contracts/portal.ts';
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import { payableOf, wholeSumOf } from '../../shared/domain/checkout.ts';
import { larger, subtract, sum, zero } from '../../shared/domain/money.ts';
import { ourDetailsNow } from '../../shared/domain/payee-details.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { providerOf, type PortalStores } from './portal-parts.ts';

export const ownItemOf = (item: AccountItem, today: Day): OwnItem => {
  const { kind, number, currency, documentOn, dueOn, original, open, references } = item;
  const toPay = open > 0 ? larger(zero, wholeSumOf(item, today)) : zero;
  const isDiscounted = open > 0 && toPay < payableOf(item);
  return {
    ...{ item: item.id, kind, number, currency, documentOn, dueOn, original, open },
    purchaseOrder: references.purchaseOrder ?? null,
    underWay: subtract(open, payableOf(item)),
    toPay,
    discountUntil: isDiscounted
      ? (item.discountTiers.find((one) => one.untilOn >= today)?.untilOn ?? null)
      : null,
    state: stateOf(item, today),
  };
};

const stateOf = (item: AccountItem, today: Day): OwnItem['state'] => {
  if (item.open === 0) return 'closed';
  if (item.open < 0) return 'credit';
  const left = payableOf(item);
  if (left <= 0) return 'underWay';
  const held = (code: string) =>
    sum(...(item.heldParts ?? []).filter((part) => part.code === code).map(({ amount }) => amount));
  if (held('disputed') > 0) return 'disputed';
  if (held('promised') >= left) return 'promised';
  return item.dueOn < today ? 'overdue' : 'open';
};

/** The account is the reference: money that bears it finds its way by itself. */
export const waysFor = async (
  { settings, provider }: Pick<PortalStores, 'settings' | 'provider'>,
  systemScope: Scope,
  { companyId, accountId }: AccountKey,
  items: readonly Pick<AccountItem, 'number' | 'open'>[],
  now: Instant,
): Promise<WaysToPay> => {
  return {
    online: providerOf(provider, companyId) !== undefined,
    transfer: {
      to: await bankFor({ settings }, systemScope, companyId, now),
      reference: accountId,
      numbers: items
        .filter(({ open }) => open > 0)
        .slice(0, mostNumbers)
        .map(({ number }) => number)
        .join(' '),
    },
  };
};

/** Where the seller is paid to now; null where nobody has said so. */
export const bankFor = async (
  { settings }: Pick<PortalStores, 'settings'>,
  systemScope: Scope,
  companyId: string,
  now: Instant,
): Promise<WaysToPay['transfer']['to']> => {
  const kept = await settings.read(systemScope, { scope: `company:${companyId}`, name: mailPlaces.bank });
  const { inForce } = ourDetailsNow(payeeFrom(kept?.value), now);
  return inForce === undefined
    ? null
    : { ...{ holder: inForce.holder, account: inForce.account }, bank: inForce.bank ?? null };
};

/** So many fit the text of a transfer. */
const mostNumbers = 8;
