/**
 * The front of the blob service: faults, rights and immutability before Azurite; saved before acknowledged.
 * From: the official SDK on loopback. Next: `forward.ts`.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault } from '../kit/faults.ts';
import { holdBack, letGo, type Held } from '../kit/hold-back.ts';
import { PortTaken } from '../kit/http-service.ts';
import type { ServiceOptions } from '../kit/service.ts';
import type { Azurite } from './azurite.ts';
import { createForward } from './forward.ts';
import { createGuard } from './immutable.ts';
import { refusals, sendRefusal } from './refusal.ts';
import { createJudge } from './rights.ts';
import { operationOf, targetOf } from './target.ts';
import { openUpstream } from './upstream.ts';

export type Proxy = { port: number; counts(): Record<string, number>; close(): Promise<void> };

/** @throws PortTaken */
export const startProxy = async (options: ServiceOptions, azurite: Azurite): Promise<Proxy> => {
  const upstream = openUpstream(azurite.port);
  const judge = createJudge(options.topology);
  const guard = createGuard(options.topology, (target) => upstream.exists(target));
  const forward = createForward(upstream, () => azurite.saved());
  const counts: Record<string, number> = {};
  const held: Held = new Set();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = targetOf(request.method ?? 'GET', request.url ?? '/');
    const operation = operationOf(target);
    counts[operation] = (counts[operation] ?? 0) + 1;
    const faults = options.faults.draw(`${target.method} ${target.url.split('?')[0]}`);
    if (await strikesBefore(faults, held, request, response)) return;
    if (target.component === 'batch') return turnAway(request, response, refusals.unused('batch'));
    const judged = judge(target, request.headers);
    if (judged && 'refusal' in judged) return turnAway(request, response, judged.refusal);
    const pass = () => forward({ target, faults, authorization: judged?.authorization, request, response });
    const refusal = await guard.run(target, pass);
    if (refusal) turnAway(request, response, refusal);
    letGo(held);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) {
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
  held: Held,
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

const turnAway = (
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Parameters<typeof sendRefusal>[2],
): void => {
  request.resume(); // the rest of the body is not wanted
  sendRefusal(response, request.method ?? 'GET', refusal);
};
