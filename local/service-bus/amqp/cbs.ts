/**
 * `put-token`: the SDK shows its signature before every link and again every 45 minutes.
 * From: `$cbs`. Next: the connection's tokens, which every link is measured by.
 */
import { BusError, notImplemented, unauthorized } from '../core/errors.ts';
import type { Peer } from './peer.ts';
import type { Answer, Request } from './replies.ts';
import { verifyToken } from './rights.ts';

export const putToken = (peer: Peer, { application_properties: asked = {}, body }: Request): Answer => {
  if (asked['operation'] !== 'put-token')
    throw notImplemented(`$cbs does not know the operation '${String(asked['operation'])}'.`);
  if (asked['type'] !== 'servicebus.windows.net:sastoken')
    throw unauthorized(`InvalidToken: tokens of type '${String(asked['type'])}' are not accepted here.`);
  if (typeof body !== 'string')
    throw new BusError('com.microsoft:argument-error', 400, 'The token is no text.');
  const token = verifyToken(body, peer.server.topology);
  peer.tokens.set(`${token.holder} ${token.path}`, token);
  return { status: 202, description: 'Accepted' };
};
