/**
 * Files in and out: bytes as they are, never more than announced, never shown in a browser.
 */
import { HttpRequest } from '@azure/functions';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { done } from '../../shared/domain/outcome.ts';
import { downloadFunction, uploadFunction } from '../../shared/edge/http-files.ts';
import { testContext, testEdge } from '../support/test-edge.ts';

const open = { route: 'api/test', action: 'sys.health.read' } as const;

const upload = (bytes: Uint8Array, headers: Record<string, string> = {}, types?: string[]) =>
  uploadFunction(testEdge(), {
    ...{ ...open, name: 'up', method: 'PUT', mostBytes: 4, answer: z.strictObject({ sum: z.int() }) },
    ...(types === undefined ? {} : { types }),
    run: async ({ bytes: got }) => done({ sum: got.reduce((sum, byte) => sum + byte, 0) }),
  })(
    new HttpRequest({ url: 'http://localhost/api/test', method: 'PUT', headers, body: { bytes } }),
    testContext().context,
  );

const download = (fileName: string, bytes: Uint8Array | AsyncIterable<Uint8Array>) =>
  downloadFunction(testEdge(), {
    ...{ ...open, name: 'down' },
    run: async () => done({ fileName, contentType: 'text/csv', bytes }),
  })(new HttpRequest({ url: 'http://localhost/api/test', method: 'GET' }), testContext().context);

it('an upload gets the bytes as they were sent, whatever they are', async () => {
  expect(await upload(new Uint8Array([0, 255, 10, 13]))).toMatchObject({
    status: 200,
    jsonBody: { sum: 278 },
  });
});

it('an upload larger than the route takes is refused', async () => {
  expect(await upload(new Uint8Array(5))).toMatchObject({ status: 413 });
});

it('an upload of a type the route does not take is refused', async () => {
  expect(await upload(new Uint8Array(1), { 'content-type': 'text/html' }, ['text/csv'])).toMatchObject({
    status: 415,
  });
  expect(await upload(new Uint8Array(1), { 'content-type': 'Text/CSV; x=y' }, ['text/csv'])).toMatchObject({
    status: 200,
  });
});

it('a download is saved under its name, never shown', async () => {
  const { headers, body } = await download('Überfällig "x".csv', new Uint8Array([1]));
  expect(headers).toMatchObject({
    'content-disposition': `attachment; filename="_berf_llig__x_.csv"; filename*=UTF-8''%C3%9Cberf%C3%A4llig%20%22x%22.csv`,
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
  expect(body).toEqual(new Uint8Array([1]));
});

it('a download that fails half-way is a Problem, not half a file', async () => {
  const broken = async function* () {
    yield new Uint8Array([1]);
    throw new Error('the store is away');
  };
  expect(await download('a.csv', broken())).toMatchObject({ status: 500 });
});
