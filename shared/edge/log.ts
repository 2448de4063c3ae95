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

/** What a fault says of itself, for logs and parked work. */
export const messageOf = (fault: unknown): string =>
  fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);

const lineOf = (what: string, facts: Facts): string => JSON.stringify({ what, ...facts });
