/**
 * Whether a request was worked before: its entry, looked for at the end of the journal, whatever became of its effect
 * since. An answer that was lost on its way is asked for again soon, and by the same request.
 * From: workflows that write for a person. Next: what was done is answered, not done again.
 */
import type { AccountHead } from '../domain/account.ts';
import type { Entry } from '../domain/entry.ts';
import type { Scope } from '../domain/scope.ts';
import type { AccountStore } from './account-store.ts';

/** How far back: one page of the journal. */
const entriesLookedAt = 50;

export const entryOfRequest = async (
  accounts: Pick<AccountStore, 'entries'>,
  scope: Scope,
  { companyId, accountId, version }: AccountHead,
  requestId: string,
): Promise<Entry | undefined> => {
  const afterVersion = Math.max(0, version - entriesLookedAt);
  const page = { afterVersion, limit: entriesLookedAt };
  const entries = await accounts.entries(scope, { companyId, accountId }, page);
  return entries.findLast(({ cause }) => cause.kind === 'request' && cause.id === requestId);
};
