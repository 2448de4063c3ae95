/**
 * Gathers what feeds took off the items of a payer about the day of its money.
 * From: money beside the book of an ERP-led company. Next: `plan-shown.ts` says whether it is that money.
 */
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { Candidate, PlanInput } from '../../shared/domain/plan-receipt.ts';
import type { ShownInput } from '../../shared/domain/plan-shown.ts';
import { isSameAccount, type AccountRef } from '../../shared/domain/receipt.ts';
import { firstShownOn, shownOf } from '../../shared/domain/shown-money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';

/** Entries looked back over, and days after its value in which money that names nothing is looked for. */
const mostEntries = 200;
const laterDays = 14;
const itemsPerRead = 100;

type Lowered = { itemIds: Set<string>; isWhole: boolean };

export const shownInput = async (parts: CashParts, scope: Scope, input: PlanInput): Promise<ShownInput> => {
  const { receipt, payer, accounts = [{ account: payer }], remittance = [] } = input;
  const since = firstShownOn(receipt);
  const lowered: Candidate[] = [];
  let isWhole = true;
  for (const { account, ...standing } of accounts) {
    const found = await loweredSince(parts, scope, account, since, addDays(receipt.valueOn, laterDays));
    isWhole &&= found.isWhole;
    for (const { itemId, account: of = payer } of remittance)
      if (itemId !== undefined && isSameAccount(of, account)) found.itemIds.add(itemId);
    const items = await itemsOf(parts, scope, account, [...found.itemIds]);
    lowered.push(...items.map((one) => ({ ...one, ...standing })));
  }
  const ofMoney = lowered.filter(
    ({ item }) => item.currency === receipt.currency && shownOf(item, since) > 0,
  );
  return { ...input, lowered: ofMoney, since, isWhole };
};

const loweredSince = async (
  { accounts }: CashParts,
  scope: Scope,
  account: AccountRef,
  since: Day,
  until: Day,
): Promise<Lowered> => {
  const { version } = (await accounts.load(scope, account)).account.head;
  const afterVersion = Math.max(0, version - mostEntries);
  const entries = await accounts.entries(scope, account, { afterVersion, limit: mostEntries });
  const [first] = entries;
  const isWhole = afterVersion === 0 || (first !== undefined && first.at.slice(0, 10) < since);
  const itemIds = new Set(entries.flatMap((entry) => loweredIn(entry, since, until)));
  return { itemIds, isWhole };
};

const loweredIn = ({ facts }: Entry, since: Day, until: Day): string[] =>
  facts.flatMap((fact) =>
    fact.kind === 'itemReduced' && fact.on >= since && fact.on <= until ? [fact.itemId] : [],
  );

const itemsOf = async (
  { accounts }: CashParts,
  scope: Scope,
  account: AccountRef,
  ids: readonly string[],
): Promise<Candidate[]> => {
  const found: Candidate[] = [];
  for (let at = 0; at < ids.length; at += itemsPerRead) {
    const loaded = await accounts.load(scope, account, ids.slice(at, at + itemsPerRead));
    found.push(...[...loaded.account.items.values()].map((item) => ({ account, item })));
  }
  return found.filter(({ item }) => ids.includes(item.id));
};
