/**
 * What a pair of duties is to its test: who asks, who approves, how both are called.
 * From and next: `separation-pairs.ts`, `separation-dunning.ts`, `separation.test.ts`.
 */
import type { ActionName, Principal } from '../../shared/contracts/access.ts';
import type { Answer } from './world.ts';

/** Calls a route by its name as the one whose turn it is. */
export type CallAs = (route: string, path: string, body?: object) => Promise<Answer>;

export type Pair = {
  asks: ActionName;
  approves: ActionName;
  /** Whose token has both roles. */
  as: readonly [Principal, Principal];
  /** Makes a request; gives what `decide` needs. `n` tells one run of a pair from the next. */
  ask?: (call: CallAs, n: number) => Promise<string>;
  decide?: (call: CallAs, asked: string) => Promise<Answer>;
  /** Why its route asks no second person. */
  alone?: string;
};

export const acme = 'api/companies/acme';
export const reason = 'an example';
export const answered = (answer: Answer): Record<string, unknown> => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
};
