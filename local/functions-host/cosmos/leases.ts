/**
 * Who follows which part of a change feed, and how far it got: one lease document per feed range.
 * From: `listen.ts`. Next: the lease container, through the official SDK. Every write names the etag it
 * builds on, so that of two hosts one wins. Ownership runs out by the real clock; an owner whose process
 * is gone is not waited for, since everything here lives on one machine.
 */
import { randomUUID } from 'node:crypto';
import { ErrorResponse, type Container, type FeedRange } from '@azure/cosmos';
import { isProcessAlive } from '../../kit/process-alive.ts';

type LeaseDocument = {
  id: string;
  LeaseToken: string;
  /** Undefined means from the beginning. */
  ContinuationToken?: string;
  /** `<process id>-<host>`, or empty when nobody follows. */
  Owner: string;
  /** When the owner last said so, by the real clock. */
  timestamp: string;
};

export type HeldLease = {
  range: FeedRange;
  continuation(): string | undefined;
  /** Records how far the feed was handled. @throws LeaseLost */
  checkpoint(continuation: string): Promise<void>;
  /** @throws LeaseLost */
  renew(): Promise<void>;
  /** Gives it to whoever wants it. */
  release(): Promise<void>;
};

/** Another host has taken over; what was not checkpointed will be delivered there again. */
export class LeaseLost extends Error {}

export type LeaseKeeper = {
  /** Makes the lease documents that do not exist yet; `startAt` tells where a new one begins. */
  ensure(ranges: FeedRange[], startAt: (range: FeedRange) => Promise<string | undefined>): Promise<void>;
  /** The lease when it is free, its owner is dead, or it ran out; else undefined. */
  acquire(range: FeedRange): Promise<HeldLease | undefined>;
};

export const createLeaseKeeper = (
  container: Container,
  prefix: string,
  expirationMs: number,
): LeaseKeeper => {
  const me = `${process.pid}-${randomUUID()}`;
  const tokenOf = (range: FeedRange) => `${range.minInclusive}-${range.maxExclusive}`;
  const idOf = (range: FeedRange) => `${prefix}..${tokenOf(range)}`;

  return {
    ensure: async (ranges, startAt) => {
      for (const range of ranges) {
        const { statusCode } = await container.item(idOf(range), idOf(range)).read();
        if (statusCode !== 404) continue;
        const continuation = await startAt(range);
        const lease = { ...stamped(tokenOf(range), ''), id: idOf(range) };
        const made = continuation === undefined ? lease : { ...lease, ContinuationToken: continuation };
        await container.items.create(made).catch(unless(409)); // another host was faster
      }
    },
    acquire: async (range) => {
      const { resource } = await container.item(idOf(range), idOf(range)).read<LeaseDocument>();
      if (!resource || !isFree(resource, me, expirationMs)) return undefined;
      const lease = holdOn(container, range, resource, me);
      try {
        await lease.renew();
        return lease;
      } catch (error) {
        if (error instanceof LeaseLost) return undefined;
        throw error;
      }
    },
  };
};

const stamped = (LeaseToken: string, Owner: string) => ({
  LeaseToken,
  Owner,
  timestamp: new Date().toISOString(),
});

const isFree = ({ Owner, timestamp }: LeaseDocument, me: string, expirationMs: number): boolean => {
  if (Owner === '' || Owner === me) return true;
  if (Date.parse(timestamp) + expirationMs <= Date.now()) return true;
  return !isProcessAlive(Number.parseInt(Owner, 10));
};

const holdOn = (
  container: Container,
  range: FeedRange,
  found: LeaseDocument & { _etag?: string },
  owner: string,
): HeldLease => {
  const { id, LeaseToken } = found;
  let { ContinuationToken } = found;
  let etag = found._etag ?? '';
  let tail: Promise<void> = Promise.resolve(); // one write at a time, each on the etag of the one before

  const write = async (nextOwner: string) => {
    const kept = ContinuationToken === undefined ? {} : { ContinuationToken };
    const body: LeaseDocument = { id, ...stamped(LeaseToken, nextOwner), ...kept };
    const answer = await container
      .item(id, id)
      .replace(body, { accessCondition: { type: 'IfMatch', condition: etag } })
      .catch(unless(412, 404));
    if (!answer) throw new LeaseLost(`the lease ${id} was taken over`);
    etag = answer.etag;
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = tail.then(work);
    tail = done.catch(() => undefined); // whoever asked for that write is told
    return done;
  };

  return {
    range,
    continuation: () => ContinuationToken,
    checkpoint: (continuation) =>
      inTurn(async () => {
        ContinuationToken = continuation;
        await write(owner);
      }),
    renew: () => inTurn(() => write(owner)),
    release: () => inTurn(() => write('')),
  };
};

const unless =
  (...codes: number[]) =>
  (error: unknown): undefined => {
    if (error instanceof ErrorResponse && codes.includes(Number(error.code))) return undefined;
    throw error;
  };
