/**
 * The rows an export shows, account by account, in bounded memory: a page of accounts at a time.
 * From: the accounts of a company that lie in the caller's scope. Next: `read-export.ts` writes them.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { asOf, type AsOfView } from '../../shared/domain/as-of.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { replay } from '../../shared/domain/entry.ts';
import { exportRowsOf, type ExportFrame, type ExportRow } from '../../shared/domain/export-rows.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { inTurns } from './in-turns.ts';
import { readJournal, readWholeAccount } from './read-account.ts';

/** `isPastDay`: as of the end of the frame's day, else as it stands now. */
export type ExportQuestion = ExportFrame & { companyId: string; isPastDay: boolean; view: AsOfView };

export type ExportedAccount = { head: AccountHead; version: number; rows: ExportRow[] };

const accountsPerRead = 100;
const readAtOnce = 8;

/** Accounts of the company with their rows, in the order of the store. */
export async function* exportedAccounts(
  accounts: AccountStore,
  scope: Scope,
  question: ExportQuestion,
): AsyncGenerator<ExportedAccount[]> {
  for await (const heads of headsOf(accounts, scope, question.companyId))
    yield inTurns(heads, readAtOnce, (head) => exportedAccount(accounts, scope, head, question));
}

export async function* headsOf(
  accounts: AccountStore,
  scope: Scope,
  companyId: string,
): AsyncGenerator<AccountHead[]> {
  let after: string | undefined;
  do {
    const mark = after === undefined ? {} : { after };
    const page = await accounts.heads(scope, companyId, { limit: accountsPerRead, ...mark });
    yield page.heads;
    after = page.after;
  } while (after !== undefined);
}

const exportedAccount = async (
  accounts: AccountStore,
  scope: Scope,
  head: AccountHead,
  question: ExportQuestion,
): Promise<ExportedAccount> => {
  if (question.isPastDay) {
    const entries = await readJournal(accounts, scope, head);
    return { head, version: entries.length, rows: rowsFromJournal(head, entries, question) };
  }
  const state = question.kind === 'items' ? question.state : 'open';
  const account = await readWholeAccount(accounts, scope, head, state);
  return { head, version: account.head.version, rows: exportRowsOf(account, question) };
};

/** What the same export shows of an account by entries of its journal alone. */
export const rowsFromJournal = (
  head: AccountHead,
  entries: readonly Entry[],
  question: ExportQuestion,
): ExportRow[] =>
  exportRowsOf(question.isPastDay ? asOf(head, entries, question) : replay(head, entries), question);
