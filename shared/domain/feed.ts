/**
 * The feed of one scope: which snapshot is accepted, which one is on its way, which wait behind it.
 * From: snapshots that pass their guards, in whatever order they arrive. Next: `feed:<scope>` in the store.
 * One snapshot at a time: the next one is guarded only when the ledger shows the one before, so that their parts
 * never mix. A held or refused snapshot blocks nobody.
 */
import { instantFromText } from './calendar.ts';
import type { FeedScope } from './imports.ts';
import type { Manifest } from './manifest.ts';
import type { MorningFigures } from './morning-check.ts';

type Turn = { importId: string; asOf: string };
/** `touched` names the file of the accounts that others touched, as it was when the guards passed. */
type Working = Turn & { guardedAt: string; touched: string };

export type Feed = {
  companyId: string;
  scopeName: string;
  scope: FeedScope;
  accepted?: Manifest;
  /** Passed its guards and is being posted. */
  working?: Working;
  /** Arrived meanwhile, oldest `asOf` first. */
  waiting: readonly Turn[];
  /** The last accepted snapshots, newest first. */
  recent: readonly Turn[];
  check?: MorningFigures;
};

const mostRecent = 10;

export const newFeed = (companyId: string, scopeName: string, scope: FeedScope): Feed => ({
  companyId,
  scopeName,
  scope,
  waiting: [],
  recent: [],
});

/** Whether the import was accepted, though it may not say so of itself yet. */
export const wasAccepted = ({ accepted, recent }: Feed, importId: string): boolean =>
  accepted?.importId === importId || recent.some((one) => one.importId === importId);

/** Whether another snapshot has the turn. */
export const mustWait = ({ working }: Feed, importId: string): boolean =>
  working !== undefined && working.importId !== importId;

/** Behind the one being posted, once. */
export const queueUp = (feed: Feed, turn: Turn): Feed =>
  feed.waiting.some(({ importId }) => importId === turn.importId)
    ? feed
    : { ...feed, waiting: [...feed.waiting, turn].toSorted(byInstant) };

const byInstant = (a: Turn, b: Turn): number => {
  const apart = instantFromText(a.asOf).since(instantFromText(b.asOf)).sign;
  return apart === 0 ? (a.importId < b.importId ? -1 : 1) : apart;
};

/** It no longer waits: it was held, refused, or says nothing. */
export const leaveQueue = (feed: Feed, importId: string): Feed => ({
  ...feed,
  waiting: feed.waiting.filter((turn) => turn.importId !== importId),
});

export const begin = (feed: Feed, working: Working): Feed => ({
  ...leaveQueue(feed, working.importId),
  working,
});

/** The ledger shows it: it is what the next one is compared with. */
export const accept = (
  { working: _working, ...feed }: Feed,
  manifest: Manifest,
  check: MorningFigures,
): Feed => ({
  ...feed,
  accepted: manifest,
  check,
  recent: [{ importId: manifest.importId, asOf: manifest.asOf }, ...feed.recent].slice(0, mostRecent),
});
