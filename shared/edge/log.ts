/**
 * One way to log: a word for what happened and the facts about it, never names, addresses or tokens.
 * From: the wrappers beside this file. Next: the platform's log, as one line of JSON.
 */
import type { InvocationContext } from '@azure/functions';

type Facts = Record<string, string | number | boolean | undefined>;

export const logInfo = (context: InvocationContext, what: string, facts: Facts): void =>
  context.info(lineOf(what, facts));

export const logWarning = (context: InvocationContext, what: string, facts: Facts): void =>
  context.warn(lineOf(what, facts));

export const logError = (context: InvocationContext, what: string, facts: Facts): void =>
  context.error(lineOf(what, facts));

/** What a fault says of itself, for logs and parked work. Some clients reject with objects that are no errors. */
export const messageOf = (fault: unknown): string => {
  if (fault instanceof Error) return `${fault.name}: ${fault.message}`;
  if (typeof fault !== 'object' || fault === null) return String(fault);
  const { name, code, message, body } = fault as Record<string, unknown>;
  const said = wordOf(message) ?? wordOf((body as { message?: unknown } | null | undefined)?.message);
  const what = [wordOf(name), wordOf(code)].filter((one) => one !== undefined).join(' ');
  const kind = what === '' ? (fault.constructor?.name ?? 'Object') : what;
  return `${kind}: ${said ?? `with ${Object.keys(fault).toSorted().join(', ')}`}`;
};

const wordOf = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;

const lineOf = (what: string, facts: Facts): string => JSON.stringify({ what, ...facts });
