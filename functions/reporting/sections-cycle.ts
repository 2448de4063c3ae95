/**
 * How many days cases take from open to resolved, by code and owner, beside what is open and past its date (R81).
 * From: the list of cases, as far as the reader sees them. Next: the weekly report of problems.
 */
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { cycleTimes } from '../../shared/domain/metrics-cases.ts';
import type { CaseRow } from '../../shared/ports/case-index.ts';
import { count, text, type ReadSection } from './section-cells.ts';
import { casesOf, compare } from './sections-cases.ts';

const resolvedDays = 90;
/** Cases opened before these days are in none of its figures. */
const openedDays = 365;

type One = { openedOn: Day; resolvedOn?: Day; isLate: boolean };

/** Closed ones alone would flatter: what is open stands beside them. */
export const cycleSections: ReadSection = async (parts, call) => {
  const { dueOn: lastOn } = call;
  const groups = new Map<string, One[]>();
  for await (const row of casesOf(parts, call, {}, addDays(lastOn, -openedDays)))
    for (const name of [`code\t${row.code}`, `owner\t${row.owner}`]) {
      const group = groups.get(name) ?? [];
      group.push(oneOf(row, lastOn));
      groups.set(name, group);
    }
  const firstOn = addDays(lastOn, 1 - resolvedDays);
  const rows = [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([name, cases]) => {
      const [by = '', what = ''] = name.split('\t');
      const { resolved, open, oldestOpenDays } = cycleTimes(cases, { firstOn, lastOn });
      return [
        ...[text(by), text(what), count(resolved?.count ?? 0)],
        ...[resolved?.median, resolved?.percentile90].map((days) =>
          days === undefined ? text('') : count(days),
        ),
        ...[count(open), oldestOpenDays === undefined ? text('') : count(oldestOpenDays)],
        count(cases.filter(({ isLate }) => isLate).length),
      ];
    });
  const columns = [
    'by',
    'what',
    'resolved',
    'median days',
    '90 % within',
    'open',
    'oldest days',
    'past date',
  ];
  const note = `Resolved in the last ${resolvedDays} days; of cases opened in the last ${openedDays}.`;
  return [{ title: 'Days to resolve', columns, rows, note }];
};

const oneOf = ({ openedOn, closedOn, isOpen, dueOn }: CaseRow, lastOn: Day): One => ({
  openedOn,
  ...(closedOn === undefined ? {} : { resolvedOn: closedOn }),
  isLate: isOpen && dueOn !== undefined && dueOn < lastOn,
});
