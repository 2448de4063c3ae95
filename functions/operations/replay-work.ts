/**
 * Has work done again that could not be done: one person asks and says why, another agrees, then it goes out once.
 * From: `POST api/parked-work/replay-requests` and `…/replay-approvals`; the change feed of `parked`, which shows
 * what was approved. Next: the queue or topic it came from, under its own id with the number of the try; what
 * came from a change feed goes to the handler that gave it up, and waits for people as before when that fails.
 * Who, why and when stay with the work; bodies are shown to nobody.
 */
import type { ReplayAnswer } from '../../shared/contracts/operations.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import {
  approveReplay,
  feedOf,
  queueOf,
  replayFailed,
  replayIdOf,
  requestReplay,
} from '../../shared/domain/parked-work.ts';
import type { KeptWork } from '../../shared/domain/parked-work.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

type Named = { company: string; id: string };
type Call = { scope: Scope; by: string; at: string };

export const askForReplay = (
  { reason, ...named }: Named & { reason: string },
  { scope, by, at }: Call,
  store: ParkedWorkStore,
): Promise<Outcome<ReplayAnswer, ProblemCode>> =>
  change(named, scope, store, (work) => requestReplay(work, { by, at, reason }));

export const agreeToReplay = (
  named: Named,
  { scope, by, at }: Call,
  store: ParkedWorkStore,
): Promise<Outcome<ReplayAnswer, ProblemCode>> =>
  change(named, scope, store, (work) => approveReplay(work, { by, at }));

const change = async (
  { company, id }: Named,
  scope: Scope,
  store: ParkedWorkStore,
  decide: (work: KeptWork) => Outcome<KeptWork, ProblemCode>,
): Promise<Outcome<ReplayAnswer, ProblemCode>> => {
  const loaded = await store.read(scope, company, id);
  if (loaded === undefined) return refuse('not-found', 'There is no such work.');
  const decided = decide(loaded.work);
  if (!decided.ok) return decided;
  const { state, replay } = decided.value;
  if (replay === undefined) return refuse('not-approved', 'Nobody asked that it be sent again.');
  if (decided.value === loaded.work) return done({ id, state, replay });
  const saved = await store.saveState(scope, { ...loaded, work: decided.value });
  return saved === 'saved'
    ? done({ id, state, replay })
    : refuse('setting-changed', 'Somebody else decided about it just now.');
};

const longestMessageId = 128;

export type ReplayParts = {
  parked: ParkedWorkStore;
  sender: MessageSender;
  hashText: HashText;
  /** Works a document of a feed again, by what it was parked under. @throws when it fails again. */
  workAgain: (source: string, document: Record<string, unknown>) => Promise<void>;
};

/**
 * Sends what was approved and is not sent yet. A crash in between sends it again under the same id.
 * @throws when the bus or the store fails: the feed shows it again.
 */
export const sendApproved = async (
  changed: readonly { companyId: string; id: string; state: string }[],
  { scope, at }: { scope: Scope; at: string },
  parts: ReplayParts,
): Promise<void> => {
  for (const { companyId, id, state } of changed) {
    const loaded = state === 'approved' ? await parts.parked.read(scope, companyId, id) : undefined;
    if (loaded?.work.state !== 'approved') continue;
    const work =
      feedOf(loaded.work) === undefined
        ? await sendMessage(loaded.work, parts)
        : await followAgain(loaded.work, at, parts);
    // somebody else sent and noted it: the bus has seen the id
    if (work !== loaded.work) await parts.parked.saveState(scope, { ...loaded, work });
  }
};

const sendMessage = async (work: KeptWork, { sender, hashText }: ReplayParts): Promise<KeptWork> => {
  const queue = queueOf(work);
  if (queue === undefined) return work;
  const { workId, body, sessionId } = work;
  const whole = replayIdOf(workId);
  const sentAs = whole.length <= longestMessageId ? whole : `${hashText(workId)}#replay-1`;
  const session = sessionId === undefined ? {} : { sessionId };
  await sender.send(queue, [{ id: sentAs, body: JSON.parse(body) as object, ...session }]);
  return replayed(work, sentAs);
};

const replayed = (work: KeptWork, sentAs: string): KeptWork => ({
  ...{ ...work, state: 'replayed' },
  replay: work.replay && { ...work.replay, sentAs },
});

/** It may be worked twice, as everything a feed shows. */
const followAgain = async (work: KeptWork, at: string, { workAgain }: ReplayParts): Promise<KeptWork> => {
  try {
    await workAgain(work.source, JSON.parse(work.body) as Record<string, unknown>);
  } catch (fault) {
    return replayFailed(work, { at, fault: String(fault) });
  }
  return replayed(work, work.source);
};
