/**
 * The HTTP front of one app, on loopback: routes a request to its function and sends what it returned.
 * From: browsers, webhooks, tests. Next: `execution.ts`, or the admin routes.
 * Keeps the platform's limits: 100 MB a body (413), 230 s an answer (504), 500 without a body for a throw.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as realDelay } from 'node:timers/promises';
import { PortTaken } from '../../kit/http-service.ts';
import type { Execution } from '../core/execution.ts';
import { answerAdmin, type OnAdmin } from './admin.ts';
import { readBody, toHttpData } from './request.ts';
import { sendReturned, sendStatus } from './response.ts';
import type { Router } from './router.ts';

export type HttpFrontOptions = {
  app: string;
  /** 0 takes any free port. */
  port: number;
  router: Router<Execution>;
  onAdmin: OnAdmin | undefined;
  maxBodyBytes: number;
  answerTimeoutMs: number;
  warn: (message: string) => void;
};

export type HttpFront = {
  url: string;
  port: number;
  /** Takes no more requests; those under way go on. */
  stopTaking(): void;
  /** Ends every connection. */
  close(): Promise<void>;
};

/** @throws PortTaken */
export const startHttpFront = async (options: HttpFrontOptions): Promise<HttpFront> => {
  let isTaking = true;
  const server = createServer((request, response) => {
    if (!isTaking) return sendStatus(response, 503, { connection: 'close' });
    answer(options, request, response).catch((error: unknown) => {
      if (!request.destroyed) options.warn(`${request.method} ${request.url}: ${String(error)}`);
      sendStatus(response, 500);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const closed = Promise.withResolvers<void>();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stopTaking: () => {
      if (isTaking) server.close(() => closed.resolve());
      isTaking = false;
      server.closeIdleConnections();
    },
    close: () => {
      if (isTaking) server.close(() => closed.resolve());
      isTaking = false;
      server.closeAllConnections();
      return closed.promise;
    },
  };
};

const listen = (server: Server, { app, port }: HttpFrontOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(app, port) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

const answer = async (
  options: HttpFrontOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  const url = `http://${request.headers.host ?? '127.0.0.1'}${target}`;
  if (!path.startsWith('/') || !URL.canParse(url)) return sendStatus(response, 400);
  if (/^\/admin(\/|$)/i.test(path)) return answerAdmin(options.onAdmin, request, response, path, query);
  if (/^\/runtime(\/|$)/i.test(path)) return dropBody(request, response, 404);
  const found = options.router.find(request.method ?? 'GET', path);
  if (!found) return dropBody(request, response, 404);
  const body = await readBody(request, options.maxBodyBytes);
  if (body === 'too-large') return dropBody(request, response, 413);
  const http = toHttpData(request, url, query, found.parameters, body);
  const tooLate = setTimeout(() => sendStatus(response, 504), options.answerTimeoutMs);
  response.on('close', () => clearTimeout(tooLate));
  await answerUnderFaults(found.target, http, request, response);
};

type Http = ReturnType<typeof toHttpData>;

const answerUnderFaults = async (
  execution: Execution,
  http: Http,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const kinds = new Set<string>();
  for (const { kind, delayMs } of execution.draw()) {
    kinds.add(kind);
    if (kind === 'latency' || kind === 'reorder') await realDelay(delayMs);
    if (kind === '429' || kind === '503')
      return sendStatus(response, Number(kind), { 'retry-after': String(Math.ceil(delayMs / 1_000)) });
    if (kind === 'reset-before') return void request.socket.destroy();
  }
  if (kinds.has('duplicate')) await run(execution, http, request);
  const returned = await run(execution, http, request);
  if (kinds.has('lost-answer')) return;
  if (kinds.has('reset-after')) return void request.socket.destroy();
  if (response.headersSent) return; // it came too late
  if (returned === 'thrown') sendStatus(response, 500);
  else sendReturned(response, request.method ?? 'GET', returned.returnValue);
};

/** The library reads the body from `http` without using it up, so that it can be run twice. */
const run = async (execution: Execution, http: Http, request: IncomingMessage) => {
  const { traceparent, tracestate } = request.headers;
  try {
    return await execution.run({
      data: { http },
      traceParent: Array.isArray(traceparent) ? traceparent[0] : traceparent,
      traceState: Array.isArray(tracestate) ? tracestate[0] : tracestate,
    });
  } catch {
    return 'thrown'; // counted and logged by the execution
  }
};

/** Answers at once; what is still being sent is read away, so that the client sees the answer. */
const dropBody = (request: IncomingMessage, response: ServerResponse, status: number): void => {
  sendStatus(response, status);
  request.resume();
};
