/**
 * What can be asked of an entity over `$management`.
 * From: `amqp/management.ts`. Next: `core/`. One row per operation: the right it takes, and what it does.
 */
import rhea from 'rhea';
import { peek, takeDeferred } from '../core/browse.ts';
import { argumentError, notAllowed, notImplemented } from '../core/errors.ts';
import { cancelScheduled, submit } from '../core/intake.ts';
import { renewLock } from '../core/locks.ts';
import { renewSession, setSessionState } from '../core/sessions.ts';
import { settle, type Settlement } from '../core/settle.ts';
import type { Queue, Topic } from '../core/state.ts';
import { asInstants, asNumbers, instants, longs, numberIn, textIn, tokensIn, type Fields } from './fields.ts';
import { uuidBytes } from './lock-tokens.ts';
import { readMessage } from './read-message.ts';
import { describeRules } from './rules.ts';
import { writeMessage } from './write-message.ts';

type Operation = {
  right: 'sends' | 'listens';
  run(entity: Queue | Topic, fields: Fields): Fields | undefined;
};

const queueOnly =
  (run: (queue: Queue, fields: Fields) => Fields | undefined) =>
  (entity: Queue | Topic, fields: Fields): Fields | undefined => {
    if (entity.kind === 'topic')
      throw notAllowed(`'${entity.path}' is a topic: ask one of its subscriptions.`);
    return run(entity, fields);
  };

const schedule = ({ bus, intake }: Queue | Topic, { messages }: Fields): Fields => {
  if (!Array.isArray(messages)) throw argumentError('messages: expected a list');
  const drafts = (messages as { message: Buffer }[]).map(({ message }) => readMessage(message));
  if (drafts.some(({ scheduledAtMs }) => scheduledAtMs === undefined))
    throw argumentError('A message to be scheduled has no x-opt-scheduled-enqueue-time.');
  return { 'sequence-numbers': longs(submit(bus, intake, drafts)) };
};

const peekMessages = (queue: Queue, fields: Fields): Fields | undefined => {
  const found = peek(
    queue,
    numberIn(fields, 'from-sequence-number'),
    Math.min(numberIn(fields, 'message-count'), 250),
    textIn(fields, 'session-id'),
  );
  if (found.length === 0) return undefined;
  const messages = found.map((message) => {
    const state = message.deferred ? 1 : queue.intake.scheduled.has(message.sequence) ? 2 : undefined;
    return { message: writeMessage(message, undefined, state) };
  });
  return { messages };
};

const receiveDeferred = (queue: Queue, fields: Fields): Fields => {
  const deletes = numberIn(fields, 'receiver-settle-mode') === 0;
  const taken = takeDeferred(
    queue,
    asNumbers(fields, 'sequence-numbers'),
    textIn(fields, 'session-id'),
    deletes,
  );
  const messages = taken.map(({ message, lock }) => ({
    message: writeMessage(message, lock?.untilMs, 1),
    ...(lock ? { 'lock-token': rhea.types.wrap_uuid(uuidBytes(lock.token)) } : {}),
  }));
  return { messages };
};

const settlementIn = (fields: Fields): Settlement => {
  const properties = (fields['properties-to-modify'] ?? {}) as Record<string, unknown>;
  const status = textIn(fields, 'disposition-status');
  switch (status) {
    case 'completed':
      return { as: 'complete' };
    case 'abandoned':
      return { as: 'abandon', properties };
    case 'defered': // the protocol spells it so
      return { as: 'defer', properties };
    case 'suspended':
      return {
        as: 'dead-letter',
        reason: textIn(fields, 'deadletter-reason'),
        description: textIn(fields, 'deadletter-description'),
        properties,
      };
    default:
      throw argumentError(`disposition-status '${status}' is not known.`);
  }
};

const updateDisposition = (queue: Queue, fields: Fields): Fields => {
  const settlement = settlementIn(fields);
  queue.bus.store.together(() => {
    for (const token of tokensIn(fields)) settle(queue, token, settlement);
  });
  return {};
};

const sessionIdIn = (fields: Fields): string => {
  const id = textIn(fields, 'session-id');
  if (id === undefined) throw argumentError('session-id is missing.');
  return id;
};

const noRules = (): never => {
  throw notImplemented('Rules are not changed at run time: they come from infra/topology.json.');
};

export const operations: Record<string, Operation> = {
  'schedule-message': { right: 'sends', run: schedule },
  'cancel-scheduled-message': {
    right: 'sends',
    run: ({ bus, intake }, fields) => {
      cancelScheduled(bus, intake, asNumbers(fields, 'sequence-numbers'));
      return {};
    },
  },
  'peek-message': { right: 'listens', run: queueOnly(peekMessages) },
  'receive-by-sequence-number': { right: 'listens', run: queueOnly(receiveDeferred) },
  'renew-lock': {
    right: 'listens',
    run: queueOnly((queue, fields) => ({
      expirations: instants(tokensIn(fields).map((token) => renewLock(queue, token))),
    })),
  },
  'update-disposition': { right: 'listens', run: queueOnly(updateDisposition) },
  'renew-session-lock': {
    right: 'listens',
    run: queueOnly((queue, fields) => ({ expiration: asInstants(renewSession(queue, sessionIdIn(fields))) })),
  },
  'get-session-state': {
    right: 'listens',
    run: queueOnly((queue, fields) => ({
      'session-state': queue.sessions.get(sessionIdIn(fields))?.state ?? null,
    })),
  },
  'set-session-state': {
    right: 'listens',
    run: queueOnly((queue, fields) => {
      const state = fields['session-state'] as Buffer | null | undefined;
      setSessionState(queue, sessionIdIn(fields), state ? Buffer.from(state) : undefined);
      return {};
    }),
  },
  'get-message-sessions': {
    right: 'listens',
    run: queueOnly((queue, fields) => {
      const skip = numberIn(fields, 'skip');
      const ids = [...queue.sessions.keys()].slice(skip, skip + numberIn(fields, 'top'));
      return ids.length > 0 ? { skip: skip + ids.length, 'sessions-ids': ids } : undefined;
    }),
  },
  'enumerate-rules': { right: 'listens', run: queueOnly(describeRules) },
  'add-rule': { right: 'listens', run: noRules },
  'remove-rule': { right: 'listens', run: noRules },
};
