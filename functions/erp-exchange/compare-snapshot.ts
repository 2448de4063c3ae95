/**
 * Compares a snapshot with the one accepted before, some buckets at a time: whose digest is another, who came or
 * vanished, whom others touched. All other accounts cost nothing (R147).
 * From: queue `snapshots`, step `compare`. Next: parts of at most 500 rows on queue `account-postings`; the step
 * for the next buckets; after the last one step `finish`, which the ledger calls when it has posted the last part.
 * What was compared is kept before anything is sent, and found kept when the step comes again.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { topology } from '../../shared/contracts/topology.ts';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { scopeNameOf } from '../../shared/domain/manifest.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { changeImport, shortId, snapshotWork, type SnapshotCall, type SnapshotParts } from './parts.ts';
import { restBucket, type ComparedBuckets, type SnapshotFiles } from './snapshot-files.ts';
import { digestsFor, looseDigests, nightOf, type Night } from './snapshot-night.ts';

/** Rows one step reads before it hands over to the next: a few seconds of work. */
const rowsPerStep = 20_000;
/** Accounts to be posted after which those in no file are left to a step of their own. */
const workPerStep = 5_000;

export const compareStep = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  bucket: number,
): Promise<Outcome<unknown, ProblemCode>> => {
  const { scope, key } = call;
  const loaded = await parts.imports.load(scope, key);
  if (loaded === undefined) return refuse('message-not-readable', `There is no import ${key.importId}.`);
  const { document } = loaded;
  const name = scopeNameOf(document.scope);
  const { feed } = await parts.feeds.load(scope, key.companyId, { name, scope: document.scope });
  if (feed.working?.importId !== key.importId) return done('it is not its turn any more');
  const night = await nightOf(parts, call, document, feed);
  const compared = (await night.own.compared(bucket)) ?? (await compareFrom(night, bucket));
  await sendParts(parts, call, compared.parts, compared.next > document.buckets);
  return done(await handOver(parts, call, night.own, document.buckets, compared));
};

/** Buckets from this one on until there is enough; one past the last bucket come those in no file. */
const compareFrom = async (night: Night, first: number): Promise<ComparedBuckets> => {
  const items: Record<string, number> = {};
  const work: AccountWork[] = [];
  let bucket = first;
  for (let rows = 0; bucket < night.buckets && rows < rowsPerStep; bucket += 1) {
    const accounts = await night.own.accounts(bucket);
    rows += accounts.reduce((sum, account) => sum + account.rows.length, 0);
    for (const { currency } of accounts.flatMap((account) => account.rows))
      items[currency] = (items[currency] ?? 0) + 1;
    const compared = night.compare(accounts, await digestsFor(night, bucket, accounts));
    await night.own.keepDigests(bucket, compared.digests);
    work.push(...compared.work);
  }
  if (bucket === night.buckets && work.length < workPerStep) {
    const compared = night.compare([], await looseDigests(night));
    await night.own.keepDigests(restBucket, compared.digests);
    work.push(...compared.work);
    bucket += 1;
  }
  const parts = await keepParts(night.own, first, work);
  const compared = { next: bucket, parts, items, accountIds: work.map(({ accountId }) => accountId) };
  await night.own.keepCompared(first, compared);
  return compared;
};

/** At most 500 rows a part; a larger account is a part of its own. */
const keepParts = async (
  own: SnapshotFiles,
  first: number,
  work: readonly AccountWork[],
): Promise<string[]> => {
  const most = topology.limits['postingRowsPerMessage'] ?? 500;
  const parts: AccountWork[][] = [];
  let rows = most;
  for (const line of work) {
    const size = line.do === 'reconcile' ? Math.max(line.rows.length, 1) : 1;
    if (rows + size > most) {
      parts.push([]);
      rows = 0;
    }
    parts.at(-1)?.push(line);
    rows += size;
  }
  const names = parts.map((_, at) => `s${String(first).padStart(3, '0')}-${at}`);
  for (const [at, name] of names.entries()) await own.keepPart(name, parts[at] ?? []);
  return names;
};

/** The ledger says when it is done; this is how long to wait for a word that may be lost. */
const firstRestSeconds = 60;

const sendParts = async (
  { sender, hashText }: SnapshotParts,
  { key }: SnapshotCall,
  parts: readonly string[],
  isEnd: boolean,
): Promise<void> => {
  const messageOf = (part: string, at: number): OutgoingMessage => ({
    id: shortId(`post:${key.companyId}:${key.importId}:${part}`, hashText),
    body: { v: 1, ...key, part, ...(isEnd && at === parts.length - 1 ? { isLast: true } : {}) },
  });
  if (parts.length > 0) await sender.send('account-postings', parts.map(messageOf));
};

const handOver = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  own: SnapshotFiles,
  buckets: number,
  { next, parts: names }: ComparedBuckets,
): Promise<void> => {
  const { sender, hashText } = parts;
  const isLast = next > buckets;
  const sent = (await own.comparedUpTo(next))?.parts.length ?? 0;
  await noteProgress(parts, call, { bucketsDone: Math.min(next, buckets), sent, isLast });
  const body = isLast
    ? { ...call.key, step: 'finish' as const, look: 0 }
    : { ...call.key, step: 'compare' as const, bucket: next };
  const message = snapshotWork(body, isLast ? 'look 0' : 'next', hashText);
  const seconds = names.length > 0 ? firstRestSeconds : 1;
  const isToRest = isLast && sent > 0;
  await sender.send('snapshots', [{ ...message, ...(isToRest && { dueAt: call.now.add({ seconds }) }) }]);
};

/** After the last bucket the number of parts is known; an import that is over stays so. */
const noteProgress = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  { bucketsDone, sent, isLast }: { bucketsDone: number; sent: number; isLast: boolean },
): Promise<void> => {
  await changeImport(parts.imports, call, (before) => {
    const { phase, bucketsDone: reached } = before.progress;
    if (before.state !== 'reconciling' || (phase === 'comparing' && bucketsDone < reached)) return before;
    const progress = { ...before.progress, phase: 'comparing', bucketsDone, partsSent: sent };
    return { ...before, progress, ...(isLast ? { state: 'posting' as const, parts: sent } : {}) };
  });
};
