/**
 * Puts back what the journal kept, and keeps the journal short.
 * From: the records of `core/store.ts`, oldest first. Next: the queues as they were, without locks.
 */
import { openJournal } from '../../kit/journal.ts';
import { useStore } from './build.ts';
import { forgetBefore } from './intake.ts';
import { makeReady } from './lanes.ts';
import { sessionOf } from './sessions.ts';
import { fromStored, journalStore, toStored, type Change } from './store.ts';
import type { Bus, Intake, Message, Queue, Topic } from './state.ts';

/** Opens the journal, restores and compacts. @throws DamagedState */
export const restore = (bus: Bus, file: string): void => {
  const journal = openJournal(file, (change: Change) => replay(bus, change));
  for (const entity of bus.entities.values()) wake(bus, entity);
  useStore(
    bus,
    journalStore(journal, () => snapshot(bus)),
  );
  const live = [...snapshot(bus)];
  if (journal.lines() > live.length) journal.rewrite(live);
};

const replay = (bus: Bus, change: Change): void => {
  if (change.kind === 'all') return change.changes.forEach((one) => replay(bus, one));
  const entity = bus.entities.get(change.path.toLowerCase());
  if (!entity) return; // no longer in the topology
  const { intake } = entity;
  switch (change.kind) {
    case 'put':
      return putBack(entity, fromStored(change.message), change.scheduled);
    case 'gone':
      intake.scheduled.delete(change.sequence);
      if (entity.kind === 'queue') entity.messages.delete(change.sequence);
      return;
    case 'failed': {
      const message = entity.kind === 'queue' ? entity.messages.get(change.sequence) : undefined;
      if (message) message.deliveryCount = change.deliveryCount;
      return;
    }
    case 'seen':
      intake.seen.set(change.id, change.atMs);
      return;
    case 'counter':
      return raise(intake, change.nextSequence);
    case 'session':
      if (entity.kind === 'queue')
        sessionOf(entity, change.id).state =
          change.state === undefined ? undefined : Buffer.from(change.state, 'base64');
  }
};

const raise = (intake: Intake, nextSequence: number): void => {
  intake.nextSequence = Math.max(intake.nextSequence, nextSequence);
};

const putBack = (entity: Queue | Topic, message: Message, scheduled: boolean): void => {
  raise(entity.intake, message.sequence + 1);
  if (scheduled) entity.intake.scheduled.set(message.sequence, message);
  else if (entity.kind === 'queue') entity.messages.set(message.sequence, message);
};

/** Sets alarms and makes available what was. */
const wake = (bus: Bus, entity: Queue | Topic): void => {
  const { intake } = entity;
  if (intake.duplicateWindowMs === undefined) intake.seen.clear();
  else forgetBefore(intake, bus.clock.now() - intake.duplicateWindowMs);
  for (const message of intake.scheduled.values()) intake.due.add(message.scheduledAtMs ?? 0, message);
  if (entity.kind === 'topic') return;
  for (const [id, session] of entity.sessions) if (!session.state) entity.sessions.delete(id);
  for (const message of [...entity.messages.values()].sort((a, b) => a.sequence - b.sequence)) {
    if (message.expiresAtMs !== undefined) entity.expiring.add(message.expiresAtMs, message);
    if (!message.deferred) makeReady(entity, message);
  }
};

/** The shortest journal that says the same. */
export function* snapshot(bus: Bus): Generator<Change> {
  for (const { path, intake, ...entity } of bus.entities.values()) {
    yield { kind: 'counter', path, nextSequence: intake.nextSequence };
    for (const [id, atMs] of intake.seen) yield { kind: 'seen', path, id, atMs };
    for (const message of intake.scheduled.values())
      yield { kind: 'put', path, message: toStored(message), scheduled: true };
    if (entity.kind === 'topic') continue;
    for (const message of entity.messages.values())
      yield { kind: 'put', path, message: toStored(message), scheduled: false };
    for (const { id, state } of entity.sessions.values())
      if (state) yield { kind: 'session', path, id, state: state.toString('base64') };
  }
}
