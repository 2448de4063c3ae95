/**
 * The idempotency key contract: the first answer to a key is the answer, for 24 hours of the business clock.
 * From: `router.ts`, for POST. Next: the same answer again, or a refusal. A refusal of wrong parameters is not
 * kept (nothing had begun); everything after that is, failures of the provider included.
 */
import { Refusal } from './errors.ts';
import type { Stored } from './objects.ts';
import type { Store } from './store.ts';

export const answersKeptMs = 24 * 3_600_000;

export type KeyedRequest = { account: string; key: string; path: string; asked: string };
export type KeptAnswer = Stored['answer']['object'];

export type IdempotencyKeys = {
  /** The answer to give again, if there is one. @throws Refusal for another request, or one still running. */
  recall(request: KeyedRequest, nowMs: number): KeptAnswer | undefined;
  /** From here on the same key is refused until `end`. */
  begin(request: KeyedRequest): void;
  end(request: KeyedRequest): void;
  /** To be called inside the transaction of the effect. */
  keep(request: KeyedRequest, answer: { status: number; body: string }, nowMs: number): void;
};

export const openIdempotencyKeys = (store: Store): IdempotencyKeys => {
  const running = new Set<string>();
  const idOf = ({ account, key }: KeyedRequest) => `${account} ${key}`;
  return {
    recall: (request, nowMs) => {
      const { key, path, asked } = request;
      if (key.length > 255) throw mismatch(400, 'Idempotency keys can be at most 255 characters long.');
      if (running.has(idOf(request))) throw inUse(key);
      const kept = store.get('answer', request.account, idOf(request))?.object;
      if (!kept || kept.atMs <= nowMs - answersKeptMs) return undefined;
      if (kept.path !== path)
        throw mismatch(
          400,
          `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${kept.path}' vs '${path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      if (kept.asked !== asked)
        throw mismatch(
          400,
          `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        );
      return kept;
    },
    begin: (request) => void running.add(idOf(request)),
    end: (request) => void running.delete(idOf(request)),
    keep: (request, { status, body }, nowMs) => {
      const { path, asked, account } = request;
      store.put('answer', account, { object: { id: idOf(request), path, asked, status, body, atMs: nowMs } });
    },
  };
};

const mismatch = (status: number, message: string) =>
  new Refusal(status, { type: 'idempotency_error', message });

const inUse = (key: string) =>
  new Refusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
