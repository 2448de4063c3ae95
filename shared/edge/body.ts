/**
 * Bodies of requests: bytes up to a limit, and JSON that means the same to every reader of it.
 * From: the HTTP wrappers. Next: the schema of the route.
 */
import type { HttpRequest } from '@azure/functions';
import { topology } from '../contracts/topology.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { faultOfJson } from './json-text.ts';

const mostJsonBytes = topology.limits['jsonBodyBytes'] ?? 1_048_576;

/** The whole body; refused as soon as it is known to be larger than allowed. */
export const bytesOf = async (
  request: HttpRequest,
  mostBytes = mostJsonBytes,
): Promise<Outcome<Uint8Array, 'body-too-large'>> => {
  const tooLarge = refuse('body-too-large', `At most ${mostBytes} bytes are taken here.`);
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return tooLarge;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > mostBytes ? tooLarge : done(bytes);
};

const jsonType = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** The value of a JSON body, `undefined` of an empty one. */
export const jsonOf = (
  request: HttpRequest,
  bytes: Uint8Array,
): Outcome<unknown, 'body-type-not-right' | 'input-not-valid'> => {
  if (bytes.byteLength === 0) return done(undefined);
  if (!jsonType.test(request.headers.get('content-type') ?? ''))
    return refuse('body-type-not-right', 'Send application/json in UTF-8.');
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return refuse('input-not-valid', 'The body is not JSON in UTF-8.');
  }
  const fault = faultOfJson(text);
  return fault === undefined ? done(value) : refuse('input-not-valid', fault);
};
