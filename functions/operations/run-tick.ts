/**
 * Works one tick of the heartbeat: records the slot and what was missed, and schedules the next.
 * From: queue `ticks`. Next: `runs`, read by health; the next tick on the same queue.
 * Timers have been known to die silently in the cloud: the scheduled next tick keeps the beat without them.
 * It bears the name of the timer's own tick, so that of the two the bus drops the one that comes second.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { instantFromText, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { missedSlots, slotAfter, slotAt } from '../../shared/domain/ticks.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { Run, RunStore } from '../../shared/ports/run-store.ts';
import { tickOf } from './send-ticks.ts';

/** Twice, late or out of order: the first to complete a slot counts, the rest change nothing. */
export const runTick = async (
  { job, slot }: TickMessage,
  now: Instant,
  scope: Scope,
  runs: RunStore,
  sender: MessageSender,
): Promise<Outcome<Run, ProblemCode>> => {
  const known = topology.jobs[job];
  if (!known) return refuse('message-not-readable', `There is no job "${job}".`);
  const latest = await runs.latest(scope, job);
  // what is later than the latest was never worked: one read fewer for every tick in time
  const before = latest && slot <= latest.slot ? await runs.completed(scope, job, slot) : undefined;
  if (before) return done(before);
  const run = {
    job,
    slot,
    completedAt: textOfInstant(now),
    missedSlots: missedSlots(latest?.slot, slot, known.everyMinutes),
  };
  if (!latest || slot > latest.slot) await sendNext(job, known, slot, now, sender);
  await runs.complete(scope, run);
  return done(run);
};

/** After the later of this slot and now: one late tick does not replay every slot it slept through. */
const sendNext = async (
  job: string,
  { everyMinutes, queue }: { everyMinutes: number; queue: string },
  slot: string,
  now: Instant,
  sender: MessageSender,
): Promise<void> => {
  const slotNow = slotAt(now, everyMinutes);
  const nextSlot = slotAfter(slot > slotNow ? slot : slotNow, everyMinutes);
  await sender.send(queue, [{ ...tickOf(job, nextSlot), dueAt: instantFromText(nextSlot) }]);
};
