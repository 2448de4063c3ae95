/**
 * A person decides about a snapshot that a guard holds: it goes on, or is refused. Who may only ask, asks; somebody
 * else then decides (R147).
 * From: `POST api/imports/{company}/{importId}/release`. Next: step `guard` again, past what was seen and let go;
 * or the import is refused.
 */
import { cellOf } from '../../shared/contracts/access.ts';
import type { DecideHeldAnswer, DecideHeldBody } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { HeldDecision } from '../../shared/ports/feed-store.ts';
import { changeImport, snapshotWork, type SnapshotCall, type SnapshotParts } from './parts.ts';

type DecideParts = Pick<SnapshotParts, 'imports' | 'feeds' | 'sender' | 'hashText'>;

export const decideHeld = async (
  parts: DecideParts,
  call: SnapshotCall,
  caller: Caller,
  body: DecideHeldBody,
): Promise<Outcome<DecideHeldAnswer, ProblemCode>> => {
  const { scope, key } = call;
  const loaded = await parts.imports.load(scope, key);
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  const { state, because, kind } = loaded.document;
  if (kind !== 'snapshot' || state !== 'held' || because === undefined)
    return refuse('import-not-held', `The import is ${state}.`);
  const before = await parts.feeds.held(scope, key.companyId, key.importId);
  const known = before?.code === because.code ? before : undefined;
  const person = { by: caller.id ?? '', at: textOfInstant(call.now), reason: body.reason };
  const mine = { importId: key.importId, code: because.code };
  if (!mayDecide(caller)) {
    const asked: HeldDecision = { ...mine, requested: known?.requested ?? person };
    return keep(parts, call, asked, before, 'requested');
  }
  if (known?.requested?.by === person.by) return refuse('second-person-needed', 'You asked for it yourself.');
  const is = body.decision === 'release' ? 'released' : 'refused';
  const decided: HeldDecision = {
    ...mine,
    ...(known?.requested === undefined ? {} : { requested: known.requested }),
    decided: known?.decided ?? { is, ...person },
  };
  return keep(parts, call, decided, before, decided.decided?.is ?? is);
};

/** Whether one of the caller's roles decides; others with the right make a request. */
const mayDecide = ({ principals }: Caller): boolean =>
  principals.some((principal) => {
    const { scope, requests } = cellOf('inv.import.release', principal);
    return scope !== '-' && !requests;
  });

/** What was decided stands, however far the first try came. */
const keep = async (
  parts: DecideParts,
  call: SnapshotCall,
  decision: HeldDecision,
  before: HeldDecision | undefined,
  outcome: DecideHeldAnswer['outcome'],
): Promise<Outcome<DecideHeldAnswer, ProblemCode>> => {
  const { scope, key } = call;
  const isNew = JSON.stringify(decision) !== JSON.stringify(before);
  if (isNew && (await parts.feeds.decide(scope, key.companyId, decision, before)) === 'version-conflict')
    return refuse('import-not-held', 'Somebody else decided meanwhile.');
  if (outcome === 'released') await goOn(parts, call);
  if (outcome === 'refused') await end(parts, call, decision);
  return done({ importId: key.importId, outcome });
};

/** The guard itself takes it out of being held, so that whoever repeats this finds it as it was. */
const goOn = ({ sender, hashText }: DecideParts, { key, now }: SnapshotCall): Promise<void> =>
  sender.send('snapshots', [
    snapshotWork({ ...key, step: 'guard' }, `released ${textOfInstant(now)}`, hashText),
  ]);

const end = async (parts: DecideParts, call: SnapshotCall, { decided }: HeldDecision): Promise<void> => {
  await changeImport(parts.imports, call, (before) => ({
    ...before,
    state: 'refused',
    because: { code: 'import-refused-by-person', detail: decided?.reason ?? '' },
  }));
};
