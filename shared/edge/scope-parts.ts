/**
 * What a letter of the matrix comes to for one person at one instant.
 * From: the cell of their role, and their reach. Next: `access.ts` makes the scope of all parts.
 */
import type { ScopeLetter } from '../contracts/access.ts';
import type { Reach } from '../contracts/reach.ts';
import type { Instant } from '../domain/calendar.ts';
import type { ScopePart } from '../domain/scope.ts';

export type Person = { id: string; reach: Reach };

/** What reaches everything, or everything but accounts, whoever it is. */
export const partOfAll = (letter: ScopeLetter): ScopePart | undefined => {
  if (letter === 'A') return { companies: 'all', accounts: { by: 'all' } };
  return letter === 'N' ? { companies: 'all', accounts: { by: 'none' } } : undefined;
};

/** P and S stay inside the person's own units: who leaves a unit takes no account along. */
export const partsOf = (letter: ScopeLetter, { id, reach }: Person, now: Instant): ScopePart[] => {
  const whole = partOfAll(letter);
  if (whole) return [whole];
  const companies = reach.companyIds;
  switch (letter) {
    case 'B':
      return [{ companies, accounts: { by: 'all' } }];
    case 'P': {
      const covered = reach.covers.filter((cover) => isActive(cover, now)).map((cover) => cover.collectorId);
      return [{ companies, accounts: { by: 'collector', ids: [id, ...covered] } }];
    }
    case 'S':
      return [{ companies, accounts: { by: 'salesOwner', ids: [id, ...reach.teams] } }];
    case 'G':
      return reach.grants
        .filter((grant) => isActive(grant, now))
        .map(({ companyId, accountId, itemIds }) => ({
          companies: [companyId],
          accounts: { by: 'grant', accountId, itemIds },
        }));
    default:
      // customers and links say what they reach by other means than a reach
      return [];
  }
};

const isActive = ({ fromAt, untilAt }: { fromAt: string; untilAt: string }, now: Instant): boolean =>
  Date.parse(fromAt) <= now.epochMilliseconds && now.epochMilliseconds < Date.parse(untilAt);
