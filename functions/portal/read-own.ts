/**
 * What a customer sees of their accounts: the list, one with its open items, items page by page, one item.
 * From: routes of the portal. Next: its pages. A foreign account answers exactly as one that never was; a page costs
 * a handful of small reads, however much there is.
 */
import type { OwnAccountAnswer, OwnItem } from '../../shared/contracts/portal.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { itemsInScope, type Scope } from '../../shared/domain/scope.ts';
import { placeNameOf, type LookedAt } from '../../shared/edge/portal-access.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ItemState, LoadedAccount } from '../../shared/ports/account-store.ts';
import type { PortalStores } from './portal-parts.ts';
import { ownItemOf, waysFor } from './show-item.ts';

/** `systemScope`: for settings of the company, which are nobody's account. */
export type OwnCall = {
  scope: Scope;
  systemScope: Scope;
  now: Instant;
  /** Accounts the access layer has read within this call; for pages that only show them. */
  looked?: ReadonlyMap<string, LookedAt> | undefined;
};

export const itemsPerPage = 25;

export const notThere = () => refuse('not-found', 'There is no such account.');

/** An account that is the caller's, with its company. */
export type Own = { company: Company; loaded: LoadedAccount; today: Day };

/** Of an account the caller may see as a whole. */
const lookedAt = (
  { scope, looked }: Pick<OwnCall, 'scope' | 'looked'>,
  key: Pick<AccountKey, 'companyId' | 'accountId'>,
): LookedAt | undefined => {
  const seen = looked?.get(placeNameOf(key));
  return seen !== undefined && itemsInScope(scope, seen.loaded.account.head) === 'all' ? seen : undefined;
};

/** The account with its company, or that it is not there. */
export const ownAccount = async (
  { accounts, settings }: Pick<PortalStores, 'accounts' | 'settings'>,
  { scope, systemScope, now, looked }: OwnCall,
  key: AccountKey,
  itemIds: readonly string[] = [],
): Promise<Outcome<Own, 'not-found'>> => {
  const seen = itemIds.length === 0 ? lookedAt({ scope, looked }, key) : undefined;
  const loaded = seen?.loaded ?? (await accounts.load(scope, key, itemIds));
  if (loaded.account.head.version === 0) return notThere();
  const company = await readCompany(settings, systemScope, key.companyId);
  return company.ok
    ? done({ company: company.value, loaded, today: dayAt(now, company.value.zone) })
    : notThere();
};

export const listOwnAccounts = async (
  parts: PortalStores,
  call: OwnCall,
): Promise<{ accounts: { company: string; account: string; seller: string; name?: string }[] }> => {
  const keys = call.scope.parts.flatMap(({ companies, accounts }) =>
    accounts.by === 'grant' && companies !== 'all'
      ? companies.map((companyId) => ({ companyId, accountId: accounts.accountId }))
      : [],
  );
  const found = await Promise.all(
    keys.map(async (key) => {
      const own = await ownAccount(parts, call, key);
      if (!own.ok) return [];
      const { company, loaded } = own.value;
      const name = await nameOf(parts, call, loaded.account.head);
      return [{ company: key.companyId, account: key.accountId, seller: company.legalName, ...name }];
    }),
  );
  return { accounts: found.flat() };
};

const nameOf = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  call: Pick<OwnCall, 'scope' | 'looked'>,
  head: AccountHead,
): Promise<{ name?: string }> => {
  if (head.masterData === undefined) return {};
  const seen = lookedAt(call, head)?.masterData;
  const known = seen ?? (await accounts.paper(call.scope, head, head.masterData)) ?? {};
  const { name } = known as MasterData;
  return name === undefined ? {} : { name };
};

export const readOwnAccount = async (
  parts: Pick<PortalStores, 'accounts' | 'settings' | 'provider'>,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<OwnAccountAnswer, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const { company, loaded, today } = own.value;
  const { head } = loaded.account;
  const page = await parts.accounts.items(call.scope, key, { state: 'open', limit: itemsPerPage });
  return done({
    ...{ company: key.companyId, account: key.accountId, seller: company.legalName, asOf: today },
    ...(await nameOf(parts, call, head)),
    balances: Object.entries(head.balances).map(([currency, { open, provisional }]) => ({
      ...{ currency, open, underWay: provisional },
    })),
    openCount: head.openCount,
    items: page.items.map((item) => ownItemOf(item, today)),
    next: page.after ?? null,
    promises: promisesOf(head),
    ways: await waysFor(parts, call.systemScope, key, page.items, call.now),
  });
};

export const readOwnItems = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
  { state, after }: { state: ItemState; after?: string | undefined },
): Promise<Outcome<{ items: OwnItem[]; next: string | null }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  if (!own.ok) return own;
  const mark = after === undefined ? {} : { after };
  const page = await parts.accounts.items(call.scope, key, { state, limit: itemsPerPage, ...mark });
  return done({
    items: page.items.map((item) => ownItemOf(item, own.value.today)),
    next: page.after ?? null,
  });
};

export const readOwnItem = async (
  parts: PortalStores,
  call: OwnCall,
  { itemId, ...key }: AccountKey & { itemId: string },
): Promise<Outcome<{ item: OwnItem; ways: OwnAccountAnswer['ways'] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key, [itemId]);
  const item = own.ok ? own.value.loaded.account.items.get(itemId) : undefined;
  if (!own.ok || item === undefined) return refuse('not-found', 'There is no such item.');
  const ways = await waysFor(parts, call.systemScope, key, [item], call.now);
  return done({ item: ownItemOf(item, own.value.today), ways });
};

export const promisesOf = ({ dunning }: AccountHead): OwnAccountAnswer['promises'] =>
  (dunning.promises ?? []).map(({ id, currency, amount, madeOn, dueOn, items }) => ({
    ...{ promise: id, currency, amount, madeOn, dueOn },
    items: items.map((one) => ({ item: one.itemId, amount: one.amount })),
  }));

export const readOwnPromises = async (
  parts: PortalStores,
  call: OwnCall,
  key: AccountKey,
): Promise<Outcome<{ promises: OwnAccountAnswer['promises'] }, 'not-found'>> => {
  const own = await ownAccount(parts, call, key);
  return own.ok ? done({ promises: promisesOf(own.value.loaded.account.head) }) : own;
};
