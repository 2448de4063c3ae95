/**
 * `GET /local/changes/{container}?after=<lsn>&waitMs=<n>` answers `{"lsn": n}` as soon as the container's
 * last write number is above `after`, or after `waitMs` real milliseconds (at most 60,000) with what it is then.
 * From: the local Functions host, which is told of changes instead of polling the feed every few seconds.
 * Next: the host reads the feed with its own key. No signature is asked for, and no document is shown.
 */
import type { HttpAnswer, HttpCall } from '../../kit/http-service.ts';
import { openContainer, type OpenDatabase } from './open-database.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Container } from '../store/container.ts';

export const changesPath = '/local/changes/';

export type ChangeWaits = {
  answer(call: HttpCall): Promise<HttpAnswer>;
  /** Answers everybody who waits. */
  close(): void;
};

const longestWaitMs = 60_000;

export const createChangeWaits = (database: OpenDatabase): ChangeWaits => {
  const waiting = new Set<() => void>();

  const waitForWrite = (container: Container, waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        container.listeners.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      waiting.add(wake);
      container.listeners.add(wake);
    });

  return {
    answer: async ({ method, path, query }) => {
      if (method !== 'GET') throw new Refusal(405, `${method} ${path}: only GET`);
      const { container, journal } = openContainer(database, path.slice(changesPath.length));
      const after = numberOf(query, 'after', Number.MAX_SAFE_INTEGER);
      const waitMs = numberOf(query, 'waitMs', longestWaitMs);
      if (container.lsn <= after && waitMs > 0) await waitForWrite(container, waitMs);
      await journal.flush();
      const headers = { 'content-type': 'application/json' };
      return { status: 200, headers, body: JSON.stringify({ lsn: container.lsn }) };
    },
    close: () => {
      for (const wake of waiting) wake();
    },
  };
};

const numberOf = (query: URLSearchParams, name: string, most: number): number => {
  const value = Number(query.get(name) ?? 0);
  if (!Number.isInteger(value) || value < 0) throw badRequest(`${name} must be a whole number, 0 or more`);
  return Math.min(value, most);
};
