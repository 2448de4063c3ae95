/**
 * Lists of cases: what is open by owner and age, and where problems come from.
 * From: the list of cases, as far as the reader sees them. Next: weekly and monthly reports.
 */
import { daysBetween, type Day } from '../../shared/domain/calendar.ts';
import { sum, zero, type AmountMinor } from '../../shared/domain/money.ts';
import type { CaseFilter, CaseRow } from '../../shared/ports/case-index.ts';
import {
  count,
  day,
  money,
  perPage,
  text,
  type ReadSection,
  type SectionCall,
  type SectionParts,
} from './section-cells.ts';
import { eachOf, rowList, wholeAt } from './section-rows.ts';

/** The latest opened first. */
export const casesOf = (
  { cases }: SectionParts,
  { scope, company: { companyId } }: SectionCall,
  filter: CaseFilter,
  sinceOn?: Day,
) =>
  eachOf<CaseRow>(async (after) => {
    const asked = { order: 'opened' as const, limit: perPage, ...(after !== undefined && { after }) };
    const { rows, after: next } = await cases.list(scope, companyId, filter, asked);
    const found = sinceOn === undefined ? rows : rows.filter(({ openedOn }) => openedOn >= sinceOn);
    return { found, after: found.length < rows.length ? undefined : next };
  });

const caseColumns = [
  ...['case', 'owner', 'department', 'account', 'code'],
  ...['currency', 'amount', 'opened', 'due', 'missing'],
];

type OwnerSum = { cases: number; amount: AmountMinor; oldestOn: Day; late: number };

/** The oldest of each owner first. */
export const problemSections: ReadSection = async (parts, call) => {
  const owners = new Map<string, OwnerSum>();
  const open: CaseRow[] = [];
  for await (const one of casesOf(parts, call, { isOpen: true })) {
    const key = `${one.owner}\t${one.currency}`;
    const before = owners.get(key) ?? { cases: 0, amount: zero, oldestOn: one.openedOn, late: 0 };
    owners.set(key, {
      ...{ cases: before.cases + 1, amount: sum(before.amount, one.amount) },
      oldestOn: one.openedOn < before.oldestOn ? one.openedOn : before.oldestOn,
      late: before.late + (one.dueOn !== undefined && one.dueOn < call.dueOn ? 1 : 0),
    });
    open.push(one);
  }
  const list = rowList({
    ...{ title: 'Cases', columns: caseColumns, wholeAt: wholeAt(call.company.companyId, 'cases') },
  });
  for (const one of open.toSorted((a, b) => compare(`${a.owner} ${a.openedOn}`, `${b.owner} ${b.openedOn}`)))
    list.add([
      ...[text(one.id), text(one.owner), text(one.department), text(one.accountId), text(one.code)],
      ...[text(one.currency), money(one.amount, one.currency), day(one.openedOn), day(one.dueOn)],
      text(one.missingPapers.join(', ')),
    ]);
  return [
    {
      title: 'By owner',
      columns: ['owner', 'currency', 'cases', 'amount', 'oldest days', 'past their date'],
      rows: [...owners]
        .toSorted(([a], [b]) => compare(a, b))
        .map(([key, { cases, amount, oldestOn, late }]) => {
          const [owner = '', currency = ''] = key.split('\t');
          return [
            ...[text(owner), text(currency), count(cases), money(amount, currency)],
            ...[count(daysBetween(oldestOn, call.dueOn)), count(late)],
          ];
        }),
    },
    list.section(),
  ];
};

type CauseSum = { opened: number; amount: AmountMinor; open: number; amountOpen: AmountMinor };

/** Opened in the period, by the department that answers for them. */
export const causeSections: ReadSection = async (parts, call) => {
  const causes = new Map<string, CauseSum>();
  for await (const one of casesOf(parts, call, {}, call.firstOn)) {
    if (one.openedOn > call.lastOn) continue;
    const key = [one.department, one.code, one.currency].join('\t');
    const before = causes.get(key) ?? { opened: 0, amount: zero, open: 0, amountOpen: zero };
    causes.set(key, {
      ...{ opened: before.opened + 1, amount: sum(before.amount, one.amount) },
      open: before.open + (one.isOpen ? 1 : 0),
      amountOpen: one.isOpen ? sum(before.amountOpen, one.amount) : before.amountOpen,
    });
  }
  return [
    {
      title: 'Causes',
      columns: ['department', 'code', 'currency', 'opened', 'amount', 'still open', 'amount open'],
      rows: [...causes]
        .toSorted(([a], [b]) => compare(a, b))
        .map(([key, { opened, amount, open, amountOpen }]) => {
          const [department = '', code = '', currency = ''] = key.split('\t');
          return [
            ...[text(department), text(code), text(currency), count(opened), money(amount, currency)],
            ...[count(open), money(amountOpen, currency)],
          ];
        }),
    },
  ];
};

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
