/**
 * Hears what happened to accounts and has those looked at that it concerns: never its own facts, so that it does not
 * answer itself.
 * From: subscription `ar-events/dunning`. Next: queue `account-evaluations`, a message per account.
 */
import type { EvaluationMessage } from '../../shared/contracts/dunning-messages.ts';
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { payingKinds } from '../../shared/domain/paying-facts.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import { evaluationId } from './find-due.ts';
import { evaluations, type DunningParts } from './parts.ts';

/** Something to ask for, or no longer to be held back. */
const asking: readonly Fact['kind'][] = [
  ...(['itemPosted', 'itemAmended', 'itemReopened', 'debitAdjusted', 'applicationReversed'] as const),
  ...([
    'provisionalWithdrawn',
    'moneyTakenBack',
    'holdPlaced',
    'holdLifted',
    'partHeld',
    'partFreed',
  ] as const),
  ...(['planAgreed', 'planEnded', 'contactMade', 'accountAssigned', 'carryingUndone'] as const),
  ...(['callLogged', 'callUndone', 'mandateEnded', 'mandateHeld', 'mandateGiven'] as const),
];

/** In an entry of this piece: it has decided already. */
const own: readonly Fact['kind'][] = [
  ...(['reviewPlanned', 'policyChosen', 'messagePlanned', 'reminderWithheld', 'reminderFree'] as const),
  ...(['promiseJudged', 'planNoted'] as const),
];

export const reasonToLook = (kinds: readonly string[]): 'event' | 'money' | undefined => {
  const has = (some: readonly string[]): boolean => kinds.some((kind) => some.includes(kind));
  if (has(own)) return undefined;
  return has(asking) ? 'event' : has(payingKinds) ? 'money' : undefined;
};

/** One message per account of a batch, by its last event; an event asks for more than money. */
export const hearEvents = async (
  events: readonly ArEvent[],
  { sender, hashText }: Pick<DunningParts, 'sender' | 'hashText'>,
): Promise<void> => {
  const wanted = new Map<string, { body: EvaluationMessage; version: number }>();
  for (const { companyId, accountId, version, kinds } of events) {
    const because = reasonToLook(kinds);
    if (because === undefined) continue;
    const key = JSON.stringify([companyId, accountId]);
    const before = wanted.get(key);
    wanted.set(key, {
      version: Math.max(version, before?.version ?? 0),
      body: { v: 1, companyId, accountId, because: before?.body.because === 'event' ? 'event' : because },
    });
  }
  const messages = [...wanted.values()].map(({ body, version }): OutgoingMessage => ({
    id: evaluationId(body, version, String(version), { hashText }),
    body,
  }));
  if (messages.length > 0) await sender.send(evaluations, messages);
};
