/**
 * What every `PeopleStore` promises. From: in-memory twin, Cosmos DB. Next: both run it.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import type { PeopleStore } from '../../shared/ports/people-store.ts';
import { everything } from '../support/test-edge.ts';

const hash = (): string => randomUUID().replaceAll('-', '').padEnd(64, '0');
const since = '2026-06-16T08:00:00Z';

export const peopleStoreSuite = (store: () => PeopleStore): void => {
  it('knows nothing of an address nobody heard of', async () => {
    const emailHash = hash();
    expect(await store().read(everything, emailHash)).toEqual({ state: { emailHash }, mark: undefined });
    expect(await store().readAll(everything, [emailHash])).toEqual(new Map());
  });

  it('keeps what is known, for whoever read it last', async () => {
    const emailHash = hash();
    const first = await store().read(everything, emailHash);
    const state = { ...first.state, bounced: { since } };
    expect(await store().save(everything, { ...first, state })).toBe('saved');
    expect(await store().save(everything, { ...first, state })).toBe('version-conflict');
    const second = await store().read(everything, emailHash);
    expect(second.state).toEqual(state);
    const more = { ...second.state, optedOutOf: { acme: { since } } };
    expect(await store().save(everything, { ...second, state: more })).toBe('saved');
    expect(await store().save(everything, { ...second, state: more })).toBe('version-conflict');
    expect((await store().readAll(everything, [emailHash, hash()])).get(emailHash)).toEqual(more);
  });

  it('lists the barred addresses of one company by pages, each once', async () => {
    const companyId = `c-${randomUUID()}`;
    const hashes = [hash(), hash(), hash()].toSorted();
    for (const emailHash of [...hashes, hashes[0]!])
      await store().bar(everything, { companyId, accountId: 'a', emailHash, reason: 'bounced', since });
    const page = await store().barred(everything, companyId, { limit: 2 });
    expect(page.addresses.map(({ emailHash }) => emailHash)).toEqual(hashes.slice(0, 2));
    const rest = await store().barred(everything, companyId, { limit: 2, after: page.after! });
    expect(rest).toMatchObject({ addresses: [{ emailHash: hashes[2] }] });
    await store().unbar(everything, companyId, hashes[0]!);
    await store().unbar(everything, companyId, hashes[0]!);
    expect((await store().barred(everything, companyId, { limit: 9 })).addresses).toHaveLength(2);
  });

  it('shows no list outside the scope and takes nothing for it', async () => {
    const address = {
      companyId: 'brio',
      accountId: 'a',
      emailHash: hash(),
      reason: 'bounced',
      since,
    } as const;
    const narrow = scopeOver(['acme']);
    await expect(store().bar(narrow, address)).rejects.toThrow('out of scope');
    await expect(store().unbar(narrow, 'brio', address.emailHash)).rejects.toThrow('out of scope');
    expect(await store().barred(narrow, 'brio', { limit: 5 })).toEqual({ addresses: [] });
  });
};
