/**
 * Links that work once, by the hash of their token: who holds one may do one thing until it ends.
 * From: decision links of cases, sign-in links of the portal. Next: `shared/azure/cosmos-tokens.ts`, memory in tests.
 * It asks for no scope: the token is what the holder may; its subject says about what. The token itself is kept
 * nowhere. Unknown, used, ended and made for something else answer alike.
 */
import type { Instant } from '../domain/calendar.ts';

export type LinkToken = {
  /** What it is good for, such as `decide` or `sign-in`; it is good for nothing else. */
  purpose: string;
  /** Ids of what it is about. */
  subject: Readonly<Record<string, string>>;
  /** Whom it was addressed to, by id. */
  person: string;
  /** ISO instants; it holds before `endsAt`. */
  madeAt: string;
  endsAt: string;
};

export type TokenAsked = { purpose: string; now: Instant };

export interface TokenStore {
  /** Keeps a token under its hash; `known`: one is there, and stays as it is, used or not. */
  keep(hash: string, token: LinkToken): Promise<'kept' | 'known'>;
  /** Reads it and leaves it good: pages and scanners of mail may look as often as they like. */
  look(hash: string, asked: TokenAsked): Promise<LinkToken | undefined>;
  /** Uses it up. `use` names the use: the same one again, after a crash, is the same use; any other finds nothing. */
  use(hash: string, asked: TokenAsked & { use: string }): Promise<LinkToken | undefined>;
}
