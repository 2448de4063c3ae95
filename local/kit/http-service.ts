/**
 * The HTTP front of a stand-in: reads the request whole, applies the fault switch, answers.
 * From: official SDKs on loopback. Next: the stand-in's own `answer`.
 * Whatever comes in, the process goes on: oversize, unreadable and unexpected all become the
 * service's own kind of error through `refuse`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault, FaultSwitch } from './faults.ts';
import { holdBack, letGo, type Held } from './hold-back.ts';

export type HttpCall = {
  method: string;
  /** Path as sent, still encoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names; repeated headers joined by a comma. */
  headers: Record<string, string | undefined>;
  body: Buffer;
  /** `http://host:port` as the client spelled it. */
  origin: string;
};

export type HttpAnswer = {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

export type RefusalKind = 'too-large' | 'throttled' | 'unavailable' | 'crashed';

export type HttpServiceOptions = {
  /** Shown in logs and in the message when the port is taken. */
  name: string;
  /** 0 takes any free port. */
  port: number;
  maxBodyBytes: number;
  faults: FaultSwitch;
  answer: (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>;
  /** The service's own error for what goes wrong outside `answer`. */
  refuse: (kind: RefusalKind, call: Omit<HttpCall, 'body'>, retryAfterMs: number) => HttpAnswer;
  /** Told of an exception in `answer`. */
  onCrash?: (error: unknown, call: HttpCall) => void;
};

export type HttpService = { port: number; url: string; close(): Promise<void> };

/** A port that is taken; its message is the one line a person sees. */
export class PortTaken extends Error {
  constructor(name: string, port: number) {
    super(`${name}: port ${port} is taken by another program`);
    this.name = 'PortTaken';
  }
}

/** Starts listening on loopback. @throws PortTaken */
export const serveHttp = async (options: HttpServiceOptions): Promise<HttpService> => {
  const held: Held = new Set();
  const server = createServer((request, response) => {
    void respond(options, held, request, response);
  });
  server.keepAliveTimeout = 60_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listen = (server: Server, { name, port }: HttpServiceOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(name, port) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

const respond = async (
  options: HttpServiceOptions,
  held: Held,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const call = describe(request);
    const body = await readBody(request, options.maxBodyBytes);
    if (body === undefined) return send(response, call.method, options.refuse('too-large', call, 0));
    const faults = options.faults.draw(`${call.method} ${call.path}`);
    const answer = await answerUnderFaults(options, held, { ...call, body }, faults);
    if (answer === 'reset') request.socket.destroy();
    else if (answer !== 'lost') sendSafely(options, response, { ...call, body }, answer);
  } catch {
    request.socket.destroy(); // the client went away while sending
  }
};

const answerUnderFaults = async (
  options: HttpServiceOptions,
  held: Held,
  call: HttpCall,
  faults: Fault[],
): Promise<HttpAnswer | 'reset' | 'lost'> => {
  for (const { kind, delayMs } of faults) {
    if (kind === 'latency') await realDelay(delayMs);
    if (kind === '429') return options.refuse('throttled', call, delayMs);
    if (kind === '503') return options.refuse('unavailable', call, delayMs);
    if (kind === 'reset-before') return 'reset';
    if (kind === 'reorder') await holdBack(held, delayMs);
    if (kind === 'duplicate') await answerSafely(options, call);
  }
  const answer = await answerSafely(options, call);
  letGo(held);
  if (faults.some(({ kind }) => kind === 'reset-after')) return 'reset';
  if (faults.some(({ kind }) => kind === 'lost-answer')) return 'lost';
  return answer;
};

const answerSafely = async (options: HttpServiceOptions, call: HttpCall): Promise<HttpAnswer> => {
  try {
    return await options.answer(call);
  } catch (error) {
    options.onCrash?.(error, call);
    return options.refuse('crashed', call, 0);
  }
};

/** A header that HTTP cannot carry is a crash of the service, not of the connection. */
const sendSafely = (
  options: HttpServiceOptions,
  response: ServerResponse,
  call: HttpCall,
  answer: HttpAnswer,
): void => {
  try {
    send(response, call.method, answer);
  } catch (error) {
    options.onCrash?.(error, call);
    send(response, call.method, options.refuse('crashed', call, 0));
  }
};

const describe = (request: IncomingMessage): Omit<HttpCall, 'body'> => {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers: HttpCall['headers'] = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers,
    origin: `http://${request.headers.host ?? '127.0.0.1'}`,
  };
};

/** The whole body, or undefined when it is larger than allowed (the rest is read and dropped). */
const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > maxBytes) return undefined;
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
};

const send = (response: ServerResponse, method: string, answer: HttpAnswer): void => {
  const body = answer.body ?? '';
  const headers: Record<string, string | string[] | number> = { ...answer.headers };
  const bodyless = method === 'HEAD' || answer.status === 204 || answer.status === 304;
  if (!bodyless) headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(answer.status, headers);
  response.end(bodyless ? undefined : body);
};
