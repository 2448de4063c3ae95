/**
 * Anchors a company's ledger: the newest entry of every account under one root, where nobody can change it.
 * From: a tick an hour; contributions of reports name each account's newest entry and its hash.
 * Next: files in the immutable container `anchors`; `scripts/verify-chain.ts` holds the ledger against them.
 * Shards in which nothing happened are not read again; without anything new in any, no anchor is written.
 */
import { anchorName, leafText, leavesName, merkleRoot } from '../../shared/domain/anchor.ts';
import type { Anchor, AnchorShard, HashBytes, Leaf } from '../../shared/domain/anchor.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { ShardTotal } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';

export type AnchorParts = {
  reports: ReportStore;
  anchors: FileStore;
  hashText: HashText;
  hashBytes: HashBytes;
};

const leavesPerRead = 500;

/** The anchor of a slot, or undefined where nothing was new. A tick that comes twice finds the first's files. */
export const anchorCompany = async (
  companyId: string,
  slot: string,
  scope: Scope,
  parts: AnchorParts,
): Promise<Anchor | undefined> => {
  const totals = await parts.reports.totals(scope, companyId);
  const before = await latestAnchor(companyId, slot, scope, parts);
  if (before?.anchor.slot === slot) return before.anchor;
  const known = new Map((before?.anchor.shards ?? []).map((one) => [one.shard, one]));
  const isNew = ([shard, { entries }]: [string, ShardTotal]): boolean =>
    known.get(shard)?.entries !== entries;
  if (![...totals].some(isNew)) return undefined;
  const shards: AnchorShard[] = [];
  for (const [shard, total] of [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    shards.push(
      isNew([shard, total])
        ? await listShard(companyId, slot, shard, total, scope, parts)
        : known.get(shard)!,
    );
  const previous = before === undefined ? null : { slot: before.anchor.slot, sha256: before.sha256 };
  const root = merkleRoot(
    shards.map((one) => JSON.stringify([one.shard, one.accounts, one.root])),
    parts.hashBytes,
  );
  const anchor: Anchor = { v: 1, companyId, slot, previous, shards, root };
  await writeOnce(companyId, anchorName(slot), JSON.stringify(anchor), scope, parts);
  return anchor;
};

const listShard = async (
  companyId: string,
  slot: string,
  shard: string,
  { entries }: ShardTotal,
  scope: Scope,
  parts: AnchorParts,
): Promise<AnchorShard> => {
  const read = await leavesOf(companyId, shard, scope, parts.reports);
  const name = leavesName(slot, shard);
  const text = await writeOnce(companyId, name, read.map(leafText).join('\n'), scope, parts);
  const leaves = text === '' ? [] : text.split('\n');
  const root = merkleRoot(leaves, parts.hashBytes);
  return { shard, listedIn: slot, entries, accounts: leaves.length, root };
};

const leavesOf = async (
  companyId: string,
  shard: string,
  scope: Scope,
  reports: ReportStore,
): Promise<Leaf[]> => {
  const leaves: Leaf[] = [];
  let after: string | undefined;
  do {
    const page = await reports.contributionPage(
      scope,
      { companyId, shard },
      { limit: leavesPerRead, ...(after === undefined ? {} : { after }) },
    );
    for (const { accountId, appliedVersion, hash } of page.contributions)
      leaves.push([accountId, appliedVersion, hash]);
    ({ after } = page);
  } while (after !== undefined);
  return leaves.toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** What stands there stays: the container takes each name once. @returns the text that is there. */
const writeOnce = async (
  companyId: string,
  name: string,
  text: string,
  scope: Scope,
  { anchors }: AnchorParts,
): Promise<string> => {
  const there = await anchors.read(scope, { companyId, name });
  if (there !== undefined) return new TextDecoder().decode(there);
  await anchors.write(scope, { companyId, name }, text);
  return text;
};

/** The newest anchor up to a slot; names sort in the order of time. */
const latestAnchor = async (
  companyId: string,
  slot: string,
  scope: Scope,
  { anchors, hashText }: AnchorParts,
): Promise<{ anchor: Anchor; sha256: string } | undefined> => {
  const names = await anchors.list(scope, { companyId, name: '' });
  const name = names.filter((one) => one.endsWith('/anchor.json') && one <= anchorName(slot)).at(-1);
  const bytes = name === undefined ? undefined : await anchors.read(scope, { companyId, name });
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  return { anchor: JSON.parse(text) as Anchor, sha256: hashText(text) };
};
