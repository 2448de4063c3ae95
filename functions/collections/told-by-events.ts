/**
 * What of each account some events say that search has to know of.
 * From: subscription `ar-events/collections`. Next: `index-accounts.ts`. Most events say nothing of the kind.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Fact, PostedItem } from '../../shared/domain/facts.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';

export type Told = {
  key: AccountKey;
  /** The newest version that said so. */
  version: number;
  /** New items, as they were posted, and by which version. */
  posted: Map<string, { item: PostedItem; version: number }>;
  /** Items whose numbers were amended. */
  amended: Set<string>;
  /** Its name or who may see it is another. */
  isRenamed: boolean;
  isGiven: boolean;
};

/** Accounts that search has to look at, in the order they come. Reads entries whose facts were too large alone. */
export const toldByEvents = async (
  events: readonly ArEvent[],
  scope: Scope,
  accounts: AccountStore,
): Promise<Told[]> => {
  const all = new Map<string, Told>();
  for (const event of events) {
    const { companyId, accountId, version } = event;
    const telling = (await factsOf(event, scope, accounts)).filter(isTelling);
    if (version > 1 && telling.length === 0) continue;
    const name = JSON.stringify([companyId, accountId]);
    const told = all.get(name) ?? nothingOf({ companyId, accountId });
    told.version = Math.max(told.version, version);
    for (const fact of telling) note(told, fact, version);
    all.set(name, told);
  }
  return [...all.values()];
};

const nothingOf = (key: AccountKey): Told => ({
  ...{ key, version: 0, posted: new Map(), amended: new Set(), isRenamed: false, isGiven: false },
});

const tellingKinds: ReadonlySet<string> = new Set<Fact['kind']>([
  ...(['itemPosted', 'paymentReceived', 'provisionalNoted', 'itemAmended'] as const),
  ...(['masterDataNoted', 'accountAssigned', 'salesOwnersNamed'] as const),
]);

const isTelling = (fact: Fact): boolean => {
  if (fact.kind === 'itemAmended') return fact.amendment.references !== undefined;
  if (fact.kind === 'provisionalNoted') return fact.item !== undefined;
  return tellingKinds.has(fact.kind);
};

const note = (told: Told, fact: Fact, version: number): void => {
  switch (fact.kind) {
    case 'itemPosted':
    case 'paymentReceived':
    case 'provisionalNoted':
      if (fact.item) told.posted.set(fact.item.id, { item: fact.item, version });
      return;
    case 'itemAmended':
      told.amended.add(fact.itemId);
      return;
    case 'masterDataNoted':
      told.isRenamed = true;
      return;
    default:
      told.isGiven = true;
  }
};

/** The event's own, or those of its entry where they were too large to be sent along. */
const factsOf = async (
  { companyId, accountId, facts, version, kinds }: ArEvent,
  scope: Scope,
  accounts: AccountStore,
): Promise<readonly Fact[]> => {
  if (facts !== undefined) return facts as unknown as readonly Fact[];
  if (!kinds.some((kind) => tellingKinds.has(kind))) return [];
  const page = { afterVersion: version - 1, limit: 1 };
  const [entry] = await accounts.entries(scope, { companyId, accountId }, page);
  if (entry === undefined) throw new Error(`entry ${version} of ${accountId} is not there`);
  return entry.facts;
};
