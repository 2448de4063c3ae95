/**
 * Who works an account: by hand, by rule, or nobody's in the pool; and who stands in while somebody is away.
 * From: accounts, a company's rules, absences. Next: facts of accounts, the lists of collectors.
 */
import type { Day } from './calendar.ts';
import { compareText } from './worklist-account.ts';

export type AssignableAccount = {
  accountId: string;
  assignedTo?: string;
  /** A person chose: rules leave it alone. */
  byHand?: boolean;
  segment?: string;
  salesOwners?: readonly string[];
  country?: string;
  currency?: string;
};

/** Absent conditions hold for all; the first rule that fits decides. */
export type AssignmentRule = {
  name: string;
  segments?: readonly string[];
  salesOwners?: readonly string[];
  countries?: readonly string[];
  currencies?: readonly string[];
  /** The one with the fewest accounts gets the next; none: the pool. */
  to: readonly string[];
};

export type Move = { accountId: string; from?: string; to?: string; because: string };

const fits = (rule: AssignmentRule, account: AssignableAccount): boolean =>
  holds(rule.segments, account.segment) &&
  holds(rule.countries, account.country) &&
  holds(rule.currencies, account.currency) &&
  (rule.salesOwners === undefined ||
    rule.salesOwners.some((owner) => account.salesOwners?.includes(owner) ?? false));

const holds = (wanted: readonly string[] | undefined, is: string | undefined): boolean =>
  wanted === undefined || (is !== undefined && wanted.includes(is));

/**
 * What changes hands by the rules; nobody is moved who is in the right place. The same whatever the order of the
 * accounts: they are dealt out by number.
 */
export const movesByRule = (
  accounts: readonly AssignableAccount[],
  rules: readonly AssignmentRule[],
): Move[] => {
  const load = new Map<string, number>();
  const count = (who: string | undefined, by: number) =>
    who === undefined ? undefined : load.set(who, (load.get(who) ?? 0) + by);
  for (const { assignedTo } of accounts) count(assignedTo, 1);
  return accounts
    .toSorted((a, b) => compareText(a.accountId, b.accountId))
    .flatMap((account): Move[] => {
      const rule = account.byHand === true ? undefined : rules.find((one) => fits(one, account));
      const { accountId, assignedTo: from } = account;
      if (rule === undefined || (from !== undefined && rule.to.includes(from))) return [];
      const to = rule.to.toSorted((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || compareText(a, b))[0];
      if (to === from) return [];
      count(from, -1);
      count(to, 1);
      return [
        {
          accountId,
          because: rule.name,
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
        },
      ];
    });
};

/** Away from the first to the last day, both included. */
export type Absence = { who: string; firstOn: Day; lastOn: Day; deputy: string };

/**
 * Who does somebody's work on a day: a deputy, or the deputy's where that one is away, too; `fallback` (the manager)
 * where the deputies lead round in a circle. Work is back by itself the day after the last.
 */
export const workerOn = (who: string, today: Day, absences: readonly Absence[], fallback: string): string => {
  const seen = new Set<string>();
  let worker = who;
  for (let away = absenceOf(worker, today, absences); away !== undefined;) {
    if (seen.has(worker)) return fallback;
    seen.add(worker);
    worker = away.deputy;
    away = absenceOf(worker, today, absences);
  }
  return worker;
};

/** Of two absences of one person on a day, the one that began last. */
const absenceOf = (who: string, today: Day, absences: readonly Absence[]): Absence | undefined =>
  absences
    .filter((one) => one.who === who && one.firstOn <= today && today <= one.lastOn)
    .toSorted((a, b) => compareText(a.firstOn, b.firstOn) || compareText(a.deputy, b.deputy))
    .at(-1);

/** An account of the pool, locked to one person until an instant (ms after 1970). */
export type PoolEntry = { accountId: string; lock?: { by: string; untilMs: number } };

/** The first of the pool (in the order of the worklist) that nobody else has; one's own lock first. */
export const pullFromPool = (
  pool: readonly PoolEntry[],
  { by, nowMs, lockMs }: { by: string; nowMs: number; lockMs: number },
): PoolEntry | undefined => {
  const held = ({ lock }: PoolEntry): boolean => lock !== undefined && lock.untilMs > nowMs;
  const own = pool.find((entry) => entry.lock?.by === by && held(entry));
  const next = own ?? pool.find((entry) => !held(entry));
  return next === undefined
    ? undefined
    : { accountId: next.accountId, lock: { by, untilMs: nowMs + lockMs } };
};
