/**
 * The items a mail was about: what its link may show, pay and contest.
 * From: the plan of the message in the account's journal. Next: the routes a link opens.
 */
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { PortalCaller } from '../../shared/edge/portal-access.ts';
import type { LinkClaim } from '../../shared/ports/link-signer.ts';
import type { PortalStores } from './portal-parts.ts';

const entriesPerRead = 50;
/** Entries since the mail went out that are looked through; behind them the link shows nothing any more. */
const mostEntries = 1_000;
/** A page shows so many; a mail lists no more either. */
const mostItems = 100;

/** Ids of items and credits that the message named; the last plan of its id counts. */
export const plannedItems = async (
  { accounts }: Pick<PortalStores, 'accounts'>,
  scope: Scope,
  { companyId, accountId, messageId }: AccountKey & Pick<LinkClaim, 'messageId'>,
  version: number,
): Promise<string[]> => {
  const oldest = Math.max(0, version - mostEntries);
  for (let end = version; end > oldest; end -= entriesPerRead) {
    const afterVersion = Math.max(0, end - entriesPerRead);
    const page = { afterVersion, limit: end - afterVersion };
    const entries = await accounts.entries(scope, { companyId, accountId }, page);
    for (const { facts } of entries.toReversed())
      for (const fact of facts.toReversed()) {
        const ids = itemsOfPlan(fact, messageId);
        if (ids !== undefined) return ids.slice(0, mostItems);
      }
  }
  return [];
};

const itemsOfPlan = (fact: Fact, messageId: string): string[] | undefined => {
  if (fact.kind === 'messagePlanned' && fact.message.id === messageId) {
    const { items, credits } = fact.message;
    return [...items, ...credits].map(({ itemId }) => itemId);
  }
  return fact.kind === 'noticePlanned' && fact.notice.id === messageId
    ? [...(fact.notice.itemIds ?? [])]
    : undefined;
};

/** What of the account a caller may act on: all of it signed in, by a link the items of its mail. */
export const itemsOfCaller = async (
  parts: Pick<PortalStores, 'accounts'>,
  scope: Scope,
  caller: Caller,
): Promise<'all' | readonly string[]> => {
  const { link } = caller as PortalCaller;
  if (link === undefined) return 'all';
  const { account } = await parts.accounts.load(scope, link);
  return plannedItems(parts, scope, link, account.head.version);
};
