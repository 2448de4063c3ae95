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
import type { RunStore } from '../../shared/ports/run-store.ts';

export type AnchorParts = {
  reports: ReportStore;
  anchors: FileStore;
  /** Which anchor is a company's latest, so that nobody lists them all. */
  runs: RunStore;
  hashText: HashText;
  hashBytes: HashBytes;
};

const leavesPerRead = 500;

/**
 * The company's anchor as of a slot: where nothing was new since, the one before; undefined before the first.
 * A tick that comes twice finds the first's files.
 */
export const anchorCompany = async (
  companyId: string,
  slot: string,
  scope: Scope,
  parts: AnchorParts,
): Promise<Anchor | undefined> => {
  const totals = await parts.reports.totals(scope, companyId);
  const before = await latestAnchor(companyId, slot, scope, parts);
  const isNew = isNewSince(before?.anchor);
  if (before?.anchor.slot === slot || ![...totals].some(isNew)) return before?.anchor;
  const shards: AnchorShard[] = [];
  for (const [shard, total] of [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    shards.push(
      isNew([shard, total])
        ? await listShard(companyId, slot, shard, total, scope, parts)
        : before!.anchor.shards.find((one) => one.shard === shard)!,
    );
  const previous = before === undefined ? null : { slot: before.anchor.slot, sha256: before.sha256 };
  const root = merkleRoot(
    shards.map((one) => JSON.stringify([one.shard, one.accounts, one.root])),
    parts.hashBytes,
  );
  const anchor: Anchor = { v: 1, companyId, slot, previous, shards, root };
  const { text } = await writeOnce(companyId, anchorName(slot), JSON.stringify(anchor), scope, parts);
  await pointTo(companyId, slot, scope, parts);
  return JSON.parse(text) as Anchor;
};

const isNewSince = (before: Anchor | undefined): ((one: [string, ShardTotal]) => boolean) => {
  const known = new Map((before?.shards ?? []).map((one) => [one.shard, one.entries]));
  return ([shard, { entries }]) => known.get(shard) !== entries;
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
  const mine = read.map(leafText).join('\n');
  const { text } = await writeOnce(companyId, name, mine, scope, parts);
  const leaves = text === '' ? [] : text.split('\n');
  const root = merkleRoot(leaves, parts.hashBytes);
  // leaves of a try that died may be older than the total: the next anchor lists the shard again
  const listed = text === mine ? entries : 0;
  return { shard, listedIn: slot, entries: listed, accounts: leaves.length, root };
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
): Promise<{ text: string }> => {
  const there = await anchors.read(scope, { companyId, name });
  if (there !== undefined) return { text: new TextDecoder().decode(there) };
  await anchors.write(scope, { companyId, name }, text);
  return { text };
};

const pointerJob = (companyId: string): string => `anchor:${companyId}`;

const pointTo = (companyId: string, slot: string, scope: Scope, { runs }: AnchorParts): Promise<void> =>
  runs.complete(scope, { job: pointerJob(companyId), slot, completedAt: slot, missedSlots: 0 });

/**
 * The newest anchor up to a slot: that of the slot itself where a try died behind it, else the one pointed to. A
 * pointer behind the slot belongs to a later tick: this one came late, and looks for what was there in its time.
 */
const latestAnchor = async (
  companyId: string,
  slot: string,
  scope: Scope,
  parts: AnchorParts,
): Promise<{ anchor: Anchor; sha256: string } | undefined> => {
  const own = await readAnchor(companyId, anchorName(slot), scope, parts);
  if (own !== undefined) {
    await pointTo(companyId, slot, scope, parts);
    return own;
  }
  const pointed = (await parts.runs.latest(scope, pointerJob(companyId)))?.slot;
  if (pointed === undefined) return undefined;
  if (pointed < slot) return readAnchor(companyId, anchorName(pointed), scope, parts);
  const names = await parts.anchors.list(scope, { companyId, name: '' });
  const name = names.filter((one) => one.endsWith('/anchor.json') && one <= anchorName(slot)).at(-1);
  return name === undefined ? undefined : readAnchor(companyId, name, scope, parts);
};

const readAnchor = async (
  companyId: string,
  name: string,
  scope: Scope,
  { anchors, hashText }: AnchorParts,
): Promise<{ anchor: Anchor; sha256: string } | undefined> => {
  const bytes = await anchors.read(scope, { companyId, name });
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  return { anchor: JSON.parse(text) as Anchor, sha256: hashText(text) };
};
