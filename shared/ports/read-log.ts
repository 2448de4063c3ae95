/**
 * Who looked at what is nobody's but a few people's: bank details, tax ids, exports, other people's access.
 * From: the edge, before the answer leaves. Next: `shared/azure/cosmos-read-log.ts`, `tests/support/memory`. Kept 400
 * days. It holds ids of what was looked at and never its content.
 */
import type { Scope } from '../domain/scope.ts';

export type SensitiveRead = {
  /** In order of time within its day; the same again is the same look. */
  id: string;
  /** Calendar day of `at` in UTC. */
  day: string;
  /** ISO instant. */
  at: string;
  /** Issuer tenant and object id. */
  who: string;
  /** In which of their roles, by the names of the matrix. */
  as: readonly string[];
  action: string;
  /** Name of the route. */
  route: string;
  /** Ids of what was looked at, by the names the route gives them. */
  about: Readonly<Record<string, string>>;
  /** Fields of `access-fields.csv` that made it sensitive; none where the action itself is. */
  fields: readonly string[];
  /** What for, where the route asks. */
  purpose?: string | undefined;
};

export type ReadLogPage = { reads: SensitiveRead[]; after?: string };

export interface ReadLog {
  /** Keeps a look; one of the same id stays as it is. It asks for no scope: who looked is the caller. */
  note(read: SensitiveRead): Promise<void>;
  /** Looks of one day in order of time, behind `after`. @throws outside a scope over every company. */
  page(
    scope: Scope,
    asked: {
      day: string;
      who?: string | undefined;
      action?: string | undefined;
      limit: number;
      after?: string | undefined;
    },
  ): Promise<ReadLogPage>;
}
