/**
 * Items of an account as pages show them: a page of them, or one with its whole history.
 * From: `GET api/accounts/{company}/{account}/items…`. Next: staff pages.
 */
import type { ItemAnswer, ItemLine, ItemsAnswer } from '../../shared/contracts/accounts.ts';
import type { AccountItem, AccountKey } from '../../shared/domain/account.ts';
import { clearedOf } from '../../shared/domain/cleared-days.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { heldFaults, isHeldFault } from '../../shared/domain/held-faults.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { itemIdsIn } from '../../shared/domain/timeline-words.ts';
import type { ItemState } from '../../shared/ports/account-store.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { entryLine } from './read-timeline.ts';

export const itemsPerPage = 25;

type Parts = Pick<ReadLedgerParts, 'accounts' | 'settings'>;

/** The zone of the company when the account lies in the scope. */
export const zoneOfAccount = async (
  { accounts, settings }: Parts,
  scope: Scope,
  key: AccountKey,
): Promise<Outcome<string, 'not-found'>> => {
  const company = await readCompany(settings, scope, key.companyId);
  const { account } = await accounts.load(scope, key);
  return company.ok && account.head.version > 0
    ? done(company.value.zone)
    : refuse('not-found', 'There is no such account.');
};

export const readItems = async (
  parts: Parts,
  key: AccountKey,
  { state, after }: { state: ItemState; after?: string | undefined },
  scope: Scope,
): Promise<Outcome<ItemsAnswer, 'not-found'>> => {
  const zone = await zoneOfAccount(parts, scope, key);
  if (!zone.ok) return zone;
  const mark = after === undefined ? {} : { after };
  const page = await parts.accounts.items(scope, key, { state, limit: itemsPerPage, ...mark });
  return done({ items: page.items.map((item) => lineOf(item, zone.value)), next: page.after ?? null });
};

export const readItem = async (
  parts: Parts,
  key: AccountKey,
  itemId: string,
  scope: Scope,
): Promise<Outcome<ItemAnswer, 'not-found'>> => {
  const zone = await zoneOfAccount(parts, scope, key);
  if (!zone.ok) return zone;
  const item = (await parts.accounts.load(scope, key, [itemId])).account.items.get(itemId);
  if (item === undefined) return refuse('not-found', 'There is no such item.');
  const entries = await readJournal(parts.accounts, scope, key);
  const history = entries.map((entry) => aboutItem(entry, itemId)).filter(({ facts }) => facts.length > 0);
  const given = entries.flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      (fact.kind === 'paymentApplied' && fact.paymentId === itemId) ||
      (fact.kind === 'creditAllocated' && fact.creditId === itemId)
        ? [{ on: fact.on }]
        : [],
    ),
  );
  return done({ item: lineOf(item, zone.value, given), history: history.map(entryLine) });
};

/** The entry with what it says about this item alone. */
const aboutItem = (entry: Entry, itemId: string): Entry => ({
  ...entry,
  facts: entry.facts.filter((fact) => itemIdsIn(fact).includes(itemId)),
});

/** `given`: what a payment or credit gave to others, where that is known. */
export const lineOf = (
  item: AccountItem,
  zone: string,
  given: Parameters<typeof clearedOf>[1] = [],
): ItemLine => {
  const { clearedFrom = null, clearedTo = null } = clearedOf(item, given, zone);
  const { kind, number, part, currency, documentOn, postedOn, dueOn, firstDueOn, original, open } = item;
  return {
    ...{ item: item.id, kind, number, part, currency, documentOn, postedOn, dueOn, firstDueOn },
    ...{ original, open, stage: item.stage, clearedFrom, clearedTo },
    provisional: sum(...item.provisional.filter(({ state }) => state === 'noted').map((one) => one.amount)),
    references: without(item.references),
    parties: without(item.parties),
    retention:
      item.retention === undefined
        ? null
        : { amount: item.retention.amount, releaseOn: item.retention.releaseOn ?? null },
    reasonCode: item.reasonCode ?? null,
    faults: Object.fromEntries(
      (item.faults ?? []).map((code) => [code, isHeldFault(code) ? heldFaults[code] : code]),
    ),
    ...{ erpBlock: item.erpBlock ?? null, apStatus: item.apStatus ?? null },
  };
};

/** Only what is there. */
export const without = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  );
