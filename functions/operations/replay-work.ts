/**
 * Sends work that could not be done again: one person asks and says why, another agrees, then it goes out once.
 * From: `POST api/parked-work/replay-requests` and `…/replay-approvals`; the change feed of `parked`, which shows
 * what was approved. Next: the queue or topic it came from, under its own id with the number of the try.
 * Who, why and when stay with the work; bodies are shown to nobody.
 */
import type { ReplayAnswer } from '../../shared/contracts/operations.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { approveReplay, queueOf, replayIdOf, requestReplay } from '../../shared/domain/parked-work.ts';
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

/**
 * Sends what was approved and is not sent yet. A crash in between sends it again under the same id.
 * @throws when the bus or the store fails: the feed shows it again.
 */
export const sendApproved = async (
  changed: readonly { companyId: string; id: string; state: string }[],
  scope: Scope,
  { parked, sender }: { parked: ParkedWorkStore; sender: MessageSender },
  hashText: HashText,
): Promise<void> => {
  for (const { companyId, id, state } of changed) {
    const loaded = state === 'approved' ? await parked.read(scope, companyId, id) : undefined;
    const queue = loaded && queueOf(loaded.work);
    if (loaded?.work.state !== 'approved' || queue === undefined) continue;
    const { workId, body, sessionId, replay } = loaded.work;
    const whole = replayIdOf(workId);
    const sentAs = whole.length <= longestMessageId ? whole : `${hashText(workId)}#replay-1`;
    const session = sessionId === undefined ? {} : { sessionId };
    await sender.send(queue, [{ id: sentAs, body: JSON.parse(body) as object, ...session }]);
    const work: KeptWork = { ...loaded.work, state: 'replayed', replay: replay && { ...replay, sentAs } };
    // somebody else sent and noted it: the bus has seen the id
    await parked.saveState(scope, { ...loaded, work });
  }
};
