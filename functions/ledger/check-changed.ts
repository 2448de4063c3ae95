/**
 * The accounts that changed since the last night: those whose leaf in the anchor is another one.
 * From: two anchors of a company, shard by shard. Next: each account's new entries are held against the old leaf;
 * what they moved since the accepted feed is added up for the check of the book.
 * Shards in which nothing happened are not read, nor are accounts in them.
 */
import type { ChainStart, Entry } from '../../shared/domain/entry.ts';
import { anchorName, leavesName, type Anchor, type Leaf } from '../../shared/domain/anchor.ts';
import { parseCell, type Cells } from '../../shared/domain/aging-cells.ts';
import { allShards } from '../../shared/domain/report-shard.ts';
import { amountOf, zero } from '../../shared/domain/money.ts';
import { checkAccountNow, wholeChain } from './check-account-now.ts';
import { wholeFeed, type AcceptedFeed } from './check-book.ts';
import { parkFindings, type CheckCall, type CheckParts, type CheckStep } from './check-parts.ts';

const accountsPerStep = 40;

/** One step: at most so many accounts of one shard. */
export const checkChanged = async (
  message: CheckStep,
  call: CheckCall,
  parts: CheckParts,
): Promise<CheckStep> => {
  const { companyId, anchors = {}, after = '' } = message;
  const [first = '00', behind = ''] = after === '' ? [] : (JSON.parse(after) as string[]);
  const { after: _place, ...rest } = message;
  const [before, now] = [
    await anchorOf(companyId, anchors.before, call, parts),
    await anchorOf(companyId, anchors.now, call, parts),
  ];
  for (const shard of allShards.filter((one) => one >= first)) {
    const changed = await changedIn(companyId, shard, { before, now }, call, parts);
    const left = changed.filter(([{ accountId }]) => shard > first || accountId > behind);
    if (left.length === 0) continue;
    const some = left.slice(0, accountsPerStep);
    const since = await checkSome(companyId, some, message, call, parts);
    const { since: _before, ...others } = rest;
    const place = JSON.stringify([shard, some.at(-1)![0].accountId]);
    return { ...others, after: place, ...(since === undefined ? {} : { since }) };
  }
  return { ...rest, step: 'sample' };
};

type Place = { accountId: string; version: number; hash: string };
type Anchors = { before: Anchor | undefined; now: Anchor | undefined };

const textOf = async (
  companyId: string,
  name: string,
  { scope }: CheckCall,
  { anchors }: CheckParts,
): Promise<string> => {
  const bytes = await anchors.read(scope, { companyId, name });
  if (bytes === undefined) throw new Error(`${name} of ${companyId} is not among the anchors`);
  return new TextDecoder().decode(bytes);
};

const anchorOf = async (
  companyId: string,
  slot: string | undefined,
  call: CheckCall,
  parts: CheckParts,
): Promise<Anchor | undefined> =>
  slot === undefined
    ? undefined
    : (JSON.parse(await textOf(companyId, anchorName(slot), call, parts)) as Anchor);

/** New leaves with where each account stood before, in the order of accounts. */
const changedIn = async (
  companyId: string,
  shard: string,
  { before, now }: Anchors,
  call: CheckCall,
  parts: CheckParts,
): Promise<[Place, ChainStart][]> => {
  const slotIn = (anchor: Anchor | undefined) => anchor?.shards.find((one) => one.shard === shard)?.listedIn;
  const leavesIn = async (slot: string | undefined): Promise<Leaf[]> => {
    const text = slot === undefined ? '' : await textOf(companyId, leavesName(slot, shard), call, parts);
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Leaf]));
  };
  const [slotBefore, slotNow] = [slotIn(before), slotIn(now)];
  if (slotNow === undefined || slotNow === slotBefore) return [];
  const known = new Map((await leavesIn(slotBefore)).map((leaf) => [leaf[0], leaf]));
  return (await leavesIn(slotNow)).flatMap(([accountId, version, hash]): [Place, ChainStart][] => {
    const [, oldVersion, oldHash] = known.get(accountId) ?? [];
    if (oldVersion === undefined || oldHash === undefined)
      return [[{ accountId, version, hash }, wholeChain]];
    return oldHash === hash
      ? []
      : [
          [
            { accountId, version, hash },
            { version: oldVersion, hash: oldHash },
          ],
        ];
  });
};

/** @returns what was posted since the feed, as far as known after these; undefined where it cannot be told. */
const checkSome = async (
  companyId: string,
  some: readonly [Place, ChainStart][],
  { since: sinceBefore, feed: feedId }: CheckStep,
  call: CheckCall,
  parts: CheckParts,
): Promise<CheckStep['since']> => {
  const feed = await wholeFeed(companyId, call, parts);
  let since = sinceBefore;
  for (const [{ accountId, version, hash }, start] of some) {
    const key = { companyId, accountId };
    const { found, entries } = await checkAccountNow(key, start, call, parts);
    const leaf = entries.find((entry) => entry.version === version);
    if (leaf !== undefined && leaf.hash !== hash)
      found.push({ invariant: 'L2', what: 'the anchor has another entry', about: accountId, accountId });
    await parkFindings(companyId, found, call, parts);
    const own = entries.filter((entry) => entry.version <= version);
    const isSame = feed !== undefined && feed.importId === feedId;
    since = since && isSame ? await withPosted(since, key, own, feed, call, parts) : undefined;
  }
  return since;
};

/** Entries of others while the feed was being posted could be in it or not: nothing is told then. */
const withPosted = async (
  since: Record<string, number>,
  key: { companyId: string; accountId: string },
  entries: readonly Entry[],
  { importId, guardedAt, acceptedAt }: AcceptedFeed,
  { scope }: CheckCall,
  { accounts }: CheckParts,
): Promise<CheckStep['since']> => {
  const foreign = entries.filter(({ at, cause }) => at >= guardedAt && !cause.id.startsWith(importId));
  if (foreign.some(({ at }) => at <= acceptedAt)) return undefined;
  const sums = { ...since };
  const versions = new Set(foreign.map(({ version }) => version));
  if (versions.size === 0) return sums;
  const page = { afterVersion: Math.min(...versions) - 1, limit: entries.length };
  for (const { version, moves } of await accounts.moves(scope, key, page))
    for (const cells of versions.has(version) ? Object.values(moves as Record<string, Cells>) : [])
      for (const [text, amount] of Object.entries(cells)) {
        const { currency } = parseCell(text);
        sums[currency] = amountOf((sums[currency] ?? zero) + amount);
      }
  return sums;
};
