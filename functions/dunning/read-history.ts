/**
 * Reads the whole journal of an account, and who it was as of then.
 * From: replays. Next: the same. What is too long is said so, not cut.
 */
import type { Account, AccountKey } from '../../shared/domain/account.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { DunningParts } from './parts.ts';

const mostEntries = 5_000;
const entriesPerRead = 200;

/** Undefined where there are more than one replay reads. */
export const entriesOf = async (
  { accounts }: DunningParts,
  scope: Scope,
  key: AccountKey,
): Promise<Entry[] | undefined> => {
  const entries: Entry[] = [];
  for (;;) {
    const page = await accounts.entries(scope, key, { afterVersion: entries.length, limit: entriesPerRead });
    entries.push(...page);
    if (entries.length > mostEntries) return undefined;
    if (page.length < entriesPerRead) return entries;
  }
};

/** As it was noted then; the paper of a version erased since says nothing. */
export const masterDataReader = ({ accounts }: DunningParts, scope: Scope, key: AccountKey) => {
  const known = new Map<string, MasterData>();
  return async ({ head: { masterData } }: Account): Promise<MasterData> => {
    if (masterData === undefined) return {};
    const found = known.get(masterData) ?? (await accounts.paper(scope, key, masterData)) ?? {};
    known.set(masterData, found);
    return found;
  };
};
