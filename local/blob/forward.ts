/**
 * Passes one request on: to Azurite, onto the disk, back to the caller, with the faults on that way.
 * From: the proxy, once it has judged the request. Next: `upstream.ts`. Bodies stream through; only
 * a request that the fault switch doubles is held whole.
 */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Fault } from '../kit/faults.ts';
import type { Target } from './target.ts';
import type { Upstream } from './upstream.ts';

export type Passing = {
  target: Target;
  faults: Fault[];
  /** Takes the place of the caller's signature. */
  authorization: string | undefined;
  request: IncomingMessage;
  response: ServerResponse;
};

/** Bytes of a request that may be held to be doubled. */
const maxHeldBytes = 256 * 1024 * 1024;

/** `saved` resolves when what Azurite has answered is on disk; a change is acknowledged only then. */
export const createForward =
  (upstream: Upstream, saved: () => Promise<void>) =>
  async (one: Passing): Promise<void> => {
    const { target, request, response } = one;
    const has = (kind: Fault['kind']) => one.faults.some((fault) => fault.kind === kind);
    const headers = headersOf(request, one.authorization);
    const body = has('duplicate') ? await readWhole(request) : request;
    if (Buffer.isBuffer(body)) (await upstream.send(target, headers, body)).resume();
    const answer = await upstream.send(target, headers, body);
    const reads = target.method === 'GET' || target.method === 'HEAD';
    if (!reads) await saved(); // a refusal, too, may rest on a change that is not on disk yet
    if (has('reset-after') || has('lost-answer')) {
      answer.resume();
      if (has('reset-after')) response.destroy();
      return;
    }
    response.writeHead(answer.statusCode!, answer.statusMessage, withoutHopHeaders(answer.rawHeaders));
    await pipeline(answer, response);
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
