/**
 * What every `RequestStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RequestStore } from '../../shared/ports/request-store.ts';
import { tenOClock } from '../support/test-edge.ts';

const answer = { ok: true, status: 201, json: '{"text":"ü"}' } as const;
const aMinute = { hash: 'h', now: tenOClock, holdUntil: tenOClock.add({ seconds: 60 }) };
const later = {
  hash: 'h',
  now: tenOClock.add({ seconds: 60 }),
  holdUntil: tenOClock.add({ seconds: 120 }),
};

export const requestStoreSuite = (store: () => RequestStore): void => {
  const freshKey = () => ({ callerId: 'tenant:person', key: `key/${randomUUID()}?#` });
  const begin = async (key: ReturnType<typeof freshKey>, request = aMinute) => {
    const begun = await store().begin(key, request);
    if (begun.is !== 'begun') throw new Error(begun.is);
    return { hash: request.hash, mark: begun.mark };
  };

  it('begins a request once, and says of the next one that it runs', async () => {
    const key = freshKey();
    await begin(key);
    expect(await store().begin(key, aMinute)).toEqual({ is: 'running', hash: 'h' });
  });

  it('gives the answer once there is one', async () => {
    const key = freshKey();
    await store().end(key, await begin(key), answer);
    expect(await store().begin(key, later)).toEqual({ is: 'answered', hash: 'h', answer });
  });

  it('keeps a refusal as an answer', async () => {
    const key = freshKey();
    const refusal = { ok: false, code: 'not-found', detail: 'no such company' } as const;
    await store().end(key, await begin(key), refusal);
    expect(await store().begin(key, aMinute)).toMatchObject({ is: 'answered', answer: refusal });
  });

  it('says what content a key stands for, whoever asks with other content', async () => {
    const key = freshKey();
    await begin(key);
    expect(await store().begin(key, { ...later, hash: 'other' })).toEqual({ is: 'running', hash: 'h' });
  });

  it('lets a request that was left half-way begin again, for one of those who come', async () => {
    const key = freshKey();
    await begin(key);
    const all = await Promise.all([1, 2, 3, 4].map(() => store().begin(key, later)));
    expect(all.map(({ is }) => is).toSorted()).toEqual(['begun', 'running', 'running', 'running']);
  });

  it('does not take the answer of one who was overtaken', async () => {
    const key = freshKey();
    const first = await begin(key);
    const second = await begin(key, later);
    await store().end(key, first, { ...answer, status: 200 });
    await store().end(key, second, answer);
    await store().forget(key, first.mark);
    expect(await store().begin(key, later)).toMatchObject({ is: 'answered', answer });
  });

  it('begins afresh after one that came to nothing', async () => {
    const key = freshKey();
    const { mark } = await begin(key);
    await store().forget(key, mark);
    expect(await store().begin(key, { ...aMinute, hash: 'other' })).toMatchObject({ is: 'begun' });
  });

  it('keeps callers apart, whatever key they choose', async () => {
    const key = freshKey();
    await begin(key);
    expect(await store().begin({ ...key, callerId: 'tenant:other' }, aMinute)).toMatchObject({ is: 'begun' });
  });

  it('of eight at once, one begins', async () => {
    const key = freshKey();
    const all = await Promise.all([...'abcdefgh'].map(() => store().begin(key, aMinute)));
    expect(all.filter(({ is }) => is === 'begun')).toHaveLength(1);
  });
};
