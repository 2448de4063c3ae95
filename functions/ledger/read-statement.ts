/**
 * Statement of an account (R162): what is open, or what was owed, moved and is owed; one part per currency.
 * From: `GET api/accounts/{company}/{account}/statement`. Next: a page, or a file for the customer.
 */
import type { StatementQuery } from '../../shared/contracts/statements.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, textOfInstant, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { statementOf, type CurrencyStatement } from '../../shared/domain/statement.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { columnsOf, partJson, rowCountOf, rowsOf } from './statement-file.ts';
import { aboutHeaders, statementId, tableFile, type About } from './table-file.ts';

type Asked = StatementQuery & { from: Day; to: Day; key: AccountKey };

export const readStatement = async (
  { accounts, settings, hashText }: ReadLedgerParts,
  key: AccountKey,
  query: StatementQuery,
  { scope, now }: { scope: Scope; now: Instant },
): Promise<Outcome<Download, 'not-found' | 'export-too-long'>> => {
  const company = await readCompany(settings, scope, key.companyId);
  const entries = company.ok ? await readJournal(accounts, scope, key) : [];
  if (!company.ok || entries.length === 0) return refuse('not-found', 'There is no such account.');
  const { zone } = company.value;
  const to = (query.to ?? dayAt(now, zone)) as Day;
  const from = (query.from ?? to) as Day;
  const site = query.site === undefined ? {} : { site: query.site };
  const parts = statementOf(key, entries, { from, to, zone, view: query.view, ...site });
  const asked = { ...query, from, to, key };
  const about: About = {
    ...{ asOf: to, statedAt: textOfInstant(now), view: query.view, ledgerVersion: entries.length },
    rowCount: parts.reduce((rows, part) => rows + rowCountOf(query.style, part), 0),
  };
  return fileOf(asked, parts, { ...about, exportId: statementId(about, asked, parts, hashText) });
};

const fileOf = async (
  asked: Asked,
  parts: readonly CurrencyStatement[],
  about: About,
): Promise<Outcome<Download, 'export-too-long'>> => {
  const name = `statement-${asked.key.accountId}-${asked.to}`;
  if (asked.format !== 'json') {
    const rows = parts.flatMap((part) => rowsOf(asked.style, part, asked));
    return tableFile(asked.format, name, { columns: columnsOf[asked.style], rows }, about);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(jsonOf(asked, parts, about)));
  const headers = () => aboutHeaders(about);
  return done({ fileName: `${name}.json`, contentType: 'application/json', bytes, headers });
};

const jsonOf = (
  { style, from, to, key, site }: Asked,
  parts: readonly CurrencyStatement[],
  about: About,
) => ({
  ...{ company: key.companyId, account: key.accountId, site: site ?? null, style, ...about },
  ...(style === 'open-item' ? {} : { from, to }),
  currencies: parts.map((part) => partJson(style, part, to)),
});
