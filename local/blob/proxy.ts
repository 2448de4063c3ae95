/**
 * The front of the blob service: faults, rights and immutability before Azurite; saved before acknowledged.
 * From: the official SDK on loopback. Next: `upstream.ts`. Bodies stream through; only a request that
 * the fault switch doubles is held whole.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault } from '../kit/faults.ts';
import { PortTaken } from '../kit/http-service.ts';
import type { ServiceOptions } from '../kit/service.ts';
import type { Azurite } from './azurite.ts';
import { createGuard } from './immutable.ts';
import { refusals, sendRefusal } from './refusal.ts';
import { createJudge } from './rights.ts';
import { operationOf, targetOf } from './target.ts';
import type { Target } from './target.ts';
import { openUpstream } from './upstream.ts';

export type Proxy = { port: number; counts(): Record<string, number>; close(): Promise<void> };

/** Bytes of a request that may be held to be doubled. */
const maxHeldBytes = 256 * 1024 * 1024;

/** @throws PortTaken */
export const startProxy = async (options: ServiceOptions, azurite: Azurite): Promise<Proxy> => {
  const upstream = openUpstream(azurite.port);
  const judge = createJudge(options.topology);
  const guard = createGuard(options.topology, (target) => upstream.exists(target));
  const counts: Record<string, number> = {};
  const held = new Set<() => void>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targetOf(request.method ?? 'GET', request.url ?? '/');
    const operation = operationOf(target);
    counts[operation] = (counts[operation] ?? 0) + 1;
    const faults = options.faults.draw(`${target.method} ${target.url.split('?')[0]}`);
    if (await strikesBefore(faults, held, request, response)) return;
    if (target.component === 'batch') return turnAway(request, response, refusals.unused('batch'));
    const judged = judge(target, request.headers);
    if (judged && 'refusal' in judged) return turnAway(request, response, judged.refusal);
    const headers = headersOf(request, judged?.authorization);
    const refusal = await guard.run(target, () => forward(target, headers, faults, request, response));
    if (refusal) turnAway(request, response, refusal);
    for (const release of held) release();
  };

  const forward = async (
    target: Target,
    headers: OutgoingHttpHeaders,
    faults: Fault[],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
    const body = has('duplicate') ? await readWhole(request) : request;
    if (Buffer.isBuffer(body)) (await upstream.send(target, headers, body)).resume();
    const answer = await upstream.send(target, headers, body);
    const changes = target.method !== 'GET' && target.method !== 'HEAD' && answer.statusCode! < 300;
    if (changes) await azurite.saved();
    if (has('reset-after') || has('lost-answer')) {
      answer.resume();
      if (has('reset-after')) response.destroy();
      return;
    }
    response.writeHead(answer.statusCode!, answer.statusMessage, withoutHopHeaders(answer.rawHeaders));
    await pipeline(answer, response);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent || request.destroyed) {
        response.destroy();
        return;
      }
      options.log(`blob: ${request.method} ${request.url?.split('?')[0]} failed: ${String(error)}`);
      turnAway(request, response, refusals.failed());
    });
  });
  server.requestTimeout = 0; // a large upload may take its time
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port);
  return {
    port,
    counts: () => ({ ...counts }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      upstream.close();
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken('blob', port) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** What befalls the request before Azurite sees it; resolves true when that was its end. */
const strikesBefore = async (
  faults: Fault[],
  held: Set<() => void>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> => {
  for (const { kind, delayMs } of faults) {
    if (kind === 'latency') await realDelay(delayMs);
    if (kind === 'reorder') await holdBack(held, delayMs);
    if (kind === 'reset-before') response.destroy();
    if (kind === '429') turnAway(request, response, refusals.throttled(delayMs));
    if (kind === '503') turnAway(request, response, refusals.unavailable(delayMs));
    if (kind === 'reset-before' || kind === '429' || kind === '503') return true;
  }
  return false;
};

/** Waits until another request has been answered, or `delayMs` has passed. */
const holdBack = (held: Set<() => void>, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    const release = () => {
      clearTimeout(timer);
      held.delete(release);
      resolve();
    };
    const timer = setTimeout(release, delayMs);
    held.add(release);
  });

const turnAway = (
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Parameters<typeof sendRefusal>[2],
): void => {
  request.resume(); // the rest of the body is not wanted
  sendRefusal(response, request.method ?? 'GET', refusal);
};

const readWhole = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxHeldBytes) throw new RangeError('too large to be doubled');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const hopHeaders = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade']);

const headersOf = ({ headers }: IncomingMessage, authorization: string | undefined): OutgoingHttpHeaders => {
  const kept = Object.entries(headers).filter(([name]) => !hopHeaders.has(name));
  return { ...Object.fromEntries(kept), ...(authorization === undefined ? {} : { authorization }) };
};

const withoutHopHeaders = (raw: string[]): string[] =>
  raw.filter((_text, index) => !hopHeaders.has(raw[index - (index % 2)]!.toLowerCase()));
