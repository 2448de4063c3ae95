/**
 * What only the stand-in can show: apps' rights, immutable containers, SAS by the business clock, faults.
 * From: `under-test.ts`. Next: nothing.
 */
import { BlobClient, BlobSASPermissions, BlockBlobClient } from '@azure/storage-blob';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localKey } from '../../../local/kit/keys.ts';
import { grantsOf, parseTopology, topology } from '../../../shared/contracts/topology.ts';
import { startBlob } from '../../../local/blob/start.ts';
import { createClock } from '../../../local/clock.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { FaultPlan } from '../../../local/kit/faults.ts';
import { clientOf, isLocal, put, read, refusalOf, startLocal } from './under-test.ts';
import type { Local } from './under-test.ts';

type Rule = NonNullable<FaultPlan['rules']>[number];

const blobOf = (
  connectionString: string,
  container: string,
  name: string = randomUUID(),
  maxTries = 1,
): BlockBlobClient =>
  clientOf(connectionString, maxTries).getContainerClient(container).getBlockBlobClient(name);

describe.runIf(isLocal)('the stand-in', () => {
  let local: Local;
  let owner: string;
  beforeAll(async () => {
    local = await startLocal();
    owner = local.service.connectionString();
  });
  afterAll(() => local.service.close());
  beforeEach(() => local.faults.set({}));

  describe('has from the start', () => {
    it('the containers of the topology, and says so', async () => {
      const names: string[] = [];
      for await (const { name } of clientOf(owner).listContainers()) names.push(name);
      expect(names.toSorted()).toEqual(Object.keys(topology.blobContainers).toSorted());
      expect(local.service.summary).toBe('4 containers, 0 blobs');
    });

    it('counts of what is done', async () => {
      const before = local.service.counts()['PUT blob'] ?? 0;
      await put(blobOf(owner, 'uploads'), 'x');
      expect(local.service.counts()['PUT blob']).toBe(before + 1);
    });
  });

  describe('turns away', () => {
    it('a key that is nobody´s', async () => {
      const wrong = owner.replace(localKey('blob', 'owner'), localKey('blob', 'stranger'));
      expect(await refusalOf(put(blobOf(wrong, 'uploads'), 'x'))).toMatch(
        /^403 (AuthenticationFailed|AuthorizationFailure)$/,
      );
    });

    it('an account that does not exist', async () => {
      expect(
        await refusalOf(put(blobOf(owner.replaceAll('dunwelllocal', 'elsewhere'), 'uploads'), 'x')),
      ).toMatch(/^40[34]/);
    });

    it('whoever brings no key', async () => {
      const answer = await fetch(`${local.service.url}/uploads/x`);
      expect([403, 404]).toContain(answer.status);
      expect(answer.headers.get('x-ms-error-code')).not.toBeNull();
    });

    it('batches, which would pass by the rules', async () => {
      const answer = await fetch(`${local.service.url}/?comp=batch`, { method: 'POST', body: 'x' });
      expect([answer.status, answer.headers.get('x-ms-error-code')]).toEqual([501, 'NotImplemented']);
    });

    it('nonsense, and goes on', async () => {
      const answered = await new Promise<string>((resolve, reject) => {
        const socket = connect(local.service.port, '127.0.0.1', () =>
          socket.write('\x00\x01 nonsense\r\n\r\n'),
        );
        let text = '';
        socket
          .on('data', (data) => (text += data.toString()))
          .on('close', () => resolve(text))
          .on('error', reject);
      });
      expect(answered).toContain('400 Bad Request');
      expect((await fetch(`${local.service.url}/%zz/%zz?comp=%zz`)).status).toBeGreaterThanOrEqual(400);
      expect(await refusalOf(put(blobOf(owner, 'uploads'), 'x'))).toBe('accepted');
    });
  });

  describe('an upload cut off in the middle', () => {
    it('leaves no blob', async () => {
      const blob = blobOf(owner, 'uploads', 'cut');
      const abort = new AbortController();
      const half = async function* () {
        yield Buffer.alloc(1024 * 1024);
        abort.abort();
      };
      const upload = blob.upload(() => Readable.from(half()), 2 * 1024 * 1024, { abortSignal: abort.signal });
      expect(await refusalOf(upload)).not.toBe('accepted');
      expect(await blob.exists()).toBe(false);
    });
  });

  describe('an immutable container', () => {
    const written = async () => {
      const blob = blobOf(owner, 'anchors');
      await put(blob, 'anchored');
      return blob;
    };

    it('takes a new blob, whole or in blocks', async () => {
      const blob = blobOf(owner, 'anchors');
      await blob.stageBlock(btoa('1'), 'block', 5);
      await blob.commitBlockList([btoa('1')]);
      expect(await read(blob)).toBe('block');
      expect(await read(await written())).toBe('anchored');
    });

    it('refuses to overwrite', async () => {
      const blob = await written();
      expect(await refusalOf(put(blob, 'changed'))).toBe('409 BlobImmutableDueToPolicy');
      expect(await read(blob)).toBe('anchored');
    });

    it('refuses to overwrite by blocks', async () => {
      const blob = await written();
      expect(await refusalOf(blob.stageBlock(btoa('1'), 'block', 5))).toBe('409 BlobImmutableDueToPolicy');
      expect(await refusalOf(blob.commitBlockList([]))).toBe('409 BlobImmutableDueToPolicy');
    });

    it('refuses to overwrite by a copy', async () => {
      const [blob, other] = [await written(), blobOf(owner, 'uploads')];
      await put(other, 'changed');
      expect(await refusalOf(blob.syncCopyFromURL(other.url))).toBe('409 BlobImmutableDueToPolicy');
    });

    it('refuses to delete, a blob or itself', async () => {
      const blob = await written();
      expect(await refusalOf(blob.delete())).toBe('409 BlobImmutableDueToPolicy');
      const container = clientOf(owner).getContainerClient('anchors');
      expect(await refusalOf(container.delete())).toBe('409 BlobImmutableDueToPolicy');
    });

    it('refuses new metadata', async () => {
      expect(await refusalOf((await written()).setMetadata({ a: '1' }))).toBe('409 BlobImmutableDueToPolicy');
    });

    it('lets exactly one of ten writers of a new blob win, even without conditions', async () => {
      const blob = blobOf(owner, 'anchors');
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, index) => refusalOf(put(blob, `${index}`))),
      );
      expect(all.filter((one) => one === 'accepted')).toHaveLength(1);
    });
  });

  describe('an app', () => {
    const fixture = parseTopology({
      ...topology,
      apps: {
        ...topology.apps,
        work: { ...topology.apps['work'], surfaces: ['invoice-ingestion.staffHttp'] },
      },
    });
    let own: Awaited<ReturnType<typeof startBlob>>;
    beforeAll(async () => {
      const faults = createFaultSwitch();
      own = await startBlob({
        port: 0,
        stateDir: undefined,
        topology: fixture,
        clock: createClock(),
        faults,
        log: () => undefined,
      });
    });
    afterAll(() => own.close());

    it('reads, writes and lists what the topology grants it', async () => {
      expect(grantsOf('work', fixture).blobs).toEqual(['uploads']);
      const blob = blobOf(own.connectionString('work'), 'uploads', 'a b/ü+&=.csv');
      await put(blob, 'rows', { metadata: { importid: '7' }, conditions: { ifNoneMatch: '*' } });
      expect(await read(blob, 1, 2)).toBe('ow');
      const names: string[] = [];
      const container = clientOf(own.connectionString('work')).getContainerClient('uploads');
      for await (const { name } of container.listBlobsFlat({ prefix: 'a b/' })) names.push(name);
      expect(names).toEqual(['a b/ü+&=.csv']);
    });

    it('is refused what it does not', async () => {
      expect(await refusalOf(put(blobOf(own.connectionString('work'), 'documents'), 'x'))).toBe(
        '403 AuthorizationPermissionMismatch',
      );
      expect(await refusalOf(put(blobOf(own.connectionString('staff'), 'anchors'), 'x'))).toBe(
        '403 AuthorizationPermissionMismatch',
      );
    });

    it('cannot copy out of a container it may not read', async () => {
      await put(blobOf(own.connectionString(), 'documents', 'secret.txt'), 'x');
      const source = blobOf(own.connectionString(), 'documents', 'secret.txt').url;
      const copy = blobOf(own.connectionString('work'), 'uploads', 'copied.txt').beginCopyFromURL(source);
      expect(await refusalOf(copy)).toBe('403 AuthorizationPermissionMismatch');
    });

    it('neither makes nor deletes containers', async () => {
      const client = clientOf(own.connectionString('work'));
      expect(await refusalOf(client.createContainer('mine'))).toBe('403 AuthorizationPermissionMismatch');
      expect(await refusalOf(client.deleteContainer('uploads'))).toBe('403 AuthorizationPermissionMismatch');
    });
  });

  describe('a read link', () => {
    const linkTo = (
      blob: BlockBlobClient,
      startsOn: number | undefined,
      expiresOn: number,
      permissions = 'r',
    ) =>
      blob.generateSasUrl({
        permissions: BlobSASPermissions.parse(permissions),
        expiresOn: new Date(expiresOn),
        ...(startsOn === undefined ? {} : { startsOn: new Date(startsOn) }),
      });

    it('opens its blob for reading and for nothing else', async () => {
      const blob = blobOf(owner, 'documents');
      await put(blob, 'invoice');
      const link = await linkTo(blob, undefined, local.clock.now() + 60_000);
      expect((await new BlobClient(link).downloadToBuffer()).toString()).toBe('invoice');
      expect(await refusalOf(new BlobClient(link).delete())).toMatch(/^403 Auth/);
      expect(await refusalOf(put(new BlockBlobClient(link), 'changed'))).toMatch(/^403 Auth/);
    });

    it('fails when its signature was changed', async () => {
      const blob = blobOf(owner, 'documents');
      await put(blob, 'invoice');
      const link = await linkTo(blob, undefined, local.clock.now() + 60_000);
      expect(await refusalOf(new BlobClient(link.replace('sp=r', 'sp=rd')).download())).toMatch(/^403 Auth/);
    });

    it('begins and ends by the business clock', async () => {
      const own = await startLocal();
      const blob = blobOf(own.service.connectionString(), 'documents');
      await put(blob, 'invoice');
      const [from, to] = [own.clock.now() + 86_400_000, own.clock.now() + 90_000_000];
      const link = new BlobClient(await linkTo(blob, from, to));
      expect(await refusalOf(link.download())).toMatch(/^403 Auth/);
      await own.clock.moveTo(from + 1_000);
      expect((await link.downloadToBuffer()).toString()).toBe('invoice');
      await own.clock.moveTo(to + 1_000);
      expect(await refusalOf(link.download())).toMatch(/^403 Auth/);
      await own.service.close();
    });
  });

  describe('the fault switch', () => {
    const strike = (rule: Rule) => local.faults.set({ rules: [rule] });

    it('throttles, and the SDK comes again', async () => {
      strike({ kind: '429', times: 2, delayMs: 0 });
      expect(await refusalOf(put(blobOf(owner, 'uploads'), 'x'))).toBe('503 ServerBusy');
      const patient = blobOf(owner, 'uploads', randomUUID(), 3);
      await put(patient, 'x');
      expect(local.faults.counts()['429']).toBe(2);
    });

    it('is unavailable', async () => {
      strike({ kind: '503', times: 1 });
      expect(await refusalOf(blobOf(owner, 'uploads').exists())).toMatch(/^503/);
    });

    it('cuts the connection before the effect', async () => {
      const blob = blobOf(owner, 'uploads');
      strike({ kind: 'reset-before', operation: 'PUT', times: 1 });
      expect(await refusalOf(put(blob, 'x'))).not.toBe('accepted');
      expect(await blob.exists()).toBe(false);
    });

    it('cuts the connection after the effect', async () => {
      const blob = blobOf(owner, 'uploads');
      strike({ kind: 'reset-after', operation: 'PUT', times: 1 });
      expect(await refusalOf(put(blob, 'x'))).not.toBe('accepted');
      expect(await read(blob)).toBe('x');
    });

    it('loses the answer, and the caller gives up waiting', async () => {
      const blob = blobOf(owner, 'uploads');
      strike({ kind: 'lost-answer', operation: 'PUT', times: 1 });
      expect(await refusalOf(put(blob, 'x', { abortSignal: AbortSignal.timeout(500) }))).not.toBe('accepted');
      expect(await read(blob)).toBe('x');
    });

    it('does a request twice, so that a conditional one meets itself', async () => {
      const blob = blobOf(owner, 'uploads');
      strike({ kind: 'duplicate', operation: 'PUT', times: 1 });
      expect(await refusalOf(put(blob, 'x', { conditions: { ifNoneMatch: '*' } }))).toBe(
        '409 BlobAlreadyExists',
      );
      expect(await read(blob)).toBe('x');
    });

    it('lets a later request overtake', async () => {
      const [first, second] = [blobOf(owner, 'uploads'), blobOf(owner, 'uploads')];
      const order: string[] = [];
      strike({ kind: 'reorder', operation: 'PUT', times: 1, delayMs: 10_000 });
      const held = put(first, '1').then(() => order.push('first'));
      await expect.poll(() => local.faults.counts()['reorder']).toBe(1);
      await put(second, '2').then(() => order.push('second'));
      await held;
      expect(order).toEqual(['second', 'first']);
    });

    it('makes an answer late', async () => {
      strike({ kind: 'latency', delayMs: 300, times: 1 });
      const startedAtMs = performance.now();
      await put(blobOf(owner, 'uploads'), 'x');
      expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(295);
    });
  });
});
