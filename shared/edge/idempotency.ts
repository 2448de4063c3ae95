/**
 * One effect per Idempotency-Key: the first call with a key works, later ones get its answer.
 * From: `http-write.ts`. Next: the store of requests.
 * A call that died half-way is held for a while, then the next one works again; workflows take that, since
 * their ids derive from content.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import { isProblemCode, problemOf, type ProblemCode } from '../contracts/problems.ts';
import type { Instant } from '../domain/calendar.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { KeptAnswer, RequestStore } from '../ports/request-store.ts';

/** What a write answers, before it becomes an HTTP answer. */
export type Written = { status: number; json: string };

/** Longer than any write takes. */
const holdSeconds = 60;
/** A longer answer is not kept: its call, repeated, works again. */
const mostKeptCharacters = 500_000;

/** @throws what `work` throws; the next call with the key then works afresh. */
export const onceOnly = async (
  requests: RequestStore,
  { callerId, key, hash, now }: { callerId: string; key: string; hash: string; now: Instant },
  work: () => Promise<Outcome<Written, ProblemCode>>,
): Promise<Outcome<Written, ProblemCode>> => {
  const name = { callerId, key };
  const begun = await requests.begin(name, { hash, now, holdUntil: now.add({ seconds: holdSeconds }) });
  if (begun.is !== 'begun') {
    if (begun.hash !== hash) return refuse('idempotency-key-reused', 'It was sent with other content.');
    return begun.is === 'running'
      ? refuse('request-in-progress', 'The first call with this key has not been answered.')
      : outcomeOf(begun.answer);
  }
  try {
    const outcome = await work();
    const answer = keptOf(outcome);
    await (answer
      ? requests.end(name, { hash, mark: begun.mark }, answer)
      : requests.forget(name, begun.mark));
    return outcome;
  } catch (fault) {
    await requests.forget(name, begun.mark);
    throw fault;
  }
};

/** What makes two requests the same: where they go, and every byte of what they say. */
export const hashOfRequest = (request: HttpRequest, routeName: string, body: Uint8Array): string => {
  const { pathname, search } = new URL(request.url);
  const head = JSON.stringify([request.method, routeName, pathname, search]);
  return createHash('sha256').update(head).update('\n').update(body).digest('hex');
};

/** Refusals stand as well, but for those that ask to try again. */
const keptOf = (outcome: Outcome<Written, ProblemCode>): KeptAnswer | undefined => {
  if (!outcome.ok) return problemOf(outcome.code, '').status >= 500 ? undefined : outcome;
  return outcome.value.json.length > mostKeptCharacters ? undefined : { ok: true, ...outcome.value };
};

const outcomeOf = (answer: KeptAnswer): Outcome<Written, ProblemCode> => {
  if (answer.ok) return done({ status: answer.status, json: answer.json });
  return refuse(isProblemCode(answer.code) ? answer.code : 'unexpected', answer.detail);
};
