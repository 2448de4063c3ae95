/**
 * Finds events whose webhook never came: the provider's own list since the last look, each through the same inbox (P3).
 * From: a tick every hour. Next: `keep-event.ts`; those that came are known and cost one read.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { keepEvent } from './keep-event.ts';
import type { EventStores } from './portal-parts.ts';

/** Events may be listed a little late; without a last look as far back as the provider remembers. */
const [overlapHours, mostDaysBack] = [2, 29];
/** Pages of one run: 100 events each. What is left waits for the next, since the look then began earlier. */
const mostPages = 200;

export const reconcileEvents = async (
  parts: EventStores,
  { job, slot }: TickMessage,
  call: { scope: Scope; now: Instant },
): Promise<Outcome<{ found: number }, never>> => {
  if ((await parts.runs.completed(call.scope, job, slot)) !== undefined) return done({ found: 0 });
  const before = await parts.runs.latest(call.scope, job);
  const earliest = call.now.subtract({ hours: 24 * mostDaysBack });
  const lookedAt = before?.note?.['lookedAt'];
  const last =
    lookedAt === undefined ? earliest : instantFromText(lookedAt).subtract({ hours: overlapHours });
  const since = last.epochMilliseconds < earliest.epochMilliseconds ? earliest : last;
  let found = 0;
  for (const provider of parts.provider.accounts()) found += await look(parts, call, provider, since);
  const at = textOfInstant(call.now);
  const note = { lookedAt: at, found: String(found) };
  await parts.runs.complete(call.scope, { job, slot, completedAt: at, missedSlots: 0, note });
  return done({ found });
};

/** How many had not come. @throws when there are more than one run can keep: none is passed over. */
const look = async (
  parts: EventStores,
  call: { scope: Scope; now: Instant },
  provider: string,
  since: Instant,
): Promise<number> => {
  let found = 0;
  let after: string | undefined;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const page = await parts.provider.events(provider, { since, ...(after === undefined ? {} : { after }) });
    for (const event of page.events.filter(isOfInterest)) {
      const kept = await keepEvent(parts, call, provider, event);
      if (kept.ok && kept.value === 'kept') found += 1;
    }
    after = page.after;
    if (after === undefined) return found;
  }
  throw new Error(`more than ${mostPages} pages of events at ${provider}`);
};

/** Payments and checkouts; the account may be used for more than ours. */
const isOfInterest = ({ sessionId, paymentId }: { sessionId?: string; paymentId?: string }): boolean =>
  sessionId !== undefined || paymentId !== undefined;
