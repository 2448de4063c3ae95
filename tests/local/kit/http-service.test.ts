/** What the HTTP front of the stand-ins promises for answers and requests that are not fit to be sent. */
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { serveHttp, type HttpAnswer, type HttpService } from '../../../local/kit/http-service.ts';

let service: HttpService | undefined;
afterEach(() => service?.close());

const start = async (answer: () => HttpAnswer) => {
  const crashes: string[] = [];
  service = await serveHttp({
    name: 'kit',
    port: 0,
    maxBodyBytes: 100,
    faults: createFaultSwitch(),
    answer,
    refuse: (kind) => ({ status: kind === 'crashed' ? 500 : 413, body: `own words: ${kind}` }),
    onCrash: (error) => crashes.push(String(error)),
  });
  return { url: service.url, port: service.port, crashes };
};

it('an answer with a header that cannot be written becomes the own kind of error, not a reset', async () => {
  const { url, crashes } = await start(() => ({ status: 200, headers: { 'x-name': '名' }, body: 'x' }));
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([500, 'own words: crashed']);
  expect(crashes).toEqual([expect.stringContaining('x-name')]);
});

it('closes at once while a client that sent no HTTP keeps its half of the connection open', async () => {
  const { port } = await start(() => ({ status: 200 }));
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const answered = new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
  socket.on('error', () => undefined);
  socket.write('this is not HTTP\r\n\r\n');
  expect(await answered).toContain('400 Bad Request');
  const startedAtMs = performance.now();
  await service?.close();
  expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  socket.destroy();
});
