/**
 * What every `TokenStore` promises, run on memory and on the real adapter alike.
 */
import { createHash, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { LinkToken, TokenStore } from '../../shared/ports/token-store.ts';
import { tenOClock } from '../support/test-edge.ts';

const token: LinkToken = {
  ...{ purpose: 'decide', subject: { case: 'dispute:1' }, person: 'u:1' },
  ...{ madeAt: '2026-11-22T09:00:00Z', endsAt: '2026-11-22T11:00:00Z' },
};
const asked = { purpose: 'decide', now: tenOClock };

export const tokenStoreSuite = (store: () => TokenStore): void => {
  const fresh = async (): Promise<string> => {
    const hash = createHash('sha256').update(randomUUID()).digest('hex');
    await store().keep(hash, token);
    return hash;
  };

  it('is looked at as often as one likes and stays good', async () => {
    const hash = await fresh();
    expect(await store().look(hash, asked)).toEqual(token);
    expect(await store().look(hash, asked)).toEqual(token);
    expect(await store().use(hash, { ...asked, use: 'a' })).toEqual(token);
  });

  it('kept again is known, and stays as it was first', async () => {
    const hash = await fresh();
    expect(await store().keep(hash, { ...token, person: 'u:2' })).toBe('known');
    expect(await store().look(hash, asked)).toEqual(token);
  });

  it('is used once; the same use again is the same use', async () => {
    const hash = await fresh();
    await store().use(hash, { ...asked, use: 'a' });
    expect(await store().use(hash, { ...asked, use: 'a' })).toEqual(token);
    expect(await store().use(hash, { ...asked, use: 'b' })).toBeUndefined();
    expect(await store().look(hash, asked)).toBeUndefined();
  });

  it('of eight at once, one uses it', async () => {
    const hash = await fresh();
    const all = await Promise.all([...'abcdefgh'].map((use) => store().use(hash, { ...asked, use })));
    expect(all.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('ends at its instant, is good for one purpose, and unknown ones are nothing', async () => {
    const hash = await fresh();
    const ended = { ...asked, now: tenOClock.add({ hours: 1 }) };
    expect(await store().look(hash, ended)).toBeUndefined();
    expect(await store().use(hash, { ...ended, use: 'a' })).toBeUndefined();
    expect(await store().use(hash, { ...asked, purpose: 'sign-in', use: 'a' })).toBeUndefined();
    expect(await store().look('0'.repeat(64), asked)).toBeUndefined();
    expect(await store().use(hash, { ...asked, use: 'a' })).toEqual(token);
  });

  it('kept again, a used one stays used', async () => {
    const hash = await fresh();
    await store().use(hash, { ...asked, use: 'a' });
    await store().keep(hash, token);
    expect(await store().look(hash, asked)).toBeUndefined();
  });
};
