/**
 * What every `SettingsStore` promises, run on memory and on the real adapter alike.
 */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { scopeOf, scopeOver } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

const all = scopeOver('all');

const saying = (text: string) => ({
  value: { text, deep: { list: [1, null, 'ü'] } },
  by: 'tenant:person',
  at: '2026-11-22T10:00:00Z',
  reason: `so that it says ${text}`,
});

export const settingsStoreSuite = (store: () => SettingsStore): void => {
  const freshPlace = () => ({ scope: `company:${randomUUID()}`, name: 'profile:north/west? "é"' });
  const companyOf = ({ scope }: { scope: string }) => scope.slice('company:'.length);

  it('a setting nobody made is not there', async () => {
    const place = freshPlace();
    expect(await store().read(all, place)).toBeUndefined();
    expect(await store().version(all, place, 1)).toBeUndefined();
    expect(await store().list(all, place.scope, '')).toEqual([]);
  });

  it('gives back the newest version, and every one before it', async () => {
    const place = freshPlace();
    expect(await store().save(all, place, 0, saying('one'))).toBe('saved');
    expect(await store().save(all, place, 1, saying('two'))).toBe('saved');
    expect(await store().read(all, place)).toEqual({ version: 2, ...saying('two') });
    expect(await store().version(all, place, 1)).toEqual({ version: 1, ...saying('one') });
    expect(await store().version(all, place, 2)).toEqual({ version: 2, ...saying('two') });
    expect(await store().version(all, place, 3)).toBeUndefined();
  });

  it('keeps what was first where two save after the same version', async () => {
    const place = freshPlace();
    await store().save(all, place, 0, saying('first'));
    expect(await store().save(all, place, 0, saying('second'))).toBe('version-conflict');
    expect(await store().read(all, place)).toMatchObject({ version: 1, value: { text: 'first' } });
  });

  it('takes the very same save again as the one it was', async () => {
    const place = freshPlace();
    await store().save(all, place, 0, saying('one'));
    expect(await store().save(all, place, 0, saying('one'))).toBe('saved');
    expect(await store().read(all, place)).toMatchObject({ version: 1 });
  });

  it('leaves no gap: a version after one that is not there is refused', async () => {
    const place = freshPlace();
    expect(await store().save(all, place, 4, saying('five'))).toBe('version-conflict');
    expect(await store().version(all, place, 5)).toBeUndefined();
  });

  it('of eight who save at once, one does', async () => {
    const place = freshPlace();
    const saves = [...'abcdefgh'].map((text) => store().save(all, place, 0, saying(text)));
    expect((await Promise.all(saves)).filter((said) => said === 'saved')).toHaveLength(1);
  });

  it('lists the newest of each name that begins so, by name, in its own scope alone', async () => {
    const { scope } = freshPlace();
    for (const name of ['profile:b', 'profile:a', 'company'])
      await store().save(all, { scope, name }, 0, saying(name));
    await store().save(all, { scope, name: 'profile:a' }, 1, saying('newer'));
    await store().save(all, { scope: `${scope}x`, name: 'profile:c' }, 0, saying('other'));
    const listed = await store().list(all, scope, 'profile:');
    expect(listed.map(({ name, version }) => [name, version])).toEqual([
      ['profile:a', 2],
      ['profile:b', 1],
    ]);
    expect(listed[0]?.value).toEqual(saying('newer').value);
  });

  it('a name that looks like the version of another is a name of its own', async () => {
    const { scope } = freshPlace();
    await store().save(all, { scope, name: 'a' }, 0, saying('a'));
    await store().save(all, { scope, name: 'a:v0000000001' }, 0, saying('b'));
    expect(await store().version(all, { scope, name: 'a' }, 1)).toMatchObject({ value: { text: 'a' } });
  });

  it('answers another company as if there were nothing, and takes nothing from it', async () => {
    const place = freshPlace();
    await store().save(all, place, 0, saying('one'));
    const other = scopeOver(['somebody-else']);
    expect(await store().read(other, place)).toBeUndefined();
    expect(await store().version(other, place, 1)).toBeUndefined();
    expect(await store().list(other, place.scope, '')).toEqual([]);
    await expect(store().save(other, place, 1, saying('two'))).rejects.toThrow('out of scope');
  });

  it('lets whoever sees one account read its company’s settings, not change them', async () => {
    const place = freshPlace();
    await store().save(all, place, 0, saying('one'));
    const accounts = { by: 'collector', ids: ['me'] } as const;
    const collector = scopeOf([{ companies: [companyOf(place)], accounts }]);
    expect(await store().read(collector, place)).toMatchObject({ version: 1 });
    await expect(store().save(collector, place, 1, saying('two'))).rejects.toThrow('out of scope');
  });

  it('keeps the deployment’s settings from change, and people’s from sight, but for a scope over all', async () => {
    const name = randomUUID();
    await store().save(all, { scope: 'deployment', name }, 0, saying('all'));
    await store().save(all, { scope: `user:${name}`, name: 'reach' }, 0, saying('me'));
    const unit = scopeOver(['acme']);
    expect(await store().read(unit, { scope: 'deployment', name })).toMatchObject({ version: 1 });
    await expect(store().save(unit, { scope: 'deployment', name }, 1, saying('x'))).rejects.toThrow('scope');
    expect(await store().read(unit, { scope: `user:${name}`, name: 'reach' })).toBeUndefined();
  });
};
