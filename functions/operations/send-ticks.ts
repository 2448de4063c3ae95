/**
 * Sends the tick of every recurring job for the slot it is.
 * From: the timer, every five minutes. Next: each job's own queue.
 * The timer may fire twice or late: the slot names the tick, so a second one is recognised.
 */
import { topology } from '../../shared/contracts/topology.ts';
import type { TickMessage } from '../../shared/contracts/messages.ts';
import { instantFromText, type Instant } from '../../shared/domain/calendar.ts';
import { slotAt, tickMessageId } from '../../shared/domain/ticks.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';

/** A slot is new for two beats of the timer: the second makes up for one that failed, and else is dropped. */
const newSlotMinutes = 10;

const minutesSince = (slot: string, now: Instant): number =>
  (now.epochMilliseconds - instantFromText(slot).epochMilliseconds) / 60_000;

/** @throws when the bus does not take them; the chain of scheduled ticks goes on meanwhile. */
export const sendTicks = async (now: Instant, sender: MessageSender): Promise<void> => {
  for (const [job, { everyMinutes, queue }] of Object.entries(topology.jobs)) {
    const slot = slotAt(now, everyMinutes);
    if (minutesSince(slot, now) < newSlotMinutes) await sender.send(queue, [tickOf(job, slot)]);
  }
};

/** The tick of a job for a slot, the same whoever sends it. */
export const tickOf = (job: string, slot: string): OutgoingMessage & { body: TickMessage } => ({
  id: tickMessageId(job, slot),
  body: { v: 1, job, slot },
});
