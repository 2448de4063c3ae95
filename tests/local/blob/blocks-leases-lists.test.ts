/**
 * Uploads in blocks, leases, and lists.
 * From: `under-test.ts`. Next: nothing. Runs against a real account too.
 */
import type { BlockBlobClient } from '@azure/storage-blob';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccount, put, read, refusalOf } from './under-test.ts';
import type { Account } from './under-test.ts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

const fresh = (): BlockBlobClient => account.container.getBlockBlobClient(randomUUID());
const blockId = (number: number): string => btoa(String(number).padStart(6, '0'));
const stage = (blob: BlockBlobClient, number: number, text: string) =>
  blob.stageBlock(blockId(number), text, text.length);

describe('blocks', () => {
  it('become a blob in the order of the commit', async () => {
    const blob = fresh();
    await stage(blob, 2, 'world');
    await stage(blob, 1, 'hello ');
    await blob.commitBlockList([blockId(1), blockId(2)]);
    expect(await read(blob)).toBe('hello world');
  });

  it('that are not committed make no blob', async () => {
    const blob = fresh();
    await stage(blob, 1, 'hello');
    expect(await blob.exists()).toBe(false);
  });

  it('that are not committed are listed with their sizes', async () => {
    const blob = fresh();
    await stage(blob, 1, 'hello');
    await stage(blob, 2, 'you');
    const { uncommittedBlocks, committedBlocks } = await blob.getBlockList('all');
    expect(uncommittedBlocks).toEqual([
      { name: blockId(1), size: 5 },
      { name: blockId(2), size: 3 },
    ]);
    expect(committedBlocks ?? []).toEqual([]);
  });

  it('staged again replace what was staged', async () => {
    const blob = fresh();
    await stage(blob, 1, 'first');
    await stage(blob, 1, 'second');
    await blob.commitBlockList([blockId(1)]);
    expect(await read(blob)).toBe('second');
  });

  it('that are missing stop the commit, and nothing is there', async () => {
    const blob = fresh();
    await stage(blob, 1, 'first');
    expect(await refusalOf(blob.commitBlockList([blockId(1), blockId(9)]))).toBe('400 InvalidBlockList');
    expect(await blob.exists()).toBe(false);
  });

  it('left out of the commit are forgotten', async () => {
    const blob = fresh();
    await stage(blob, 1, 'kept');
    await stage(blob, 2, 'left out');
    await blob.commitBlockList([blockId(1)]);
    expect((await blob.getBlockList('uncommitted')).uncommittedBlocks ?? []).toEqual([]);
  });

  it('already committed can be committed again with new ones', async () => {
    const blob = fresh();
    await stage(blob, 1, 'old ');
    await blob.commitBlockList([blockId(1)]);
    await stage(blob, 2, 'new');
    await blob.commitBlockList([blockId(1), blockId(2)]);
    expect(await read(blob)).toBe('old new');
  });

  it('may be committed by one of two only, by etag', async () => {
    const blob = fresh();
    await stage(blob, 1, 'x');
    const once = { conditions: { ifNoneMatch: '*' } };
    await blob.commitBlockList([blockId(1)], once);
    expect(await refusalOf(blob.commitBlockList([blockId(1)], once))).toBe('409 BlobAlreadyExists');
  });
});

describe('a lease', () => {
  it('keeps others from writing and deleting, not from reading', async () => {
    const blob = fresh();
    await put(blob, 'mine');
    await blob.getBlobLeaseClient().acquireLease(15);
    expect(await refusalOf(put(blob, 'theirs'))).toBe('412 LeaseIdMissing');
    expect(await refusalOf(blob.delete())).toBe('412 LeaseIdMissing');
    expect(await read(blob)).toBe('mine');
  });

  it('lets its holder write', async () => {
    const blob = fresh();
    await put(blob, 'mine');
    const { leaseId } = await blob.getBlobLeaseClient().acquireLease(15);
    await put(blob, 'still mine', { conditions: { leaseId } });
    expect(await read(blob)).toBe('still mine');
  });

  it('is given to one at a time', async () => {
    const blob = fresh();
    await put(blob, 'x');
    await blob.getBlobLeaseClient().acquireLease(15);
    expect(await refusalOf(blob.getBlobLeaseClient().acquireLease(15))).toBe('409 LeaseAlreadyPresent');
  });

  it('can be renewed and released by its holder', async () => {
    const blob = fresh();
    await put(blob, 'x');
    const lease = blob.getBlobLeaseClient();
    await lease.acquireLease(15);
    await lease.renewLease();
    await lease.releaseLease();
    expect(await refusalOf(put(blob, 'y'))).toBe('accepted');
  });

  it('can be broken at once', async () => {
    const blob = fresh();
    await put(blob, 'x');
    await blob.getBlobLeaseClient().acquireLease(60);
    await blob.getBlobLeaseClient().breakLease(0);
    expect((await blob.getProperties()).leaseState).toBe('broken');
  });
});

describe('a list', () => {
  const under = `list-${randomUUID()}/`;
  beforeAll(async () => {
    const names = ['a/1', 'a/2', 'a/3', 'b/1', 'c'];
    for (const name of names)
      await put(account.container.getBlockBlobClient(under + name), name, { metadata: { n: '1' } });
  });
  const names = async (options = {}) => {
    const found: string[] = [];
    for await (const { name } of account.container.listBlobsFlat(options))
      found.push(name.replace(under, ''));
    return found;
  };

  it('holds what begins with a prefix, in order', async () => {
    expect(await names({ prefix: `${under}a/` })).toEqual(['a/1', 'a/2', 'a/3']);
  });

  it('is empty for a prefix nobody uses', async () => {
    expect(await names({ prefix: 'nobody/' })).toEqual([]);
  });

  it('comes in pages that leave nothing out and repeat nothing', async () => {
    const sizes: number[] = [];
    const found: string[] = [];
    for await (const page of account.container.listBlobsFlat({ prefix: under }).byPage({ maxPageSize: 2 })) {
      sizes.push(page.segment.blobItems.length);
      found.push(...page.segment.blobItems.map(({ name }) => name.replace(under, '')));
    }
    expect(sizes.every((size) => size <= 2)).toBe(true);
    expect(found).toEqual(['a/1', 'a/2', 'a/3', 'b/1', 'c']);
  });

  it('goes on from a token given earlier', async () => {
    const pages = () => account.container.listBlobsFlat({ prefix: under });
    const first = (await pages().byPage({ maxPageSize: 3 }).next()).value as { continuationToken?: string };
    const next = await pages().byPage({ maxPageSize: 3, continuationToken: first.continuationToken! }).next();
    const { segment } = next.value as { segment: { blobItems: { name: string }[] } };
    expect(segment.blobItems.map(({ name }) => name.replace(under, ''))).toEqual(['b/1', 'c']);
  });

  it('shows folders by delimiter', async () => {
    const found: string[] = [];
    for await (const item of account.container.listBlobsByHierarchy('/', { prefix: under }))
      found.push(`${item.kind} ${item.name.replace(under, '')}`);
    expect(found.toSorted()).toEqual(['blob c', 'prefix a/', 'prefix b/']);
  });

  it('tells metadata when asked', async () => {
    for await (const item of account.container.listBlobsFlat({ prefix: `${under}c`, includeMetadata: true }))
      expect(item.metadata).toEqual({ n: '1' });
    expect(await names({ prefix: `${under}c` })).toEqual(['c']);
  });
});
