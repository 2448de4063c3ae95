/**
 * Callers known by a link alone: the token in a header makes them its holder and nothing more.
 * From: routes that say so. Next: the matrix, as for everybody; whether the token is good, the route finds out.
 * Who sends no token is who they else are, and the matrix refuses them.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import type { Principal } from '../contracts/access.ts';
import type { Caller } from './access.ts';

export const linkHeader = 'x-link-token';

/** Tokens by the caller they made, so that the id of a caller, which is logged, never holds one. */
const tokens = new WeakMap<Caller, string>();

export type LinkIdentify = (request: HttpRequest) => Caller | undefined;

const tokenPattern = /^[A-Za-z0-9_.-]{16,500}$/;

/** The holder of a link as a caller; undefined without a token that could be one. */
export const linkCaller =
  (principal: Principal): LinkIdentify =>
  (request) => {
    const token = request.headers.get(linkHeader) ?? '';
    if (!tokenPattern.test(token)) return undefined;
    const id = `link:${createHash('sha256').update(token).digest('hex').slice(0, 32)}`;
    const caller: Caller = { id, principals: [principal] };
    tokens.set(caller, token);
    return caller;
  };

/** The token a caller came with; empty for who came otherwise. */
export const tokenOf = (caller: Caller): string => tokens.get(caller) ?? '';
