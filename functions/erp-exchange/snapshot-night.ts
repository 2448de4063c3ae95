/**
 * All that one snapshot is compared by: the digests of the one accepted before, who was touched since.
 * From: the feed and the files of both snapshots. Next: `compare-snapshot.ts`.
 */
import type { Feed } from '../../shared/domain/feed.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { compareAccounts, type Compared, type SnapshotFrame } from '../../shared/domain/manifest-compare.ts';
import type { AccountDigest, SnapshotAccount } from '../../shared/domain/manifest.ts';
import type { SnapshotCall, SnapshotParts } from './parts.ts';
import { restBucket, snapshotFiles, type SnapshotFiles } from './snapshot-files.ts';

export type Night = {
  own: SnapshotFiles;
  /** Of the snapshot accepted before; undefined before the first. */
  before: SnapshotFiles | undefined;
  buckets: number;
  /** Whether both have as many buckets, so that an account lies in the same one. */
  isAlike: boolean;
  beforeBuckets: number;
  touched: ReadonlySet<string>;
  compare: (now: readonly SnapshotAccount[], before: readonly AccountDigest[]) => Compared;
};

export const nightOf = async (
  { files, hashText }: SnapshotParts,
  { scope, key }: SnapshotCall,
  document: ImportDocument,
  { accepted, working, scopeName }: Feed,
): Promise<Night> => {
  const own = snapshotFiles(files, scope, { ...key, scopeName });
  const touched = new Set(await own.touched(working?.touched ?? ''));
  const frame: SnapshotFrame = {
    source: document.source,
    scope: document.scope,
    asOf: document.asOf ?? '',
    ...(accepted === undefined ? {} : { previousAsOf: accepted.sameSince ?? accepted.asOf }),
  };
  const isUnsure = document.unreadableKeys > 0;
  return {
    own,
    before: accepted && snapshotFiles(files, scope, { ...key, importId: accepted.importId, scopeName }),
    buckets: document.buckets,
    isAlike: accepted?.buckets === document.buckets,
    beforeBuckets: accepted?.buckets ?? 0,
    touched,
    compare: (now, before) =>
      compareAccounts(now, before, (id) => touched.has(id), frame, isUnsure, hashText),
  };
};

/** What was known of the accounts of one bucket; accounts that were in no file then come from the rest. */
export const digestsFor = async (
  night: Night,
  bucket: number,
  accounts: readonly SnapshotAccount[],
): Promise<AccountDigest[]> => {
  if (night.before === undefined) return [];
  const here = new Set(accounts.map(({ accountId }) => accountId));
  const rest = (await night.before.digests(restBucket)).filter(({ accountId }) => here.has(accountId));
  if (night.isAlike) return [...(await night.before.digests(bucket)), ...rest];
  return [...(await allDigests(night.before, night.beforeBuckets)), ...rest].filter(({ accountId }) =>
    here.has(accountId),
  );
};

const allDigests = async (files: SnapshotFiles, buckets: number): Promise<AccountDigest[]> => {
  const all: AccountDigest[] = [];
  for (let bucket = 0; bucket < buckets; bucket += 1) all.push(...(await files.digests(bucket)));
  return all;
};

/** Accounts that no bucket compared: touched ones nothing is open of, and those withheld without a row. */
export const looseDigests = async (night: Night): Promise<AccountDigest[]> => {
  const known = night.before === undefined ? [] : await night.before.digests(restBucket);
  const old = night.before === undefined ? [] : await allDigests(night.before, night.beforeBuckets);
  const loose = new Map(
    [...night.touched].map((accountId) => [accountId, { accountId, digest: '', withheld: '' }]),
  );
  for (const digest of [...(night.isAlike ? [] : old), ...known]) loose.set(digest.accountId, digest);
  if (loose.size === 0) return [];
  const seen = [...(await allDigests(night.own, night.buckets)), ...(night.isAlike ? old : [])];
  for (const { accountId } of seen) loose.delete(accountId);
  return [...loose.values()];
};
