/**
 * Puts messages the bus gave up on where failed work is shown, so that people see them and can send them again.
 * From: a tick every half hour; every queue and subscription this app receives from. Next: `parked`, as old as the
 * message is, so that health tells of it an hour after it was sent.
 * It is kept before the bus lets it go: whatever dies in between, it is in one of the two places.
 */
import { grantsOf, topology } from '../../shared/contracts/topology.ts';
import { deadLetterCode } from '../../shared/domain/attention.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { companyOf } from '../../shared/edge/queue.ts';
import type { DeadLetter, DeadLetterStore } from '../../shared/ports/dead-letter-store.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

const mostPerTick = 100;

/** @returns how many were collected. @throws when one cannot be kept: it stays where it is. */
export const collectDeadLetters = async (
  app: string,
  { now, scope }: { now: Instant; scope: Scope },
  { deadLetters, parked }: { deadLetters: DeadLetterStore; parked: ParkedWorkStore },
): Promise<number> => {
  const keep = (source: string) => (letter: DeadLetter) => parked.park(scope, workOf(source, letter, now));
  const counts = await Promise.all(
    grantsOf(app, topology).listens.map((source) =>
      deadLetters.take(scope, source, mostPerTick, keep(source)),
    ),
  );
  return counts.reduce((all, count) => all + count, 0);
};

const workOf = (
  source: string,
  { id, body, sessionId, deliveries, reason, sentAt }: DeadLetter,
  now: Instant,
) => ({
  ...{ companyId: companyOf(JSON.parse(body)), source, workId: id, body },
  ...{ code: deadLetterCode, detail: reason, attempts: deliveries, parkedAt: sentAt ?? now.toString() },
  ...(sessionId === undefined ? {} : { sessionId }),
});
