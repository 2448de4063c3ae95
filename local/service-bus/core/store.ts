/**
 * What the broker writes down, record by record.
 * From: every change in `core/`. Next: the journal; `core/restore.ts` reads it back at the next start.
 * Locks are never written: after a restart every lock is gone and messages may come twice, as in the service.
 */
import { memoryJournal, type Journal } from '../../kit/journal.ts';
import type { Message } from './state.ts';

export type StoredMessage = Omit<Message, 'annotations' | 'bare'> & { annotations: string; bare: string };

export type Change =
  | { kind: 'put'; path: string; message: StoredMessage; scheduled: boolean }
  | { kind: 'gone'; path: string; sequence: number }
  | { kind: 'failed'; path: string; sequence: number; deliveryCount: number }
  | { kind: 'seen'; path: string; id: string; atMs: number }
  | { kind: 'counter'; path: string; nextSequence: number }
  | { kind: 'session'; path: string; id: string; state: string | undefined }
  | { kind: 'all'; changes: Change[] };

export type Store = {
  put(path: string, message: Message, scheduled?: boolean): void;
  gone(path: string, sequence: number): void;
  failed(path: string, message: Message): void;
  seen(path: string, id: string, atMs: number): void;
  counter(path: string, nextSequence: number): void;
  session(path: string, id: string, state: Buffer | undefined): void;
  /** Everything `work` changes is kept or lost as one. */
  together(work: () => void): void;
  /** Resolves when everything so far is kept; undefined when it is already. */
  flush(): Promise<void> | undefined;
  journal: Journal;
};

/** Lines after which a journal is cut down while it runs. */
const longestLines = 200_000;

/** Keeps nothing and costs nothing. */
export const memoryStore = (): Store => {
  const nothing = () => undefined;
  return {
    put: nothing,
    gone: nothing,
    failed: nothing,
    seen: nothing,
    counter: nothing,
    session: nothing,
    together: (work) => work(),
    flush: nothing,
    journal: memoryJournal(),
  };
};

/** `snapshot` says everything that counts now: what the journal is cut down to when it has grown long. */
export const journalStore = (journal: Journal, snapshot: () => Iterable<Change>): Store => {
  let tooLong = longestLines;
  let group: Change[] | undefined;
  const write = (change: Change) => (group ? void group.push(change) : journal.append(change));

  const together = (work: () => void): void => {
    if (group) return work();
    const changes: Change[] = [];
    group = changes;
    try {
      work();
    } finally {
      group = undefined;
      if (changes.length > 0) journal.append(changes.length === 1 ? changes[0] : { kind: 'all', changes });
    }
  };

  const flush = () => {
    if (journal.lines() < tooLong) return journal.flush();
    journal.rewrite(snapshot());
    tooLong = Math.max(longestLines, journal.lines() * 3);
    return undefined;
  };

  return {
    put: (path, message, scheduled = false) =>
      write({ kind: 'put', path, message: toStored(message), scheduled }),
    gone: (path, sequence) => write({ kind: 'gone', path, sequence }),
    failed: (path, { sequence, deliveryCount }) => write({ kind: 'failed', path, sequence, deliveryCount }),
    seen: (path, id, atMs) => write({ kind: 'seen', path, id, atMs }),
    counter: (path, nextSequence) => write({ kind: 'counter', path, nextSequence }),
    session: (path, id, state) => write({ kind: 'session', path, id, state: state?.toString('base64') }),
    together,
    flush: () => (group ? Promise.resolve().then(flush) : flush()),
    journal,
  };
};

export const toStored = (message: Message): StoredMessage => ({
  ...message,
  annotations: message.annotations.toString('base64'),
  bare: message.bare.toString('base64'),
});

/** What JSON leaves out when undefined is put back. */
export const fromStored = (stored: StoredMessage): Message => ({
  ...stored,
  sessionId: stored.sessionId,
  ttlMs: stored.ttlMs,
  scheduledAtMs: stored.scheduledAtMs,
  enqueueSequence: stored.enqueueSequence,
  expiresAtMs: stored.expiresAtMs,
  annotations: Buffer.from(stored.annotations, 'base64'),
  bare: Buffer.from(stored.bare, 'base64'),
});
