/**
 * What the blob service keeps, and how it starts when something is in its way.
 * From: `under-test.ts`; a process of its own is killed. Next: nothing. Runs on the stand-in only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, isLocal, put, read, startLocal } from './under-test.ts';

describe.runIf(isLocal)('the blob service', () => {
  let stateDir: string;
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'blob-'));
  });
  afterEach(() => rmSync(stateDir, { recursive: true, force: true }));
  const uploads = (connectionString: string) => clientOf(connectionString).getContainerClient('uploads');

  it('started again has blobs, properties, staged blocks and etags as before', async () => {
    const first = await startLocal(stateDir);
    const container = uploads(first.service.connectionString());
    const { etag } = await put(container.getBlockBlobClient('kept'), 'kept', { metadata: { a: '1' } });
    await container.getBlockBlobClient('staged').stageBlock(btoa('1'), 'later', 5);
    await put(container.getBlockBlobClient('deleted'), 'x');
    await container.getBlockBlobClient('deleted').delete();
    await first.service.close();

    const second = await startLocal(stateDir);
    expect(second.service.summary).toBe('4 containers, 1 blobs');
    const again = uploads(second.service.connectionString());
    expect(await read(again.getBlockBlobClient('kept'))).toBe('kept');
    expect(await again.getBlockBlobClient('kept').getProperties()).toMatchObject({
      metadata: { a: '1' },
      etag,
    });
    await again.getBlockBlobClient('staged').commitBlockList([btoa('1')]);
    expect(await read(again.getBlockBlobClient('staged'))).toBe('later');
    expect(await again.getBlockBlobClient('deleted').exists()).toBe(false);
    await second.service.close();
  });

  it('killed in the middle of writing loses nothing it acknowledged, and leaves nothing behind', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'killed.ts'), stateDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let port = 0;
    const acknowledged: string[] = [];
    for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
      for (const line of chunk.trim().split('\n')) {
        if (line.startsWith('port ')) port = Number(line.slice(5));
        else acknowledged.push(line);
      }
      if (acknowledged.length > 60) child.kill('SIGKILL');
    }
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');

    const again = await startLocal(stateDir);
    const container = uploads(again.service.connectionString());
    for (const name of acknowledged)
      expect(await read(container.getBlockBlobClient(name))).toBe(`content of ${name}`);
    await again.service.close();
  });

  it('says in one line that its state is damaged', async () => {
    await (await startLocal(stateDir)).service.close();
    const file = join(stateDir, 'blob/blobs.journal');
    writeFileSync(file, readFileSync(file, 'utf8').replace('uploads', 'uplaods'));
    await expect(startLocal(stateDir)).rejects.toThrow(
      /^blob: .*blobs\.journal, line \d+: .*delete the state directory/,
    );
  });

  it('says in one line that its port is taken', async () => {
    const { service } = await startLocal();
    await expect(startLocal(undefined, service.port)).rejects.toThrow(`blob: port ${service.port} is taken`);
    await service.close();
  });

  it('keeps nothing in memory mode', async () => {
    const first = await startLocal();
    await put(uploads(first.service.connectionString()).getBlockBlobClient('x'), 'x');
    await first.service.close();
    const second = await startLocal();
    expect(second.service.summary).toBe('4 containers, 0 blobs');
    await second.service.close();
  });
});
