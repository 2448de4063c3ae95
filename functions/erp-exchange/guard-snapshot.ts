/**
 * The guards of a snapshot: nothing of it is posted until all of them pass, and none while another is posted.
 * From: queue `snapshots`, step `guard`: after checking, after a person's release, when its turn comes.
 * Next: step `compare`; or the import is held, refused, or left without effect.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import { begin, leaveQueue, mustWait, queueUp, wasAccepted } from '../../shared/domain/feed.ts';
import type { ImportDocument, ImportState } from '../../shared/domain/imports.ts';
import { scopeNameOf } from '../../shared/domain/manifest.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { guardSnapshot, type Guarded } from '../../shared/domain/snapshot-guards.ts';
import type { LoadedFeed } from '../../shared/ports/feed-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeImport, snapshotWork, type SnapshotCall, type SnapshotParts } from './parts.ts';
import { snapshotFiles } from './snapshot-files.ts';

/** Touches are written before the change they announce: one a little older than the guards may still count. */
const touchMarginHours = 1;

/** Twice, late or after any crash: it goes on where it is. @throws when somebody else changed the feed first. */
export const guardStep = async (
  parts: SnapshotParts,
  call: SnapshotCall,
): Promise<Outcome<unknown, ProblemCode>> => {
  const { scope, key } = call;
  const loaded = await parts.imports.load(scope, key);
  if (loaded === undefined || loaded.document.kind !== 'snapshot')
    return refuse('message-not-readable', `There is no snapshot ${key.importId}.`);
  const { document } = loaded;
  if (early.includes(document.state)) throw new Error(`import ${key.importId} is still ${document.state}`);
  const name = scopeNameOf(document.scope);
  const feed = await parts.feeds.load(scope, key.companyId, { name, scope: document.scope });
  if (isOver(document)) return done(await callNext(parts, call, feed));
  // accepted just now, and this message late: it is not older than itself
  if (wasAccepted(feed.feed, key.importId)) return done(await goOn(parts, call, 'finish'));
  if (feed.feed.working?.importId === key.importId)
    return done(await goOn(parts, call, document.state === 'posting' ? 'finish' : 'compare'));
  const decision = await parts.feeds.held(scope, key.companyId, key.importId);
  const isReleased = decision?.decided?.is === 'released';
  if (document.state === 'held' && !isReleased) return done(await callNext(parts, call, feed));
  if (mustWait(feed.feed, key.importId)) return done(await wait(parts, call, document, feed));
  const company = await readCompany(parts.settings, scope, key.companyId);
  if (!company.ok) return company;
  const guarded = guardSnapshot(document, feed.feed.accepted, company.value.mode, isReleased);
  return done(
    guarded.is === 'passed'
      ? await pass(parts, call, document, feed)
      : await stop(parts, call, feed, guarded),
  );
};

/** Checking sends it on before it says so. */
const early: readonly ImportState[] = ['receiving', 'reading', 'checking'];

const isOver = ({ state }: ImportDocument): boolean => state === 'done' || state === 'refused';

/** Another one is being posted: this one's turn comes when that is accepted. */
const wait = async (
  parts: SnapshotParts,
  { scope, key }: SnapshotCall,
  { asOf = '' }: ImportDocument,
  loaded: LoadedFeed,
): Promise<void> => {
  const feed = queueUp(loaded.feed, { importId: key.importId, asOf });
  if (feed !== loaded.feed) await saveFeed(parts, { scope }, { ...loaded, feed });
};

const pass = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  document: ImportDocument,
  loaded: LoadedFeed,
): Promise<void> => {
  const { scope, key, now } = call;
  const { feed } = loaded;
  const since =
    feed.accepted && instantFromText(feed.accepted.guardedAt).subtract({ hours: touchMarginHours });
  const sinceText = since && textOfInstant(since);
  const touches = await parts.feeds.touched(scope, key.companyId, sinceText, feed.scopeName);
  const accountIds = [...new Set(touches.flatMap((touch) => touch.accountIds))].toSorted();
  const files = snapshotFiles(parts.files, scope, { ...key, scopeName: feed.scopeName });
  const touched = await files.keepTouched(accountIds, parts.hashText);
  await changeImport(parts.imports, call, reconciling);
  const turn = { importId: key.importId, asOf: document.asOf ?? '' };
  const working = { ...turn, guardedAt: textOfInstant(now), touched };
  await saveFeed(parts, call, { ...loaded, feed: begin(feed, working) });
  await goOn(parts, call, document.state === 'posting' ? 'finish' : 'compare');
};

/** What a person released is not held any more. */
const reconciling = (before: ImportDocument): ImportDocument => {
  if (before.state !== 'held') return before;
  const { because: _because, ...rest } = before;
  return { ...rest, state: 'reconciling' };
};

/** Sends it on to where it is; what was done before is found done. */
const goOn = async (
  { sender, hashText }: SnapshotParts,
  { key, now }: SnapshotCall,
  step: 'finish' | 'compare',
): Promise<void> => {
  await sender.send('snapshots', [snapshotWork({ ...key, step }, `guard ${textOfInstant(now)}`, hashText)]);
};

/** Leaves the queue first, then says why: who looks at the import sees nothing that is not so. */
const stop = async (
  parts: SnapshotParts,
  call: SnapshotCall,
  loaded: LoadedFeed,
  guarded: Exclude<Guarded, { is: 'passed' }>,
): Promise<void> => {
  const feed = leaveQueue(loaded.feed, call.key.importId);
  const isWaiting = feed.waiting.length < loaded.feed.waiting.length;
  const left = isWaiting ? await saveFeed(parts, call, { ...loaded, feed }) : loaded;
  await changeImport(parts.imports, call, (before) => ({ ...before, ...endOf(guarded) }));
  await callNext(parts, call, left);
};

const endOf = (guarded: Exclude<Guarded, { is: 'passed' }>): Pick<ImportDocument, 'state' | 'because'> => {
  if (guarded.is === 'absent')
    return { state: 'done', because: { code: 'scope-absent', detail: 'No row of it is in the file.' } };
  const { is, code, detail } = guarded;
  return { state: is, because: { code, detail } };
};

/** The oldest that waits is guarded now, unless one has the turn. */
export const callNext = async (
  { sender, hashText }: SnapshotParts,
  { key, now }: SnapshotCall,
  { feed: { working, waiting } }: LoadedFeed,
): Promise<void> => {
  const [next] = waiting;
  if (next === undefined || working !== undefined) return;
  const body = { companyId: key.companyId, importId: next.importId, step: 'guard' as const };
  const because = `after ${key.importId} ${textOfInstant(now)}`;
  await sender.send('snapshots', [snapshotWork(body, because, hashText)]);
};

/** @throws when somebody was first: the work comes back and looks again. */
export const saveFeed = async (
  { feeds }: Pick<SnapshotParts, 'feeds'>,
  { scope }: Pick<SnapshotCall, 'scope'>,
  loaded: LoadedFeed,
): Promise<LoadedFeed> => {
  const saved = await feeds.save(scope, loaded);
  if (saved === 'version-conflict')
    throw new Error(`feed ${loaded.feed.scopeName} of ${loaded.feed.companyId} was changed meanwhile`);
  return saved;
};
