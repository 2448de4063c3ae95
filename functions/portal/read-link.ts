/**
 * What a signed link of a mail opens: the open claim that this mail was about, whoever it was forwarded to, and no more.
 * From: `GET api/portal/link`. Next: the pay page. No name, no address, no other item of the account is in it.
 */
import type { LinkAnswer } from '../../shared/contracts/portal.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { LinkClaim } from '../../shared/ports/link-signer.ts';
import { plannedItems } from './linked-items.ts';
import type { PortalStores } from './portal-parts.ts';
import { notThere, ownAccount, type OwnCall } from './read-own.ts';
import { ownItemOf, waysFor } from './show-item.ts';

export const readLink = async (
  parts: PortalStores,
  call: OwnCall,
  claim: LinkClaim | undefined,
): Promise<Outcome<LinkAnswer, 'not-found'>> => {
  if (claim === undefined) return refuse('not-found', 'There is no link.');
  const own = await ownAccount(parts, call, claim);
  if (!own.ok) return notThere();
  const { company, loaded, today } = own.value;
  const items = await openItemsOfLink(parts, call, claim, loaded.account.head.version);
  const shown = items.map((item) => ownItemOf(item, today));
  const byCurrency = Map.groupBy(shown, ({ currency }) => currency);
  return done({
    ...{ company: claim.companyId, account: claim.accountId, seller: company.legalName, asOf: today },
    ...{ purpose: claim.purpose, expiresAt: claim.expiresAt, items: shown },
    sums: [...byCurrency].map(([currency, some]) => ({
      ...{ currency, toPay: some.reduce((all, { toPay }) => amountOf(all + toPay), amountOf(0)) },
    })),
    ways: await waysFor(parts, call.systemScope, claim, items, call.now),
  });
};

/** Of the items of the mail those that still claim something, by due day. */
const openItemsOfLink = async (
  parts: PortalStores,
  call: OwnCall,
  claim: LinkClaim,
  version: number,
): Promise<AccountItem[]> => {
  const ids = await plannedItems(parts, call.scope, claim, version);
  const { account } = await parts.accounts.load(call.scope, claim, ids);
  return [...account.items.values()]
    .filter(({ open }) => open !== 0)
    .toSorted((a, b) => (`${a.dueOn} ${a.id}` < `${b.dueOn} ${b.id}` ? -1 : 1));
};
