/**
 * Statement of a group (R162): what its accounts owe, per company and currency; neither is ever added to another.
 * From: `GET api/groups/{group}/statement`. Next: a page, or a file for the customer's head office.
 * Shown are the accounts that lie in the scope with all they hold; a group of none is not there.
 */
import type { GroupStatementQuery } from '../../shared/contracts/statements.ts';
import { dayAt, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { statementOf, type CurrencyStatement } from '../../shared/domain/statement.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { columnsOf, partJson, rowCountOf, rowsOf, text } from './statement-file.ts';
import { aboutHeaders, statementId, tableFile, type About } from './table-file.ts';

export type GroupStatementParts = Pick<ReadLedgerParts, 'accounts' | 'settings' | 'hashText'> & {
  groups: Pick<GroupStore, 'read'>;
};

/** What one account owes in one currency, with the days asked for as its company has them. */
type Part = { account: AccountRef; from: Day; to: Day; statement: CurrencyStatement };

/** An account that is shown, also where it owes nothing in any currency. */
type Shown = { version: number; to: Day; parts: Part[] };

export const readGroupStatement = async (
  parts: GroupStatementParts,
  groupId: string,
  query: GroupStatementQuery,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<Download, 'not-found' | 'export-too-long'>> => {
  const group = await parts.groups.read(scope, groupId);
  const shown: Shown[] = [];
  for (const account of group?.members ?? []) {
    const own = await shownOf(parts, account, query, { scope, now });
    if (own !== undefined) shown.push(own);
  }
  if (shown.length === 0) return refuse('not-found', 'There is no such group.');
  const about = aboutOf(query, shown, now);
  const exportId = statementId(about, { ...query, groupId }, shown, parts.hashText);
  return fileOf(groupId, query, shown, { ...about, exportId });
};

const aboutOf = ({ style, view }: GroupStatementQuery, shown: readonly Shown[], now: Instant): About => ({
  asOf: [...new Set(shown.map(({ to }) => to))].toSorted().join(', '),
  ...{ statedAt: textOfInstant(now), view },
  ledgerVersion: shown.reduce((all, { version }) => all + version, 0),
  rowCount: shown
    .flatMap(({ parts }) => parts)
    .reduce((rows, { statement }) => rows + rowCountOf(style, statement), 0),
});

const fileOf = async (
  groupId: string,
  query: GroupStatementQuery,
  shown: readonly Shown[],
  about: About,
): Promise<Outcome<Download, 'export-too-long'>> => {
  const found = shown.flatMap(({ parts }) => parts);
  const name = `statement-group-${groupId}`;
  if (query.format !== 'json') {
    const columns = ['company', 'account', ...columnsOf[query.style]];
    const rows = found.flatMap(({ account, from, to, statement }) =>
      rowsOf(query.style, statement, { from, to }).map((row) => [
        ...[text(account.companyId), text(account.accountId)],
        ...row,
      ]),
    );
    return tableFile(query.format, name, { columns, rows }, about);
  }
  const parts = totalsOf(found, query);
  const body = { group: groupId, style: query.style, ...about, accounts: shown.length, parts };
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const headers = () => aboutHeaders(about);
  return done({ fileName: `${name}.json`, contentType: 'application/json', bytes, headers });
};

/** Undefined where the account is not shown as a whole. */
const shownOf = async (
  { accounts, settings }: GroupStatementParts,
  account: AccountRef,
  query: GroupStatementQuery,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Shown | undefined> => {
  const company = await readCompany(settings, scope, account.companyId);
  const entries = company.ok ? await readJournal(accounts, scope, account) : [];
  if (!company.ok || entries.length === 0) return undefined;
  const { zone } = company.value;
  const to = (query.to ?? dayAt(now, zone)) as Day;
  const from = (query.from ?? to) as Day;
  const statements = statementOf(account, entries, { from, to, zone, view: query.view });
  const parts = statements.map((statement) => ({ account, from, to, statement }));
  return { version: entries.length, to, parts };
};

/** Accounts of one company in one currency are added, nothing else. */
const totalsOf = (found: readonly Part[], { style }: GroupStatementQuery) =>
  [
    ...Map.groupBy(found, ({ account, statement }) =>
      JSON.stringify([account.companyId, statement.currency]),
    ).values(),
  ].map((own) => {
    const [{ account, from, to, statement }] = own as [Part];
    return {
      ...{ company: account.companyId, currency: statement.currency },
      ...(style === 'open-item'
        ? { asOf: to }
        : { from, to, opening: sum(...own.map((part) => part.statement.opening)) }),
      closing: sum(...own.map((part) => part.statement.closing)),
      provisional: sum(...own.map((part) => part.statement.provisional)),
      accounts: own.map((part) => ({
        account: part.account.accountId,
        ...partJson(style, part.statement, part.to),
      })),
    };
  });
