/**
 * What the page of an account shows: who it is, what is open per currency, how old, what was paid
 * lately, what holds it, what is pinned.
 * From: `GET api/accounts/{company}/{account}`. Next: staff pages. At most five small reads, however much there is:
 * where open items do not fit one page, aging comes from the account's contribution to the reports.
 */
import type { AccountAnswer } from '../../shared/contracts/accounts.ts';
import type { AccountHead, AccountItem, AccountKey } from '../../shared/domain/account.ts';
import {
  addCells,
  agingOfCells,
  cellText,
  cellsOfItem,
  type Cells,
} from '../../shared/domain/aging-cells.ts';
import type { CurrencyAging } from '../../shared/domain/aging.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { isInsolventOn, spansOfHolds } from '../../shared/domain/insolvency.ts';
import { insolventCells } from '../../shared/domain/insolvent-moves.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { negate, zero } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { shardOf } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { pageMark } from '../../shared/ports/append-documents.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { itemsPerPage, lineOf, without } from './read-items.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { shownOf } from './show-customer.ts';
import { pinnedNotes } from './write-note.ts';

type Call = {
  scope: Scope;
  /** The system's own: contributions are kept by company, not by account. */
  systemScope: Scope;
  now: Instant;
};

export const readAccountPage = async (
  parts: ReadLedgerParts,
  key: AccountKey,
  { scope, systemScope, now }: Call,
): Promise<Outcome<AccountAnswer, 'not-found'>> => {
  const company = await readCompany(parts.settings, scope, key.companyId);
  const { account } = await parts.accounts.load(scope, key);
  const book = await parts.bookOf(scope, key.companyId);
  const { head } = account;
  if (!company.ok || book === undefined || head.version === 0)
    return refuse('not-found', 'There is no such account.');
  const { zone } = company.value;
  const limit = Math.max(itemsPerPage, (head.openItems?.length ?? 0) + 1);
  const page = await parts.accounts.items(scope, key, { state: 'open', limit });
  const known =
    page.after === undefined
      ? { cells: cellsOf(page.items), version: head.version }
      : await contribution(parts, key, systemScope);
  const shown = page.items.slice(0, itemsPerPage);
  const last = shown.length < head.openCount ? shown.at(-1) : undefined;
  const asOf = dayAt(now, zone);
  return done({
    ...{ company: key.companyId, account: key.accountId, version: head.version, book },
    ...{ feeds: feedsOf(head), ...(await masterDataOf(parts, key, head, scope)) },
    ...{ assignedTo: head.assignedTo ?? null, salesOwners: [...(head.salesOwners ?? [])] },
    ...{ segment: head.segment || null, stage: head.dunning.stage },
    holds: head.holds.map(({ untilOn = null, ...hold }) => ({ ...hold, untilOn })),
    balances: balancesOf(head, known.cells, asOf),
    ...{ agingVersion: known.version, openCount: head.openCount },
    openItems: shown.map((item) => lineOf(item, zone)),
    nextItem: last === undefined ? null : pageMark(last),
    recentPayments: [...(head.recentMoney ?? [])],
    pinned: head.hasNotes ? await pinnedNotes(parts, key, scope) : [],
  });
};

const cellsOf = (items: readonly AccountItem[]): Cells =>
  items
    .flatMap((item) => cellsOfItem(item))
    .reduce<Cells>((cells, [cell, amount]) => addCells(cells, { [cellText(cell)]: amount }), {});

/** As far as the reports have come with it; nothing yet for an account that was posted a moment ago. */
const contribution = async (
  { reports }: ReadLedgerParts,
  { companyId, accountId }: AccountKey,
  systemScope: Scope,
): Promise<{ cells: Cells; version: number }> => {
  const place = { companyId, shard: shardOf(accountId) };
  const found = (await reports.contributions(systemScope, place, [accountId])).get(accountId);
  return { cells: found?.cells ?? {}, version: found?.appliedVersion ?? 0 };
};

/** The newest of each source, whatever currency it was limited to. */
const feedsOf = ({ feeds = {} }: AccountHead): Record<string, string> =>
  Object.fromEntries(
    Object.entries(feeds).map(([source, marks]) => [
      source,
      Object.values(marks)
        .map(({ asOf }) => asOf)
        .toSorted()
        .at(-1) ?? '',
    ]),
  );

const masterDataOf = async (
  { accounts }: ReadLedgerParts,
  key: AccountKey,
  head: AccountHead,
  scope: Scope,
): Promise<Pick<AccountAnswer, 'name' | 'address' | 'taxId' | 'creditLimit' | 'contacts' | 'customer'>> => {
  if (head.masterData === undefined) return {};
  const paper = await accounts.paper(scope, key, head.masterData);
  const known = (paper ?? {}) as MasterData;
  const { name, address, taxId, creditLimit = null, contacts = [] } = known;
  return {
    ...without({ name, address, taxId }),
    creditLimit,
    ...(known.sources === undefined ? {} : { customer: shownOf(known) }),
    contacts: contacts.map((contact) =>
      without({
        ...{ name: contact.name, email: contact.email, phone: contact.phone },
        ...{ role: contact.role, language: contact.language },
      }),
    ),
  };
};

const balancesOf = ({ balances, holds }: AccountHead, cells: Cells, asOf: Day): AccountAnswer['balances'] => {
  const isInsolvent = isInsolventOn(spansOfHolds(holds), asOf);
  const aging = agingOfCells(isInsolvent ? insolventCells(cells) : cells, {
    asOf,
    scheme: 'standard',
    basis: 'dueDay',
  });
  return Object.entries(balances)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { open, provisional }]) => ({
      ...{ currency, open, provisional },
      ...agingIn(aging.get(currency), asOf),
    }));
};

const agingIn = (
  aging: CurrencyAging | undefined,
  asOf: Day,
): Pick<AccountAnswer['balances'][number], 'aging' | 'onAccount'> => {
  const tableOf = (table: CurrencyAging['receivables'] | undefined) => ({
    buckets: { ...table?.buckets },
    columns: { ...table?.columns },
    total: table?.total ?? zero,
  });
  return {
    onAccount: negate(aging?.receivables.columns.credits ?? zero),
    aging: {
      receivables: tableOf(aging?.receivables),
      intercompany: tableOf(aging?.intercompany),
      ...{ outside: aging?.outside ?? zero, asOf },
    },
  };
};
