/**
 * Parked work: what could not be done, kept with its reason where staff see it.
 * From: a handler that refused, or failed too often. Next: the `parked` container, its summary, the
 * failed-work page. The id derives from where the work came from, so that parking twice is once.
 */
import { escapeId } from './document-ids.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** Work that belongs to no company, such as a message nobody can read. */
export const platformCompany = 'platform';

export type ParkedWork = {
  companyId: string;
  /** Queue, `topic/subscription` or container the work came from. */
  source: string;
  /** Message id, or document id with its version. */
  workId: string;
  /** Why, as a stable code of the problem table, and in words for a person. */
  code: string;
  detail: string;
  /** The work itself, as text, to be looked at and done again; empty where there is none. */
  body: string;
  /** Session of the queues that have them. */
  sessionId?: string | undefined;
  attempts: number;
  /** ISO instant. */
  parkedAt: string;
};

export type ParkedCount = { code: string; count: number; oldestAt: string };

/** Counts of several companies as one list, by reason. */
export const mergeCounts = (counts: readonly ParkedCount[]): ParkedCount[] =>
  [...Map.groupBy(counts, ({ code }) => code)].map(([code, some]) => ({
    code,
    count: some.reduce((all, { count }) => all + count, 0),
    oldestAt: some.reduce(
      (oldest, one) => (one.oldestAt < oldest ? one.oldestAt : oldest),
      some[0]!.oldestAt,
    ),
  }));

/** Document id: safe in every store, the same for the same work from the same source. */
export const parkedId = ({ source, workId }: Pick<ParkedWork, 'source' | 'workId'>): string =>
  `work:${escapeId(source)}:${escapeId(workId)}`;

/** Why somebody wants it sent again, and who agreed. */
export type Replay = {
  requestedBy: string;
  /** ISO instants. */
  requestedAt: string;
  reason: string;
  approvedBy?: string | undefined;
  approvedAt?: string | undefined;
  /** Id of the message it went out as, or what followed the change again. */
  sentAs?: string | undefined;
  /** Why and when it failed again at once; it is parked as before. */
  failedAt?: string | undefined;
  fault?: string | undefined;
};

/** parked: waits for people. approved: about to be sent again. replayed: sent; if it fails it is parked anew. */
export type ParkedState = 'parked' | 'approved' | 'replayed';

export type KeptWork = ParkedWork & {
  id: string;
  state: ParkedState;
  replay?: Replay | undefined;
  /** Replays that failed at once, newest last. */
  failedReplays?: readonly Replay[] | undefined;
};

/** What somebody did, and when. */
type Deed = { by: string; at: string };

/** Asks that it be sent again; a newer request takes the place of one not yet approved. */
export const requestReplay = (
  work: KeptWork,
  { by, at, reason }: Deed & { reason: string },
): Outcome<KeptWork, 'replay-not-possible' | 'replay-done'> => {
  if (work.state !== 'parked') return refuse('replay-done', 'It is on its way or was sent again already.');
  if (work.body === '' || (queueOf(work) ?? feedOf(work)) === undefined)
    return refuse('replay-not-possible', `What came from ${work.source} cannot be worked again.`);
  return done({ ...work, replay: { requestedBy: by, requestedAt: at, reason } });
};

/** Agrees that it be sent again: somebody else than who asked. The same approval again changes nothing. */
export const approveReplay = (
  work: KeptWork,
  { by, at }: Deed,
): Outcome<KeptWork, 'not-approved' | 'same-person' | 'replay-done'> => {
  if (work.replay === undefined) return refuse('not-approved', 'Nobody asked that it be sent again.');
  if (work.replay.requestedBy === by) return refuse('same-person', 'Another person has to agree.');
  if (work.state !== 'parked')
    return work.replay.approvedBy === by
      ? done(work)
      : refuse('replay-done', 'It is on its way or was sent again already.');
  return done({ ...work, state: 'approved', replay: { ...work.replay, approvedBy: by, approvedAt: at } });
};

/** So many failed replays are kept of one piece of work. */
const mostFailedKept = 20;

/** What failed again at once waits for people as before, with who had asked and agreed. */
export const replayFailed = (work: KeptWork, { at, fault }: { at: string; fault: string }): KeptWork => {
  const { replay, failedReplays = [], ...rest } = work;
  const failed = replay === undefined ? [] : [{ ...replay, failedAt: at, fault }];
  return {
    ...rest,
    state: 'parked',
    attempts: work.attempts + 1,
    failedReplays: [...failedReplays, ...failed].slice(-mostFailedKept),
  };
};

/** What a document of a change feed was parked under; undefined where it came from elsewhere. */
export const feedOf = ({ source }: Pick<ParkedWork, 'source'>): string | undefined =>
  /^[a-z-]+ \([a-z-]+\)$/.test(source) ? source : undefined;

/** Queue or topic a parked message goes back to; undefined where it came from a change feed. */
export const queueOf = ({ source }: Pick<ParkedWork, 'source'>): string | undefined => {
  const [entity = ''] = source.split('/');
  return /^[a-z][a-z-]*$/.test(entity) ? entity : undefined;
};

/** Its own id with the number of the try: the bus does not take it for the first one. */
export const replayIdOf = (workId: string): string => {
  const [, base = workId, last = '0'] = /^(.*)#replay-(\d+)$/.exec(workId) ?? [];
  return `${base}#replay-${Number(last) + 1}`;
};
