/**
 * Which accounts of a snapshot the ledger looks at: those that changed, came, vanished, were touched by something
 * else since, or had an item withheld that may be closed today. All others cost nothing.
 * From: the rows of one bucket and the digests of the snapshot accepted before. Next: work for the ledger, and
 * the digests the next snapshot is compared with.
 */
import type { AccountWork } from './account-work.ts';
import type { HashText } from './document-ids.ts';
import { digestOfRows, nothingWithheld, type AccountDigest, type SnapshotAccount } from './manifest.ts';

/** What one snapshot says to all of its accounts. */
export type SnapshotFrame = Omit<
  Extract<AccountWork, { do: 'reconcile' }>,
  'accountId' | 'accountName' | 'rows' | 'withheld' | 'do'
>;

export type Compared = {
  /** In the order of account ids. */
  work: AccountWork[];
  digests: AccountDigest[];
};

/**
 * @param hasUnreadableKeys a row of the file was refused of which not even the account could be read, so that
 * nothing at all is closed by absence (B2).
 */
export const compareAccounts = (
  now: readonly SnapshotAccount[],
  before: readonly AccountDigest[],
  isTouched: (accountId: string) => boolean,
  frame: SnapshotFrame,
  hasUnreadableKeys: boolean,
  hashText: HashText,
): Compared => {
  const rowsOf = new Map(now.map((account) => [account.accountId, account]));
  const digestOf = new Map(before.map((digest) => [digest.accountId, digest]));
  const work: AccountWork[] = [];
  const digests: AccountDigest[] = [];
  for (const accountId of [...new Set([...rowsOf.keys(), ...digestOf.keys()])].toSorted()) {
    const account = rowsOf.get(accountId) ?? absent(accountId);
    const known = digestOf.get(accountId) ?? unknown(accountId);
    const digest = digestOfRows(account.rows, hashText);
    const keys = hasUnreadableKeys || account.hasUnreadableKey ? 'all' : account.refusedKeys;
    const withheld = markOf(keys, hashText);
    const isToDo = digest !== known.digest || isTouched(accountId) || isOverdue(known.withheld, withheld);
    if (isToDo) work.push(workOf(account, frame, keys));
    const next = { accountId, digest, withheld: isToDo ? withheld : known.withheld };
    if (next.digest !== '' || next.withheld !== nothingWithheld) digests.push(next);
  }
  return { work, digests };
};

/**
 * Whether what was withheld is to be looked at again: the keys refused are others today; or nobody could say
 * which, when the ledger notes night by night since when.
 */
const isOverdue = (before: string, now: string): boolean =>
  before !== nothingWithheld && (before === 'all' || before !== now);

const absent = (accountId: string): SnapshotAccount => ({
  accountId,
  rows: [],
  refusedKeys: [],
  hasUnreadableKey: false,
});

const unknown = (accountId: string): AccountDigest => ({ accountId, digest: '', withheld: nothingWithheld });

const markOf = (keys: 'all' | readonly string[], hashText: HashText): string => {
  if (keys === 'all') return keys;
  return keys.length === 0 ? nothingWithheld : hashText(keys.toSorted().join('\n'));
};

const workOf = (
  { accountId, accountName, rows }: SnapshotAccount,
  frame: SnapshotFrame,
  withheld: 'all' | readonly string[],
): AccountWork => ({
  accountId,
  ...(accountName === undefined ? {} : { accountName }),
  do: 'reconcile',
  ...frame,
  rows,
  withheld,
});
