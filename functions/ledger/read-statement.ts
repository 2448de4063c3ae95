/**
 * Statement of an account (R162): what is open, or what was owed, moved and is owed; one part per currency.
 * From: `GET api/accounts/{company}/{account}/statement`. Next: a page, or a file for the customer.
 */
import type { StatementQuery } from '../../shared/contracts/accounts.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { statementOf, type CurrencyStatement } from '../../shared/domain/statement.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { columnsOf, partJson, rowsOf, tableFile } from './statement-file.ts';

type Asked = StatementQuery & { from: Day; to: Day; key: AccountKey; version: number };

export const readStatement = async (
  { accounts, settings }: ReadLedgerParts,
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
  const parts = statementOf(key, entries, { from, to, zone, ...site });
  return fileOf({ ...query, from, to, key, version: entries.length }, parts);
};

const fileOf = async (
  asked: Asked,
  parts: CurrencyStatement[],
): Promise<Outcome<Download, 'export-too-long'>> => {
  const name = `statement-${asked.key.accountId}-${asked.to}`;
  const headers = () => ({ 'x-as-of': asked.to, 'x-ledger-version': String(asked.version) });
  if (asked.format === 'json') {
    const bytes = new TextEncoder().encode(JSON.stringify(jsonOf(asked, parts)));
    return done({ fileName: `${name}.json`, contentType: 'application/json', bytes, headers });
  }
  const rows = parts.flatMap((part) => rowsOf(asked.style, part, asked));
  const file = await tableFile(asked.format, name, columnsOf[asked.style], rows);
  return file.ok ? done({ ...file.value, headers }) : file;
};

const jsonOf = ({ style, from, to, key, version, site }: Asked, parts: CurrencyStatement[]) => ({
  ...{ company: key.companyId, account: key.accountId, style, site: site ?? null, version },
  ...(style === 'open-item' ? { asOf: to } : { from, to }),
  currencies: parts.map((part) => partJson(style, part, to)),
});
