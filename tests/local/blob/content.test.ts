/**
 * Whole blobs: writing, reading, conditions, properties, copies.
 * From: `under-test.ts`. Next: nothing. Runs against a real account too.
 */
import type { BlockBlobClient } from '@azure/storage-blob';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccount, put, read, refusalOf } from './under-test.ts';
import type { Account } from './under-test.ts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.close());

const fresh = (): BlockBlobClient => account.container.getBlockBlobClient(`folder/${randomUUID()} ä+&.txt`);

describe('a blob', () => {
  it('reads back as it was written', async () => {
    const blob = fresh();
    await put(blob, 'grüezi');
    expect(await read(blob)).toBe('grüezi');
  });

  it('may be empty', async () => {
    const blob = fresh();
    await put(blob, '');
    expect((await blob.getProperties()).contentLength).toBe(0);
  });

  it('reads back in part', async () => {
    const blob = fresh();
    await put(blob, '0123456789');
    expect(await read(blob, 3, 4)).toBe('3456');
  });

  it('reads back to its end when the part asked for is longer', async () => {
    const blob = fresh();
    await put(blob, '0123456789');
    expect((await blob.download(8, 100)).contentLength).toBe(2);
  });

  it('refuses a part that begins after its end', async () => {
    const blob = fresh();
    await put(blob, '0123');
    expect(await refusalOf(blob.download(10))).toBe('416 InvalidRange');
  });

  it('keeps type, disposition and cache rule', async () => {
    const blob = fresh();
    const blobHTTPHeaders = {
      blobContentType: 'text/csv',
      blobContentDisposition: 'attachment; filename="a.csv"',
      blobCacheControl: 'no-store',
    };
    await put(blob, 'a;b', { blobHTTPHeaders });
    expect(await blob.getProperties()).toMatchObject({
      contentType: 'text/csv',
      contentDisposition: 'attachment; filename="a.csv"',
      cacheControl: 'no-store',
    });
  });

  it('keeps metadata, and a new set replaces the old one', async () => {
    const blob = fresh();
    await put(blob, 'x', { metadata: { importid: '7', source: 'erp' } });
    await blob.setMetadata({ importid: '8' });
    expect((await blob.getProperties()).metadata).toEqual({ importid: '8' });
  });

  it('says the checksum of what it holds', async () => {
    const blob = fresh();
    await put(blob, 'sum me');
    const { contentMD5 } = await blob.getProperties();
    expect(Buffer.from(contentMD5!).toString('hex')).toBe(createHash('md5').update('sum me').digest('hex'));
  });

  it('is refused when the checksum sent along is another', async () => {
    const wrong = createHash('md5').update('other').digest();
    const staged = fresh().stageBlock(btoa('b1'), 'content', 7, { transactionalContentMD5: wrong });
    expect(await refusalOf(staged)).toBe('400 Md5Mismatch');
  });

  it('that is absent is a 404, and does not exist', async () => {
    const blob = fresh();
    expect(await blob.exists()).toBe(false);
    expect(await refusalOf(blob.download())).toBe('404 BlobNotFound');
    expect(await refusalOf(blob.delete())).toBe('404 BlobNotFound');
  });

  it('that was deleted is gone', async () => {
    const blob = fresh();
    await put(blob, 'x');
    await blob.delete();
    expect(await blob.exists()).toBe(false);
    expect((await blob.deleteIfExists()).succeeded).toBe(false);
  });

  it('in a container that is absent is a 404 of the container', async () => {
    const blob = account.client.getContainerClient(`absent-${randomUUID()}`).getBlockBlobClient('x');
    expect(await refusalOf(put(blob, 'x'))).toBe('404 ContainerNotFound');
  });

  it('can be copied within the account', async () => {
    const [from, to] = [fresh(), fresh()];
    await put(from, 'copy me', { metadata: { a: '1' } });
    const poller = await to.beginCopyFromURL(from.url);
    expect((await poller.pollUntilDone()).copyStatus).toBe('success');
    expect(await read(to)).toBe('copy me');
    expect((await to.getProperties()).metadata).toEqual({ a: '1' });
  });

  it('of 32 MB goes up as a stream and comes down as a stream, unchanged', async () => {
    const blob = fresh();
    const piece = createHash('sha512').update('piece').digest();
    const chunk = Buffer.concat(Array.from({ length: 16_384 }, () => piece)); // 1 MiB
    const source = Readable.from(Array.from({ length: 32 }, () => chunk));
    await blob.uploadStream(source, 4 * 1024 * 1024, 2);
    const hash = createHash('sha256');
    const { readableStreamBody } = await blob.download();
    for await (const part of readableStreamBody!) hash.update(part as Buffer);
    const expected = createHash('sha256');
    for (let count = 0; count < 32; count += 1) expected.update(chunk);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
  });

  it('of 20 MB goes up in one request', async () => {
    const blob = fresh();
    const content = Buffer.alloc(20 * 1024 * 1024, 'dunning ');
    await blob.upload(content, content.length);
    expect((await blob.downloadToBuffer()).equals(content)).toBe(true);
  });
});

describe('an etag', () => {
  it('changes with each write', async () => {
    const blob = fresh();
    const first = await put(blob, '1');
    const second = await put(blob, '2');
    expect(second.etag).not.toBe(first.etag);
  });

  it('lets a write through while it is current', async () => {
    const blob = fresh();
    const { etag } = await put(blob, '1');
    await put(blob, '2', { conditions: { ifMatch: etag } });
    expect(await read(blob)).toBe('2');
  });

  it('stops a write once it is not', async () => {
    const blob = fresh();
    const { etag } = await put(blob, '1');
    await put(blob, '2');
    expect(await refusalOf(put(blob, '3', { conditions: { ifMatch: etag } }))).toBe('412 ConditionNotMet');
  });

  it('stops a delete once it is not current', async () => {
    const blob = fresh();
    const { etag } = await put(blob, '1');
    await put(blob, '2');
    expect(await refusalOf(blob.delete({ conditions: { ifMatch: etag! } }))).toBe('412 ConditionNotMet');
  });

  it('spares a download of what is known', async () => {
    const blob = fresh();
    const { etag } = await put(blob, '1');
    expect(await refusalOf(blob.download(0, undefined, { conditions: { ifNoneMatch: etag! } }))).toMatch(
      /^304/,
    );
  });

  it('of * makes a blob only where there is none', async () => {
    const blob = fresh();
    const once = { conditions: { ifNoneMatch: '*' } };
    await put(blob, '1', once);
    expect(await refusalOf(put(blob, '2', once))).toBe('409 BlobAlreadyExists');
    expect(await read(blob)).toBe('1');
  });

  it('of * lets exactly one of twenty writers win', async () => {
    const blob = fresh();
    const once = { conditions: { ifNoneMatch: '*' } };
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refusalOf(put(blob, `${index}`, once))),
    );
    expect(all.filter((one) => one === 'accepted')).toHaveLength(1);
  });

  it('lets exactly one of twenty changers win', async () => {
    const blob = fresh();
    const { etag } = await put(blob, 'start');
    const change = (index: number) => refusalOf(put(blob, `${index}`, { conditions: { ifMatch: etag } }));
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => change(index)));
    expect(all.filter((one) => one === 'accepted')).toHaveLength(1);
  });
});
