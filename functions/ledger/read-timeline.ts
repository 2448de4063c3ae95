/**
 * What happened to an account, newest first, in a collector's words.
 * From: `GET api/accounts/{company}/{account}/timeline`. Next: staff pages. The journal is the timeline.
 */
import type { TimelineAnswer } from '../../shared/contracts/accounts.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { linesOf } from '../../shared/domain/timeline-words.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';

const entriesPerPage = 20;

export const readTimeline = async (
  accounts: AccountStore,
  key: AccountKey,
  before: number | undefined,
  scope: Scope,
): Promise<Outcome<TimelineAnswer, 'not-found'>> => {
  const { account } = await accounts.load(scope, key);
  const { version } = account.head;
  if (version === 0) return refuse('not-found', 'There is no such account.');
  const end = Math.min(before ?? version + 1, version + 1);
  const afterVersion = Math.max(0, end - 1 - entriesPerPage);
  const limit = end - 1 - afterVersion;
  const page = limit === 0 ? [] : await accounts.entries(scope, key, { afterVersion, limit });
  return done({
    entries: page.toReversed().map(entryLine),
    next: afterVersion === 0 || page.length === 0 ? null : afterVersion + 1,
  });
};

/** Ids of people stay ids: whoever reads knows them, or asks who they are. */
export const entryLine = (entry: Entry): TimelineAnswer['entries'][number] => ({
  ...{ version: entry.version, at: entry.at, by: entry.actor, lines: linesOf(entry) },
  // the id of a request begins with whoever made it
  cause: entry.cause.kind === 'request' ? { kind: 'request' } : entry.cause,
});
