/**
 * What every `GroupStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';
import { day } from '../support/account-examples.ts';
import { append, fill } from './account-store.suite.ts';

const all = scopeOver('all');

/** Three accounts of a company that no other test knows. */
const fresh = () => {
  const companyId = `c-${randomUUID()}`;
  const of = (accountId: string): AccountRef => ({ companyId, accountId });
  return { companyId, groupId: `g-${randomUUID()}`, one: of('a/1 "é"'), two: of('a2'), three: of('a3') };
};

const saying = (groupId: string, members: AccountRef[], reason = 'one customer') => ({
  ...{ groupId, name: 'North', members, by: 'tenant:ann', at: '2026-11-22T10:00:00Z', reason },
});

export const groupStoreSuite = (store: () => GroupStore, accounts: () => AccountStore): void => {
  it('a group nobody made is not there, and an account nobody grouped is in none', async () => {
    const { groupId, one } = fresh();
    expect(await store().read(all, groupId)).toBeUndefined();
    expect(await store().groupOf(all, one)).toBeUndefined();
  });

  it('gives back what was kept, members in order and once, from the group and from each of them', async () => {
    const { groupId, one, two } = fresh();
    const saved = await store().save(all, 0, saying(groupId, [two, one, two]));
    const group = { ...saying(groupId, [one, two]), version: 1 };
    expect(saved).toEqual({ outcome: 'saved', group });
    expect(await store().read(all, groupId)).toEqual(group);
    for (const account of [one, two]) expect(await store().groupOf(all, account)).toEqual(group);
  });

  it('an account taken out is in no group, and may come back or go to another', async () => {
    const { groupId, one, two, three } = fresh();
    const other = `g-${randomUUID()}`;
    await store().save(all, 0, saying(groupId, [one, two]));
    await store().save(all, 1, saying(groupId, [one]));
    expect(await store().groupOf(all, two)).toBeUndefined();
    expect(await store().save(all, 0, saying(other, [two, three]))).toMatchObject({ outcome: 'saved' });
    expect(await store().groupOf(all, two)).toMatchObject({ groupId: other, members: [two, three] });
    await store().save(all, 1, saying(other, [three]));
    await store().save(all, 2, saying(groupId, [one, two]));
    expect(await store().groupOf(all, two)).toMatchObject({ groupId, version: 3 });
  });

  it('refuses an account that is in another group, and writes nothing', async () => {
    const { groupId, one, two } = fresh();
    const other = `g-${randomUUID()}`;
    await store().save(all, 0, saying(groupId, [one]));
    const refused = await store().save(all, 0, saying(other, [two, one]));
    expect(refused).toEqual({ outcome: 'account-in-other-group', account: one });
    expect(await store().read(all, other)).toBeUndefined();
    expect(await store().groupOf(all, two)).toBeUndefined();
  });

  it('of eight who save after the same version one does, and the others hear at which it is', async () => {
    const { groupId, one } = fresh();
    const said = await Promise.all(
      [...'abcdefgh'].map((reason) => store().save(all, 0, saying(groupId, [one], reason))),
    );
    expect(said.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1);
    expect(said.filter(({ outcome }) => outcome === 'version-conflict')).toHaveLength(7);
    expect(said).toContainEqual({ outcome: 'version-conflict', version: 1 });
  });

  it('of eight groups that want one account at once, it ends in one at most, and that says so', async () => {
    const { one } = fresh();
    const ids = [...'abcdefgh'].map((letter) => `g-${letter}-${randomUUID()}`);
    await Promise.all(ids.map((id) => store().save(all, 0, saying(id, [one]))));
    const listing = (await Promise.all(ids.map((id) => store().read(all, id)))).filter((group) => group);
    expect(listing.length).toBeLessThanOrEqual(1);
    expect((await store().groupOf(all, one))?.groupId).toBe(listing[0]?.groupId);
  });

  it('takes the very same save again as the one it was, though it comes later', async () => {
    const { groupId, one } = fresh();
    await store().save(all, 0, saying(groupId, [one]));
    const later = { ...saying(groupId, [one]), at: '2026-11-22T11:00:00Z' };
    expect(await store().save(all, 0, later)).toMatchObject({
      ...{ outcome: 'saved', group: { version: 1, at: '2026-11-22T10:00:00Z' } },
    });
  });

  it('shows a company its own members alone, nobody else anything, and changes none it does not show', async () => {
    const [mine, theirs] = [fresh(), fresh()];
    const group = saying(mine.groupId, [mine.one, theirs.one]);
    await store().save(all, 0, group);
    const own = scopeOver([mine.companyId]);
    expect(await store().read(own, mine.groupId)).toMatchObject({ members: [mine.one] });
    expect(await store().groupOf(own, theirs.one)).toBeUndefined();
    expect(await store().read(scopeOver(['elsewhere']), mine.groupId)).toBeUndefined();
    const saved = await store().save(own, 1, saying(mine.groupId, [mine.two]));
    expect(saved).toMatchObject({ outcome: 'saved', group: { members: [mine.two] } });
    const whole = (await store().read(all, mine.groupId))?.members ?? [];
    expect(whole.map(({ accountId }) => accountId).toSorted()).toEqual(['a/1 "é"', 'a2']);
    await expect(store().save(own, 2, group)).rejects.toThrow('out of scope');
  });

  it('shows a collector the members that are theirs', async () => {
    const { companyId, groupId, one, two } = fresh();
    for (const key of [one, two]) await fill(accounts(), key, 1);
    const loaded = await accounts().load(all, two);
    await append(accounts(), loaded, [{ kind: 'accountAssigned', to: 'me', on: day('2026-03-10') }]);
    await store().save(all, 0, saying(groupId, [one, two]));
    const me = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['me'] } }]);
    expect(await store().read(me, groupId)).toMatchObject({ members: [two] });
    expect(await store().groupOf(me, one)).toBeUndefined();
    const you = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['you'] } }]);
    expect(await store().read(you, groupId)).toBeUndefined();
  });

  it('holds 500 members and not one more', async () => {
    const { companyId, groupId } = fresh();
    const many = Array.from({ length: 501 }, (_, n) => ({ companyId, accountId: `a${1_000 + n}` }));
    expect(await store().save(all, 0, saying(groupId, many))).toEqual({ outcome: 'too-many-members' });
    const most = many.slice(1);
    expect(await store().save(all, 0, saying(groupId, most))).toMatchObject({ outcome: 'saved' });
    expect((await store().groupOf(all, most[499]!))?.members).toHaveLength(500);
  });
};
