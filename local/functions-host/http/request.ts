/**
 * An incoming request in the shape the library turns into an `HttpRequest`.
 * From: `server.ts`. Next: `execution.ts`.
 * As on the platform: empty headers are left out, a repeated query parameter arrives joined by commas.
 */
import type { IncomingMessage } from 'node:http';
import type { HttpData, Nullable } from '../core/core-types.ts';
import type { RouteParameters } from './route-template.ts';

export const toHttpData = (
  request: IncomingMessage,
  url: string,
  query: string,
  parameters: RouteParameters,
  body: Buffer | undefined,
): HttpData => {
  const data: HttpData = {
    url,
    method: request.method ?? 'GET',
    nullableHeaders: headersOf(request),
    nullableQuery: query === '' ? {} : queryOf(query),
    nullableParams: mapValues(parameters),
  };
  if (body && body.length > 0) data.body = { bytes: body };
  return data;
};

/** Names come from outside: without a prototype none of them means anything. */
const emptyRecord = () => Object.create(null) as Record<string, Nullable<string>>;

const headersOf = (request: IncomingMessage): Record<string, Nullable<string>> => {
  const headers = emptyRecord();
  for (const name in request.headers) {
    const sent = request.headers[name];
    const value = Array.isArray(sent) ? sent.join(', ') : sent;
    if (value) headers[name] = { value };
  }
  return headers;
};

const queryOf = (query: string): Record<string, Nullable<string>> => {
  const found = emptyRecord();
  for (const [name, value] of new URLSearchParams(query)) {
    const known = found[name];
    if (known) known.value += `,${value}`;
    else found[name] = { value };
  }
  return found;
};

const mapValues = (parameters: RouteParameters): Record<string, Nullable<string>> => {
  const mapped: Record<string, Nullable<string>> = {};
  for (const name in parameters) mapped[name] = { value: parameters[name] ?? '' };
  return mapped;
};

/** The whole body, or `too-large` as soon as it is; undefined when the request has none. */
export const readBody = async (
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too-large' | undefined> => {
  const announced = request.headers['content-length'];
  if (announced === undefined && request.headers['transfer-encoding'] === undefined) return undefined;
  if (Number(announced) > maxBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return 'too-large';
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
};
