/**
 * Single items: create, read, upsert, replace, delete, and what the service adds to them.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { failureOf, freshKey, startUnderTest } from './under-test.ts';

const under = await startUnderTest();
const notes = under.container('notes');
afterAll(() => under.close());

describe('items', () => {
  it('a created item can be read back under its key', async () => {
    const owner = freshKey();
    const created = await notes.items.create({ id: 'one', owner, rank: 1 });
    const { resource, statusCode } = await notes.item('one', owner).read<{ rank: number }>();
    expect([created.statusCode, statusCode, resource?.rank]).toEqual([201, 200, 1]);
  });

  it('every kind of JSON value survives the round trip', async () => {
    const owner = freshKey();
    const values = {
      text: 'Ünïcode ✓ "quoted" \u2028',
      zero: 0,
      negative: -1.5e-7,
      yes: true,
      nothing: null,
    };
    const nested = { list: [1, [2, { three: 3 }], 'x', null], object: { deep: { empty: {} } } };
    await notes.items.create({ id: 'all', owner, values, nested });
    const { resource } = await notes.item('all', owner).read<{ values: unknown; nested: unknown }>();
    expect(resource).toMatchObject({ values, nested });
  });

  it('a stored item carries _rid, _self, _etag, _attachments and _ts', async () => {
    const { resource } = await notes.items.create({ id: 'system', owner: freshKey() });
    expect(resource).toMatchObject({
      _rid: expect.stringMatching(/^[A-Za-z0-9+=-]+$/) as string,
      _self: expect.stringMatching(/^dbs\/.+\/colls\/.+\/docs\/.+\/$/) as string,
      _etag: expect.stringMatching(/^".+"$/) as string,
      _attachments: 'attachments/',
      _ts: expect.any(Number) as number,
    });
  });

  it('the answer of a write repeats the etag as a header', async () => {
    const { resource, etag } = await notes.items.create({ id: 'etag', owner: freshKey() });
    expect(etag).toBe(resource?._etag);
  });

  it('a second create of the same id in the same key is a conflict', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'twice', owner });
    expect((await failureOf(notes.items.create({ id: 'twice', owner }))).code).toBe(409);
  });

  it('the same id under another key is another item', async () => {
    const [left, right] = [freshKey(), freshKey()];
    await notes.items.create({ id: 'same', owner: left, side: 'left' });
    await notes.items.create({ id: 'same', owner: right, side: 'right' });
    expect((await notes.item('same', left).read()).resource).toMatchObject({ side: 'left' });
  });

  it('reading an item that is not there is 404 without a throw', async () => {
    const { statusCode, resource } = await notes.item('absent', freshKey()).read<{ id: string }>();
    expect([statusCode, resource]).toEqual([404, undefined]);
  });

  it('reading an item under the wrong key is 404', async () => {
    await notes.items.create({ id: 'mine', owner: freshKey() });
    expect((await notes.item('mine', freshKey()).read()).statusCode).toBe(404);
  });

  it('upsert creates what is absent', async () => {
    const owner = freshKey();
    const { statusCode } = await notes.items.upsert({ id: 'up', owner, rank: 1 });
    expect(statusCode).toBe(201);
  });

  it('upsert replaces what is there', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'up', owner, rank: 1, gone: true });
    const { statusCode, resource } = await notes.items.upsert({ id: 'up', owner, rank: 2 });
    expect([statusCode, resource]).toMatchObject([200, { rank: 2 }]);
    expect(resource).not.toHaveProperty('gone');
  });

  it('replace changes the item, its etag and nothing of its identity', async () => {
    const owner = freshKey();
    const { resource: before } = await notes.items.create({ id: 'r', owner, rank: 1 });
    const { resource: after, statusCode } = await notes.item('r', owner).replace({ id: 'r', owner, rank: 2 });
    expect([statusCode, after?.rank, after?._rid]).toEqual([200, 2, before?._rid]);
    expect(after?._etag).not.toBe(before?._etag);
  });

  it('replace of an absent item is 404', async () => {
    const owner = freshKey();
    expect((await failureOf(notes.item('r', owner).replace({ id: 'r', owner }))).code).toBe(404);
  });

  it('replace cannot move an item to another id', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'old', owner });
    expect((await failureOf(notes.item('old', owner).replace({ id: 'new', owner }))).code).toBe(400);
  });

  it('replace cannot move an item to another key', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'stay', owner });
    const failure = await failureOf(notes.item('stay', owner).replace({ id: 'stay', owner: freshKey() }));
    expect([failure.code, failure.substatus]).toEqual([400, 1001]);
  });

  it('a deleted item is gone', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'd', owner });
    const { statusCode } = await notes.item('d', owner).delete();
    expect([statusCode, (await notes.item('d', owner).read()).statusCode]).toEqual([204, 404]);
  });

  it('deleting twice is 404 the second time', async () => {
    const owner = freshKey();
    await notes.items.create({ id: 'd', owner });
    await notes.item('d', owner).delete();
    expect((await failureOf(notes.item('d', owner).delete())).code).toBe(404);
  });

  it('an item created again after a delete is a new item', async () => {
    const owner = freshKey();
    const { resource: first } = await notes.items.create({ id: 'again', owner });
    await notes.item('again', owner).delete();
    const { resource: second } = await notes.items.create({ id: 'again', owner });
    expect(second?._rid).not.toBe(first?._rid);
  });

  it('system properties sent by a client are replaced by the service', async () => {
    const owner = freshKey();
    const { resource } = await notes.items.create({ id: 's', owner, _etag: '"mine"', _ts: 1, _rid: 'x' });
    expect(resource?._etag).not.toBe('"mine"');
    expect(resource?._ts).toBeGreaterThan(1);
  });

  it('an item without its key property lives under the undefined key', async () => {
    const id = freshKey();
    await notes.items.create({ id });
    expect((await notes.item(id, undefined).read()).statusCode).toBe(200);
  });

  it('a null key differs from a missing one', async () => {
    const id = freshKey();
    await notes.items.create({ id, owner: null });
    const [underNull, underNone] = [
      await notes.item(id, null).read(),
      await notes.item(id, undefined).read(),
    ];
    expect([underNull.statusCode, underNone.statusCode]).toEqual([200, 404]);
  });

  it('keys may be numbers and booleans', async () => {
    const id = freshKey();
    await notes.items.create({ id, owner: 42.5 });
    await notes.items.create({ id, owner: true });
    const found = [await notes.item(id, 42.5).read(), await notes.item(id, true).read()];
    expect(found.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  });

  it('an id may have spaces, slashes spelled out, umlauts and emoji', async () => {
    const [owner, id] = [freshKey(), 'a b%2Fc äöü ✓ &=+'];
    await notes.items.create({ id, owner });
    expect((await notes.item(id, owner).read()).resource).toMatchObject({ id });
  });

  it('an item created without an id gets one from the SDK', async () => {
    const { resource } = await notes.items.create({ owner: freshKey() });
    expect(resource?.id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
