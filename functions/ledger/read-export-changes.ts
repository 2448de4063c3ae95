/**
 * Shows every row of an export that is no longer as it was, with both: what is pasted back is its id.
 * From: `GET api/exports/{exportId}/changes`. Next: whoever compares an old file with today. Both sides are
 * replayed from the journal; accounts outside the caller's scope are not in it.
 */
import { exportRecord, type ExportChangesAnswer, type ExportRecord } from '../../shared/contracts/exports.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { changedRows } from '../../shared/domain/export-rows.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readJournal } from './read-account.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { headsOf, rowsFromJournal, type ExportQuestion } from './read-export-accounts.ts';
import { recordName, type ExportCall } from './read-export.ts';
import type { ReadLedgerParts } from './read-parts.ts';

/** Accounts looked into for one answer, and rows after which it ends with the account. */
const mostAccounts = 50;
const mostRows = 500;

type Asked = { exportId: string; companyId: string; after: string };

export const readExportChanges = async (
  parts: ReadLedgerParts,
  { exportId, companyId, after }: Asked,
  { scope, keepScope, callerId }: Pick<ExportCall, 'scope' | 'keepScope' | 'callerId'>,
): Promise<Outcome<ExportChangesAnswer, 'not-found'>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  const record = company.ok ? await recordOf(parts, { exportId, companyId }, keepScope) : undefined;
  const isShown = record?.madeBy === null || record?.madeBy === callerId;
  if (!company.ok || record === undefined || !isShown) return refuse('not-found', 'There is no such export.');
  const question = { ...record, day: record.day as Day, zone: company.value.zone };
  const versions = new Map(record.versions);
  const { heads, ledgerVersion } = await changedHeads(parts, scope, { companyId, versions }, after);
  const rows: ExportChangesAnswer['rows'] = [];
  let last: string | undefined;
  for (const head of heads.slice(0, mostAccounts)) {
    if (rows.length >= mostRows) break;
    rows.push(...(await changesOf(parts, scope, head, question, versions.get(head.accountId) ?? 0)));
    last = head.accountId;
  }
  const isEnd = last === undefined || last === heads.at(-1)?.accountId;
  const { kind, day } = record;
  return done({ exportId, kind, day, ledgerVersion, rows, next: isEnd ? null : (last ?? null) });
};

const recordOf = async (
  { exports }: ReadLedgerParts,
  { exportId, companyId }: Omit<Asked, 'after'>,
  keepScope: Scope,
): Promise<ExportRecord | undefined> => {
  const bytes = await exports.read(keepScope, { companyId, name: recordName(exportId) });
  return bytes && exportRecord.parse(JSON.parse(new TextDecoder().decode(bytes)));
};

type Changed = {
  heads: AccountHead[];
  /** Of what the export showed of all accounts in the scope. */
  ledgerVersion: number;
};

/** Accounts that have more entries than the export showed, or came since, in the order of their ids. */
const changedHeads = async (
  { accounts }: ReadLedgerParts,
  scope: Scope,
  { companyId, versions }: { companyId: string; versions: ReadonlyMap<string, number> },
  after: string,
): Promise<Changed> => {
  const changed: AccountHead[] = [];
  let ledgerVersion = 0;
  for await (const heads of headsOf(accounts, scope, companyId))
    for (const head of heads) {
      const shown = versions.get(head.accountId) ?? 0;
      ledgerVersion += shown;
      if (head.accountId > after && head.version !== shown) changed.push(head);
    }
  return { heads: changed.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)), ledgerVersion };
};

const changesOf = async (
  { accounts }: ReadLedgerParts,
  scope: Scope,
  head: AccountHead,
  question: ExportQuestion,
  shownVersion: number,
): Promise<ExportChangesAnswer['rows']> => {
  const entries = await readJournal(accounts, scope, head);
  const shown = entries.slice(0, shownVersion);
  const changes = changedRows(
    rowsFromJournal(head, shown, question),
    rowsFromJournal(head, entries, question),
  );
  return changes.map((change) => ({ account: head.accountId, ...change }));
};
