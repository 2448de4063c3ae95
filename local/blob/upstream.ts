/**
 * Carries a request to Azurite and its answer back, as streams.
 * From: the proxy. Next: Azurite.
 */
import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { authorizationFor } from './rights.ts';
import type { Target } from './target.ts';

export type Upstream = {
  /** Sends the request with this body and resolves with Azurite's answer, not yet read. @throws on broken streams */
  send(
    target: Target,
    headers: OutgoingHttpHeaders,
    body: IncomingMessage | Buffer,
  ): Promise<IncomingMessage>;
  /** Whether a committed blob has this name. */
  exists(target: Target): Promise<boolean>;
  close(): void;
};

export const openUpstream = (port: number): Upstream => {
  const agent = new Agent({ keepAlive: true });

  const send: Upstream['send'] = (target, headers, body) =>
    new Promise((resolve, reject) => {
      const { method, url: path } = target;
      const upstream = httpRequest({ host: '127.0.0.1', port, agent, method, path, headers });
      upstream.once('response', resolve);
      upstream.on('error', reject);
      if (Buffer.isBuffer(body)) upstream.end(body);
      else pipeline(body, upstream).catch(reject); // ends the request at Azurite when the client goes away
    });

  return {
    send,
    exists: async ({ url }) => {
      const path = url.split('?')[0]!;
      const head: Target = {
        method: 'HEAD',
        url: path,
        query: new URLSearchParams(),
        container: '',
        blob: '',
        component: '',
      };
      const headers: IncomingHttpHeaders = {
        'x-ms-date': new Date().toUTCString(),
        'x-ms-version': '2025-11-05',
      };
      const authorization = authorizationFor(head, headers);
      const answer = await send(head, { ...headers, authorization }, Buffer.alloc(0));
      answer.resume();
      return answer.statusCode === 200;
    },
    close: () => agent.destroy(),
  };
};
