/**
 * `/admin/*`: the platform's own routes on the platform, the local switches here (clock, faults).
 * From: `server.ts`. Next: the `onAdmin` of whoever started the host.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer, HttpCall } from '../../kit/http-service.ts';
import { readBody } from './request.ts';
import { sendStatus } from './response.ts';

export type OnAdmin = (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>;

const maxBodyBytes = 1_048_576;

export const answerAdmin = async (
  onAdmin: OnAdmin | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): Promise<void> => {
  const body = await readBody(request, maxBodyBytes);
  if (!onAdmin) return sendStatus(response, 404);
  if (body === 'too-large') return sendStatus(response, 413, { connection: 'close' });
  const headers: HttpCall['headers'] = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  const answer = await onAdmin({
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: body ?? Buffer.alloc(0),
    origin: `http://${request.headers.host ?? '127.0.0.1'}`,
  });
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body ?? ''),
  });
  response.end(answer.body);
};
