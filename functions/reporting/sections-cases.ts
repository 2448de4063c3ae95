/**
 * Lists of cases: what is open by owner and age, and where problems come from.
 * From: the list of cases, as far as the reader sees them. Next: weekly and monthly reports.
 */
import { daysBetween, type Day } from '../../shared/domain/calendar.ts';
import { amountOf, type AmountMinor } from '../../shared/domain/money.ts';
import type { CaseFilter, CaseRow } from '../../shared/ports/case-index.ts';
import {
  allOf,
  count,
  day,
  money,
  perPage,
  text,
  type ReadSection,
  type SectionCall,
  type SectionParts,
} from './section-cells.ts';

const casesOf = (
  { cases }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
  filter: CaseFilter,
  sinceOn?: Day,
): Promise<CaseRow[]> =>
  allOf(async (after) => {
    const asked = { order: 'opened' as const, limit: perPage, ...(after !== undefined && { after }) };
    const { rows, after: next } = await cases.list(scope, companyId, filter, asked);
    const found = sinceOn === undefined ? rows : rows.filter(({ openedOn }) => openedOn >= sinceOn);
    return { found, after: found.length < rows.length ? undefined : next };
  });

/** The oldest of each owner first. */
export const problemSections: ReadSection = async (parts, call) => {
  const open = await casesOf(parts, call, { isOpen: true });
  const sorted = open.toSorted((a, b) => compare(`${a.owner} ${a.openedOn}`, `${b.owner} ${b.openedOn}`));
  const ages = Map.groupBy(sorted, ({ owner, currency }) => `${owner}\t${currency}`);
  return [
    {
      title: 'By owner',
      columns: ['owner', 'currency', 'cases', 'amount', 'oldest days', 'past their date'],
      rows: [...ages].map(([key, rows]) => {
        const [owner = '', currency = ''] = key.split('\t');
        const late = rows.filter(({ dueOn }) => dueOn !== undefined && dueOn < call.dueOn);
        return [
          ...[text(owner), text(currency), count(rows.length), money(sumOf(rows), currency)],
          ...[count(daysBetween(rows[0]!.openedOn, call.dueOn)), count(late.length)],
        ];
      }),
    },
    {
      title: 'Cases',
      columns: [
        'case',
        'owner',
        'department',
        'account',
        'code',
        'currency',
        'amount',
        'opened',
        'due',
        'missing',
      ],
      rows: sorted.map((one) => [
        ...[text(one.id), text(one.owner), text(one.department), text(one.accountId), text(one.code)],
        ...[text(one.currency), money(one.amount, one.currency), day(one.openedOn), day(one.dueOn)],
        text(one.missingPapers.join(', ')),
      ]),
    },
  ];
};

/** Opened in the period, by the department that answers for them. */
export const causeSections: ReadSection = async (parts, call) => {
  const opened = (await casesOf(parts, call, {}, call.firstOn)).filter(
    ({ openedOn }) => openedOn <= call.lastOn,
  );
  const groups = Map.groupBy(opened, ({ department, code, currency }) =>
    [department, code, currency].join('\t'),
  );
  const rows = [...groups].toSorted(([a], [b]) => compare(a, b));
  return [
    {
      title: 'Causes',
      columns: ['department', 'code', 'currency', 'opened', 'amount', 'still open', 'amount open'],
      rows: rows.map(([key, some]) => {
        const [department = '', code = '', currency = ''] = key.split('\t');
        const open = some.filter(({ isOpen }) => isOpen);
        return [
          ...[text(department), text(code), text(currency), count(some.length)],
          ...[money(sumOf(some), currency), count(open.length), money(sumOf(open), currency)],
        ];
      }),
    },
  ];
};

const sumOf = (rows: readonly CaseRow[]): AmountMinor =>
  rows.reduce((all, { amount }) => amountOf(all + amount), amountOf(0));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
