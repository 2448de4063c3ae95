/**
 * Partial updates: six operations, a condition, and what the service refuses.
 * From: the official SDK against the service under test. Next: the promises below.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { PatchOperation, PatchRequestBody } from '@azure/cosmos';
import { failureOf, freshKey, startUnderTest } from './under-test.ts';

const under = await startUnderTest();
const notes = under.container('notes');
afterAll(() => under.close());

const start = { rank: 1, tags: ['a', 'b'], address: { city: 'Ulm', zip: '89073' }, spare: 'x' };

const patched = async (body: PatchRequestBody) => {
  const owner = freshKey();
  await notes.items.create({ id: 'p', owner, ...start });
  return (await notes.item('p', owner).patch<Record<string, unknown>>(body)).resource;
};

const refused = async (body: PatchRequestBody) => {
  const owner = freshKey();
  await notes.items.create({ id: 'p', owner, ...start });
  const item = notes.item('p', owner);
  const failure = await failureOf(item.patch(body));
  expect((await item.read()).resource).toMatchObject(start);
  return failure;
};

describe('patch', () => {
  it.each<[string, PatchOperation, object]>([
    ['set changes a property', { op: 'set', path: '/rank', value: 5 }, { rank: 5 }],
    ['set makes a property that is missing', { op: 'set', path: '/fresh', value: [1] }, { fresh: [1] }],
    [
      'set reaches into objects',
      { op: 'set', path: '/address/city', value: 'Bonn' },
      { address: { city: 'Bonn', zip: '89073' } },
    ],
    ['set overwrites an array element', { op: 'set', path: '/tags/0', value: 'z' }, { tags: ['z', 'b'] }],
    ['add makes a property', { op: 'add', path: '/flag', value: true }, { flag: true }],
    ['add inserts into an array', { op: 'add', path: '/tags/1', value: 'm' }, { tags: ['a', 'm', 'b'] }],
    ['add with - appends to an array', { op: 'add', path: '/tags/-', value: 'c' }, { tags: ['a', 'b', 'c'] }],
    ['replace changes what is there', { op: 'replace', path: '/spare', value: 'y' }, { spare: 'y' }],
    ['remove takes an array element out', { op: 'remove', path: '/tags/0' }, { tags: ['b'] }],
    ['incr adds', { op: 'incr', path: '/rank', value: 2.5 }, { rank: 3.5 }],
    ['incr goes down with a negative number', { op: 'incr', path: '/rank', value: -3 }, { rank: -2 }],
    ['incr starts a missing property', { op: 'incr', path: '/count', value: 7 }, { count: 7 }],
  ])('%s', async (_promise, operation, expected) => {
    expect(await patched([operation])).toMatchObject(expected);
  });

  it('remove takes a property away', async () => {
    expect(await patched([{ op: 'remove', path: '/spare' }])).not.toHaveProperty('spare');
  });

  it('move carries a value to another path', async () => {
    const operation = { op: 'move', from: '/spare', path: '/address/note' } as unknown as PatchOperation;
    const resource = await patched([operation]);
    expect(resource).toMatchObject({ address: { note: 'x' } });
    expect(resource).not.toHaveProperty('spare');
  });

  it('operations are applied in their order', async () => {
    const operations: PatchOperation[] = [
      { op: 'set', path: '/rank', value: 10 },
      { op: 'incr', path: '/rank', value: 1 },
      { op: 'add', path: '/tags/-', value: 'end' },
    ];
    expect(await patched(operations)).toMatchObject({ rank: 11, tags: ['a', 'b', 'end'] });
  });

  it('a condition that holds lets the patch through', async () => {
    const body = {
      condition: 'FROM c WHERE c.rank = 1',
      operations: [{ op: 'set' as const, path: '/rank', value: 2 }],
    };
    expect(await patched(body)).toMatchObject({ rank: 2 });
  });

  it('a condition that does not hold is 412 substatus 1110', async () => {
    const failure = await refused({
      condition: 'FROM c WHERE c.rank > 1',
      operations: [{ op: 'set', path: '/rank', value: 2 }],
    });
    expect([failure.code, failure.substatus]).toEqual([412, 1110]);
  });

  it('a condition that is no SQL is 400', async () => {
    const operations: PatchOperation[] = [{ op: 'set', path: '/rank', value: 2 }];
    expect((await refused({ condition: 'FROM c WHERE WHERE', operations })).code).toBe(400);
  });

  it('the tenth operation is the last one allowed', async () => {
    const ten = Array.from({ length: 10 }, (): PatchOperation => ({ op: 'incr', path: '/rank', value: 1 }));
    expect(await patched(ten)).toMatchObject({ rank: 11 });
    expect((await refused([...ten, ten[0]!])).code).toBe(400);
  });

  it.each<[string, PatchOperation]>([
    ['the id', { op: 'set', path: '/id', value: 'q' }],
    ['the partition key', { op: 'set', path: '/owner', value: 'q' }],
    ['a system property', { op: 'set', path: '/_ts', value: 1 }],
    ['replace of a missing property', { op: 'replace', path: '/absent', value: 1 }],
    ['remove of a missing property', { op: 'remove', path: '/absent' }],
    ['incr of a text', { op: 'incr', path: '/spare', value: 1 }],
    ['a path through nothing', { op: 'set', path: '/absent/deep', value: 1 }],
    ['an index outside the array', { op: 'add', path: '/tags/9', value: 1 }],
    ['an unknown operation', { op: 'append', path: '/tags', value: 1 } as unknown as PatchOperation],
    ['a path without a slash', { op: 'set', path: 'rank', value: 1 }],
  ])('%s is refused and the item stays', async (_promise, operation) => {
    expect((await refused([{ op: 'set', path: '/spare', value: 'changed' }, operation])).code).toBe(400);
  });

  it('patching an absent item is 404', async () => {
    const item = notes.item('absent', freshKey());
    expect((await failureOf(item.patch([{ op: 'set', path: '/a', value: 1 }]))).code).toBe(404);
  });
});
