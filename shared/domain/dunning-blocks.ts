/**
 * What keeps a whole company silent: feeds that are too old, a bank day missing, a morning check that is red, the
 * switch (B4, `defaults.md` §2.5).
 * From: feeds, settings. Next: the frame of planner and gate.
 */
import type { BusinessCalendar } from './business-days.ts';
import { addDays, dayAt, instantFromText, type Day, type Instant } from './calendar.ts';
import type { Company } from './company.ts';
import type { Feed } from './feed.ts';
import { bookFeeds, provenBy, staleBecause, type Arrival } from './freshness.ts';
import { judgeLine, type Control } from './morning-check.ts';
import type { WithheldReason } from './withheld-reasons.ts';

type Known = {
  company: Company;
  arrivals: readonly Arrival[];
  control?: { on: Day; balances: Control };
  /** Of every scope snapshots came for. */
  feeds: readonly Pick<Feed, 'check' | 'scope'>[];
  isStopped: boolean;
};

/** In a fixed order; empty when nothing keeps it. */
export const companyBlocks = (known: Known, now: Instant, calendar: BusinessCalendar): WithheldReason[] => {
  const { company, arrivals, feeds, isStopped } = known;
  const reasons = new Set<WithheldReason>(isStopped ? ['stop-all'] : []);
  if (company.mode === 'erpLed') {
    for (const reason of staleBecause(arrivals, now, company.zone, calendar)) reasons.add(reason);
    if (provenBy(arrivals, known.control !== undefined, now).colour === 'red') reasons.add('feed-stale');
    if (feeds.some((feed) => isRed(feed, known))) reasons.add('reconciliation-red');
  }
  return [...reasons];
};

/** Red and released by nobody. A control account is of the whole company and of its own day alone. */
const isRed = ({ check, scope }: Pick<Feed, 'check' | 'scope'>, { control, company }: Known): boolean => {
  if (check === undefined || check.released !== undefined) return false;
  const isWhole = Object.keys(scope).length === 0;
  const isThatDay = control !== undefined && control.on === dayAt(instantFromText(check.asOf), company.zone);
  const balances = isWhole && isThatDay ? control.balances : undefined;
  return check.lines.some((line) => judgeLine(line, check.isExplained, balances).colour === 'red');
};

/**
 * The last day up to which money is known: by bank files where there are any, else by the ERP, of whose last day a file
 * tells nothing yet; where the book is kept here without bank files it is typed in the day it comes.
 */
export const cashReaches = (
  { mode, zone }: Company,
  arrivals: readonly Arrival[],
  today: Day,
): Day | undefined => {
  const bank = arrivals.filter(({ kind }) => kind === 'bankStatement');
  if (bank.length > 0) return bank.map(({ bookedOn = '' as Day }) => bookedOn).toSorted()[0];
  if (mode === 'dunwellLed') return today;
  const seen = arrivals
    .filter(({ kind }) => bookFeeds.includes(kind))
    .map(({ asOf, receivedAt }) => addDays(dayAt(instantFromText(asOf ?? receivedAt), zone), -1));
  return seen.toSorted().at(-1);
};
