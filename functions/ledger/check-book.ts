/**
 * Holds a company's book against the last snapshot it accepted (B1).
 * From: the feed's morning check, what the night's run found posted since, totals of reports.
 * Next: a finding, or nothing where the two cannot be compared to the cent tonight.
 */
import { anchorName, type Anchor } from '../../shared/domain/anchor.ts';
import type { Sums } from '../../shared/domain/imports.ts';
import { checkBook } from '../../shared/domain/invariants-book.ts';
import { isWholeCompany } from '../../shared/domain/manifest.ts';
import { amountOf, zero, type AmountMinor } from '../../shared/domain/money.ts';
import type { ShardTotal } from '../../shared/domain/report-shard.ts';
import { checkJob, type CheckCall, type CheckParts, type CheckStep, type Finding } from './check-parts.ts';

export type AcceptedFeed = { importId: string; guardedAt: string; acceptedAt: string; closing: Sums };

/** The snapshot of the whole company that is accepted, when that is the one scope the company has. */
export const wholeFeed = async (
  companyId: string,
  { scope }: Pick<CheckCall, 'scope'>,
  { feeds }: Pick<CheckParts, 'feeds'>,
): Promise<AcceptedFeed | undefined> => {
  const scopes = Object.entries((await feeds.company(scope, companyId)).scopes);
  const [only] = scopes;
  if (only === undefined || scopes.length > 1 || !isWholeCompany(only[1])) return undefined;
  const { feed } = await feeds.load(scope, companyId, { name: only[0], scope: only[1] });
  if (feed.accepted === undefined || feed.check === undefined || feed.working !== undefined) return undefined;
  const { importId, guardedAt, acceptedAt } = feed.accepted;
  const closing = Object.fromEntries(feed.check.lines.map(({ currency, closing: end }) => [currency, end]));
  return { importId, guardedAt, acceptedAt, closing };
};

type Judged = { found: Finding[]; note: Record<string, string> };

/** `note`: which feed, and what was posted since it, for the next night to go on from. */
export const checkBookNow = async (
  { companyId, anchors = {}, since, feed: feedId }: CheckStep,
  call: CheckCall,
  parts: CheckParts,
): Promise<Judged> => {
  const feed = await wholeFeed(companyId, call, parts);
  if (feed === undefined || feed.importId !== feedId || since === undefined) return { found: [], note: {} };
  const last = await parts.runs.latest(call.scope, checkJob(companyId));
  const isSameFeed = last?.note?.['feed'] === feed.importId;
  const isNewer = last === undefined || feed.guardedAt > last.completedAt;
  // posted before the last night and not added up then: no later night can make up for it
  const carried = isSameFeed ? last?.note?.['since'] : isNewer ? '{}' : undefined;
  if (carried === undefined) return { found: [], note: { feed: feed.importId } };
  const posted = addSums(JSON.parse(carried) as Sums, since as Sums);
  const note = { feed: feed.importId, since: JSON.stringify(posted) };
  const slot = anchors.now ?? anchors.before;
  const totals = await parts.reports.totals(call.scope, companyId);
  if (slot === undefined || !(await isAsAnchored(companyId, slot, totals, call, parts)))
    return { found: [], note };
  const book = [...totals.values()].reduce((sums, { open }) => addSums(sums, open), {} as Sums);
  const found = checkBook(feed.closing, posted, book);
  return { found: found.map((one) => ({ ...one, about: feed.importId })), note };
};

const addSums = (a: Sums, b: Sums): Sums => {
  const sums: Record<string, AmountMinor> = { ...a };
  for (const [currency, amount] of Object.entries(b))
    sums[currency] = amountOf((sums[currency] ?? zero) + amount);
  return sums;
};

/** Whether reports show what the anchor holds and nothing since. */
const isAsAnchored = async (
  companyId: string,
  slot: string,
  totals: ReadonlyMap<string, ShardTotal>,
  { scope }: CheckCall,
  { anchors }: CheckParts,
): Promise<boolean> => {
  const bytes = await anchors.read(scope, { companyId, name: anchorName(slot) });
  if (bytes === undefined) return false;
  const { shards } = JSON.parse(new TextDecoder().decode(bytes)) as Anchor;
  return (
    shards.length === totals.size &&
    shards.every(({ shard, entries }) => totals.get(shard)?.entries === entries)
  );
};
