/**
 * Requests the SDK would not send, signed as it signs.
 * From: the tests of refusals and rights. Next: the service under test.
 */
import { createHmac } from 'node:crypto';
import { databaseName, type UnderTest } from './under-test.ts';

export type RawRequest = {
  method: string;
  /** The items of this container, or one of them when `id` is given. */
  container?: string;
  id?: string;
  /** Instead of a container: any path, with what is signed for it. */
  path?: string;
  resourceType?: string;
  link?: string;
  key?: unknown[];
  body?: string;
  headers?: Record<string, string>;
  /** Whose key signs; the owner's when absent. */
  signer?: string;
  date?: Date;
};

export const signedFetch = async (under: UnderTest, request: RawRequest): Promise<Response> => {
  const owner = `dbs/${databaseName}/colls/${request.container}`;
  const link = request.link ?? (request.id === undefined ? owner : `${owner}/docs/${request.id}`);
  const path =
    request.path ?? `/${owner}/docs${request.id === undefined ? '' : `/${encodeURIComponent(request.id)}`}`;
  const date = (request.date ?? new Date()).toUTCString();
  const text = [
    request.method.toLowerCase(),
    request.resourceType ?? 'docs',
    link,
    date.toLowerCase(),
    '',
    '',
  ].join('\n');
  const secret = Buffer.from(under.key(request.signer), 'base64');
  const signature = createHmac('sha256', secret).update(text).digest('base64');
  return fetch(`${under.endpoint}${path}`, {
    method: request.method,
    ...(request.body === undefined ? {} : { body: request.body }),
    headers: {
      authorization: encodeURIComponent(`type=master&ver=1.0&sig=${signature}`),
      'x-ms-date': date,
      'x-ms-version': '2020-07-15',
      'content-type': 'application/json',
      ...(request.key === undefined ? {} : { 'x-ms-documentdb-partitionkey': JSON.stringify(request.key) }),
      ...request.headers,
    },
  });
};
