/**
 * Accepts a snapshot once the ledger shows it: the morning check is figured, it becomes what the next one is
 * compared with, and the next in line has its turn.
 * From: queue `snapshots`, step `finish`: when the ledger has posted the last part; after a growing rest while others
 * are being posted. Next: `feed:<scope>`, its morning check, receipts that hear of it, the import that is done.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { checkedBook } from '../../shared/domain/book-standing.ts';
import { accept, wasAccepted, type Feed } from '../../shared/domain/feed.ts';
import type { ImportDocument, PartResult, Sums } from '../../shared/domain/imports.ts';
import { sameSince, scopeNameOf, type Manifest } from '../../shared/domain/manifest.ts';
import { sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import {
  addMovements,
  morningFigures,
  noMovements,
  type Difference,
  type Movements,
} from '../../shared/domain/morning-check.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { CompanyFeeds, LoadedFeed } from '../../shared/ports/feed-store.ts';
import { callNext, saveFeed } from './guard-snapshot.ts';
import { changeImport, shortId, snapshotWork, type SnapshotCall, type SnapshotParts } from './parts.ts';
import { snapshotFiles, type ComparedBuckets, type SnapshotFiles } from './snapshot-files.ts';

/** Rests between looks double up to this. */
const longestRestSeconds = 900;

export const finishStep = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  look: number,
): Promise<Outcome<unknown, ProblemCode>> => {
  const { scope, key } = call;
  const loaded = await parts.imports.load(scope, key);
  if (loaded === undefined) return refuse('message-not-readable', `There is no import ${key.importId}.`);
  const { document } = loaded;
  if (document.state === 'done') return done('it is accepted');
  const name = scopeNameOf(document.scope);
  const feed = await parts.feeds.load(scope, key.companyId, { name, scope: document.scope });
  if (wasAccepted(feed.feed, key.importId)) return done(await close(parts, call, document, feed));
  if (feed.feed.working?.importId !== key.importId) return done('it is not its turn any more');
  const own = snapshotFiles(parts.files, scope, { ...key, scopeName: name });
  const compared = await own.comparedUpTo(document.buckets + 1);
  const results = await parts.imports.results(scope, key);
  const isShown = compared?.parts.every((part) => results.some((result) => result.part === part));
  if (!compared || !isShown) return done(await lookAgain(parts, call, look));
  const accepted = await acceptIt(parts, call, { document, feed, own, compared, results });
  return done(await close(parts, call, document, accepted));
};

const lookAgain = async (
  { sender, hashText }: SnapshotParts,
  { key, now }: SnapshotCall,
  look: number,
): Promise<void> => {
  const seconds = Math.min(2 ** Math.min(look, 20), longestRestSeconds);
  const message = snapshotWork({ ...key, step: 'finish', look: look + 1 }, `look ${look + 1}`, hashText);
  await sender.send('snapshots', [{ ...message, dueAt: now.add({ seconds }) }]);
};

type Finished = {
  document: ImportDocument;
  feed: LoadedFeed;
  own: SnapshotFiles;
  compared: ComparedBuckets;
  results: readonly PartResult[];
};

const acceptIt = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  { document, feed: loaded, own, compared, results }: Finished,
): Promise<LoadedFeed> => {
  const { scope, key, now } = call;
  const { feed } = loaded;
  const differences = await differencesNow(parts, call, feed.scopeName, feed.accepted, compared, results);
  await own.keepDifferences(differences);
  const { arrivals } = await parts.feeds.company(scope, key.companyId);
  const check = morningFigures({
    importId: key.importId,
    asOf: document.asOf ?? '',
    opening: closingsOf(feed.check?.lines ?? []),
    file: document.sums,
    movements: movementsOf(results),
    differences,
    isExplained: arrivals.some(({ kind }) => kind === 'delta' || kind === 'journal'),
  });
  await parts.feeds.keepCheck(scope, key.companyId, feed.scopeName, check);
  const at = { guardedAt: feed.working?.guardedAt ?? '', acceptedAt: textOfInstant(now) };
  const manifest = manifestOf(document, compared, feed.accepted, at);
  return saveFeed(parts, call, { ...loaded, feed: accept(feed, manifest, check) });
};

