/**
 * What an open break-glass lets an administrator see: what an executive reads, of the companies named, and no more.
 * From: `http-call.ts`, where the matrix alone says no. Next: the call goes on as an executive's, each read in the log.
 */
import type { HttpResponseInit } from '@azure/functions';
import { cellOf, kindOf, type ActionName } from '../contracts/access.ts';
import { glass, type Glass } from '../contracts/break-glass.ts';
import type { Instant } from '../domain/calendar.ts';

/** Leaves the house in bulk: not through broken glass. */
const neverLent: ReadonlySet<ActionName> = new Set<ActionName>(['rep.export', 'aud.export', 'leg.pack.read']);

/** Whether an executive reads all by this action and an administrator nothing. */
export const isLentByGlass = (action: ActionName): boolean =>
  kindOf(action) === 'R' &&
  !neverLent.has(action) &&
  cellOf(action, 'EXE').scope === 'A' &&
  cellOf(action, 'ADM').scope === '-';

export type OpenGlass = Pick<Glass, 'companyIds' | 'reason'> & { untilAt: string };

/** The kept request where it is open at an instant. @throws ZodError when somebody kept what is none. */
export const openGlass = (value: unknown, now: Instant): OpenGlass | undefined => {
  const { state, fromAt, untilAt, companyIds, reason } = glass.parse(value);
  if (state !== 'approved' || fromAt === undefined || untilAt === undefined) return undefined;
  const at = now.epochMilliseconds;
  return Date.parse(fromAt) <= at && at < Date.parse(untilAt) ? { companyIds, reason, untilAt } : undefined;
};

/** The client shows a banner as long as answers say so. */
export const withBanner = (answer: HttpResponseInit, untilAt: string): HttpResponseInit => ({
  ...answer,
  headers: { ...(answer.headers as Record<string, string>), 'x-break-glass-until': untilAt },
});
