/**
 * What a handler returned, written to the socket.
 * From: the library's conversion of the handler's result. Next: the client.
 */
import type { ServerResponse } from 'node:http';
import type { HttpData, TypedData } from '../core/core-types.ts';
import { cookieLine } from './cookies.ts';

/** These belong to the connection, not to the handler. */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** A handler that returned nothing answers 204. */
export const sendReturned = (
  response: ServerResponse,
  method: string,
  returned: TypedData | null | undefined,
): void => {
  const http = returned?.http;
  if (!http) return sendStatus(response, 204);
  const status = Number(http.statusCode ?? 200);
  const headers = headersOf(http);
  const body = http.body?.bytes;
  const isBodyless = status === 204 || status === 304;
  if (!isBodyless) headers['content-length'] = String(body?.length ?? 0);
  response.writeHead(status, headers);
  response.end(isBodyless || method === 'HEAD' ? undefined : body);
};

const headersOf = (http: HttpData): Record<string, string | string[]> => {
  const headers: Record<string, string | string[]> = {};
  for (const name in http.headers) if (!connectionHeaders.has(name)) headers[name] = http.headers[name] ?? '';
  if (http.cookies && http.cookies.length > 0) headers['set-cookie'] = http.cookies.map(cookieLine);
  return headers;
};

/** An answer of the platform itself: a status and nothing more. */
export const sendStatus = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void => {
  if (response.headersSent || response.destroyed) return;
  if (status !== 204) headers['content-length'] = '0';
  response.writeHead(status, headers);
  response.end();
};