const manifestOf = (
  { importId, asOf = '', sha256, sequence, counts, sums, buckets }: ImportDocument,
  { items }: ComparedBuckets,
  before: Manifest | undefined,
  at: Pick<Manifest, 'guardedAt' | 'acceptedAt'>,
): Manifest => ({
  ...{ importId, asOf, rows: counts.accepted, items, sums, buckets, ...at },
  ...{ sha256, sameSince: sameSince(sha256, asOf, before) },
  ...(sequence === undefined ? {} : { sequence }),
});

/** Of accounts that were not looked at, what differed before differs still. */
const differencesNow = async (
  { files }: SnapshotParts,
  { scope, key }: SnapshotCall,
  scopeName: string,
  accepted: Manifest | undefined,
  { accountIds }: ComparedBuckets,
  results: readonly PartResult[],
): Promise<Difference[]> => {
  const looked = new Set(accountIds);
  const before =
    accepted === undefined
      ? []
      : await snapshotFiles(files, scope, { ...key, importId: accepted.importId, scopeName }).differences();
  return [
    ...before.filter(({ accountId }) => !looked.has(accountId)),
    ...results.flatMap((result) => result.differences ?? []),
  ];
};

const closingsOf = (lines: readonly { currency: string; closing: AmountMinor }[]): Sums =>
  Object.fromEntries(lines.map(({ currency, closing }) => [currency, closing]));

/** A part that does not say how amounts moved says at least by how much. */
const movementsOf = (results: readonly PartResult[]): Record<string, Movements> => {
  const all: Record<string, Movements> = {};
  const add = (currency: string, moved: Movements) =>
    void (all[currency] = addMovements(all[currency] ?? noMovements, moved));
  for (const { movements, change } of results) {
    for (const [currency, moved] of Object.entries(movements ?? {})) add(currency, moved);
    if (movements !== undefined) continue;
    for (const [currency, amount] of Object.entries(change))
      add(currency, { ...noMovements, increased: sum(zero, amount) });
  }
  return all;
};

/** After acceptance, again and again harmless: the file is noted, the next one called, at last the import is done. */
const close = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  document: ImportDocument,
  loaded: LoadedFeed,
): Promise<void> => {
  const { scope, key } = call;
  const { feed } = loaded;
  await parts.feeds.changeCompany(scope, key.companyId, (before) => withScope(before, feed));
  const { source, receivedAt, asOf, sequence } = document;
  await parts.feeds.arrived(scope, key.companyId, {
    ...{ kind: 'snapshot', source, receivedAt },
    ...(asOf === undefined ? {} : { asOf }),
    ...(sequence === undefined ? {} : { sequence }),
  });
  await tellReceipts(parts, call, asOf);
  await callNext(parts, call, loaded);
  const before = feed.recent[1]?.importId;
  const place = { companyId: key.companyId, scopeName: feed.scopeName };
  if (before !== undefined) await snapshotFiles(parts.files, scope, { ...place, importId: before }).forget();
  await changeImport(parts.imports, call, (found) =>
    found.state === 'done' ? found : { ...found, state: 'done' },
  );
};

/** The company knows the scope, and what its book came to; the very same value when it does already. */
const withScope = (before: CompanyFeeds, { scopeName, scope, check }: Feed): CompanyFeeds => {
  const book = check && checkedBook(scope, check);
  const isKnown = scopeName in before.scopes && isSameJson(before.checked?.[scopeName], book);
  if (isKnown) return before;
  const scopes = { ...before.scopes, [scopeName]: scope };
  return book === undefined
    ? { ...before, scopes }
    : { ...before, scopes, checked: { ...before.checked, [scopeName]: book } };
};

/** Provisional money is confirmed by what the feed shows, or missing in it once more (`defaults.md` §2.5). */
const tellReceipts = (
  { sender, hashText }: SnapshotParts,
  { key: { companyId, importId } }: SnapshotCall,
  asOf = '',
): Promise<void> => {
  const id = shortId(`feed-news:${companyId}:${importId}`, hashText);
  const body = { v: 1, companyId, feedId: importId, asOf: textOfInstant(instantFromText(asOf)) };
  return sender.send('received-payments', [{ id, body }]);
};
