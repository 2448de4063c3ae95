/**
 * Looks at what is sensitive: each leaves a record of who, what and when, never of what was seen.
 * From: `http-call.ts`, once an answer stands. Next: the log of reads; `GET api/access-log` lists it.
 */
import { createHash } from 'node:crypto';
import type { InvocationContext } from '@azure/functions';
import { cellOf, type ActionName, type FieldName, type Principal } from '../contracts/access.ts';
import { sensitiveActions, sensitiveFields, watchedPrincipals } from '../contracts/sensitive-reads.ts';
import { textOfInstant, type Instant } from '../domain/calendar.ts';
import type { ReadLog, SensitiveRead } from '../ports/read-log.ts';
import type { Caller } from './access.ts';
import { isSaid, principalsFor, sightOf, type FieldPaths } from './fields.ts';
import { logInfo } from './log.ts';

type Route = { name: string; action: ActionName; fields?: FieldPaths };
type Look = {
  caller: Caller;
  params: unknown;
  query: unknown;
  now: Instant;
  shown: ReadonlySet<FieldName>;
  /** Why glass was broken, where the caller sees it by that alone: every such read is kept. */
  reason?: string | undefined;
};

/** Places of the query string that name what is looked at; what people search for is none of them. */
const namedInQuery = ['company', 'account', 'person', 'personId', 'group'];

/** Sensitive fields an answer holds unmasked. */
export const sensitiveShown = (
  { action, fields = {} }: Route,
  principals: readonly Principal[],
  answer: unknown,
): FieldName[] => {
  const seenAs = principalsFor(principals, action);
  return Object.entries(fields)
    .filter(([path, field]) => sensitiveFields.has(field) && isSaid(answer, path.split('.')))
    .filter(([, field]) => sightOf(field, seenAs) === 'plain')
    .map(([, field]) => field);
};

/** What is lent to people of other firms, not what everybody may see. */
const isWatched = (action: ActionName, who: Principal): boolean =>
  watchedPrincipals.has(who) && cellOf(action, who).scope === 'G';

/** @throws when the log does not take it: the answer is then not given. */
export const noteSensitiveRead = async (
  edge: { readLog: ReadLog },
  { name, action }: Route,
  { caller, params, query, now, shown, reason }: Look,
  context: InvocationContext,
): Promise<void> => {
  const as = principalsFor(caller.principals, action);
  const isSensitive =
    reason !== undefined || action in sensitiveActions || as.some((who) => isWatched(action, who));
  if (caller.id === undefined || (!isSensitive && shown.size === 0)) return;
  const at = textOfInstant(now);
  const look = {
    ...{ day: at.slice(0, 10), at, who: caller.id, as, action, route: name },
    ...{ about: { ...textsOf(params), ...textsOf(query, namedInQuery) }, fields: [...shown].toSorted() },
    ...(reason === undefined ? purposeOf(query) : { purpose: reason }),
  };
  logInfo(context, 'sensitive-read', { caller: caller.id, route: name, action });
  await (isSensitive
    ? edge.readLog.note({ id: `${at}:${context.invocationId}`, ...look })
    : noteOncePerHour(edge.readLog, look));
};

const mostRemembered = 10_000;
const noted = new WeakMap<ReadLog, Set<string>>();

/**
 * A page that shows a sensitive field among others is opened many times a day: the first look of an hour stands for
 * those behind it, so that a page costs no write each time.
 */
const noteOncePerHour = async (log: ReadLog, look: Omit<SensitiveRead, 'id'>): Promise<void> => {
  const same = JSON.stringify([look.who, look.route, look.about, look.fields]);
  const hash = createHash('sha256').update(same).digest('hex').slice(0, 32);
  const id = `${look.at.slice(0, 13)}:00:00Z:${hash}`;
  const known = noted.get(log) ?? new Set();
  noted.set(log, known);
  if (known.has(id)) return;
  await log.note({ id, ...look });
  if (known.size >= mostRemembered) known.clear();
  known.add(id);
};

const textsOf = (values: unknown, names?: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries((values ?? {}) as Record<string, unknown>)
      .filter(([name, value]) => value !== undefined && (names === undefined || names.includes(name)))
      .map(([name, value]) => [name, String(value).slice(0, 200)]),
  );

const purposeOf = (query: unknown): { purpose?: string } => {
  const { purpose } = (query ?? {}) as { purpose?: unknown };
  return typeof purpose === 'string' ? { purpose: purpose.slice(0, 500) } : {};
};
