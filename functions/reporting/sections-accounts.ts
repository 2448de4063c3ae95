/**
 * Lists over all accounts of a company: what is with agencies and lawyers, who owes most, whose tasks are past due.
 * From: heads, page by page, once a week or month. Next: the month-end pack, the week of the team.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { inEuroCents } from '../../shared/domain/euro-limits.ts';
import { amountOf, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { WorklistRow } from '../../shared/domain/worklist-row.ts';
import { count, day, money, perPage, text, type ReadSection } from './section-cells.ts';
import { rowList, wholeAt } from './section-rows.ts';
import { headsIn, overdueOf } from './sections-own.ts';

const handedOver = ['placed', 'legal', 'insolvent'];
const largestShown = 20;
const mostPastDue = 1_000;

/** Sums of one currency each. */
const balancesOf = ({ balances }: AccountHead) =>
  Object.entries(balances).filter(([, { open }]) => open !== 0);

export const handedOverSections: ReadSection = async (parts, call) => {
  const columns = ['status', 'account', 'since', 'until', 'currency', 'open'];
  const rows = rowList({ title: 'Agency and legal', columns, wholeAt: 'api/search' });
  for await (const head of headsIn(parts, call))
    for (const { code, placedOn, untilOn } of head.holds)
      if (handedOver.includes(code))
        for (const [currency, { open }] of balancesOf(head))
          rows.add([
            ...[text(code), text(head.accountId), day(placedOn), day(untilOn)],
            ...[text(currency), money(open, currency)],
          ]);
  return [rows.section()];
};

type Owing = { head: AccountHead; currency: Currency; amount: AmountMinor; size: AmountMinor };
const largestOf = (owing: readonly Owing[]): Owing[] =>
  owing.toSorted((a, b) => b.size - a.size).slice(0, largestShown);

/** By what is overdue, amounts of several currencies compared as limits compare them. */
export const largestSections: ReadSection = async (parts, call) => {
  const today = dayAt(call.now, call.company.zone);
  let owing: Owing[] = [];
  for await (const head of headsIn(parts, call)) {
    for (const [currency, amount] of overdueOf(head, today))
      owing.push({ head, currency, amount, size: amountOf(inEuroCents(amount, currency) ?? amount) });
    if (owing.length > perPage) owing = largestOf(owing);
  }
  const rows = largestOf(owing).map(({ head, currency, amount }) => [
    ...[text(head.accountId), text(currency), money(amount, currency)],
    ...[money(head.balances[currency]?.open ?? 0, currency), day(head.oldestDueOn), text(head.assignedTo)],
  ]);
  const columns = ['account', 'currency', 'overdue', 'open', 'oldest due', 'collector'];
  return [{ title: 'Largest overdue', columns, rows }];
};

/** Work of each collector that was due before today. */
export const pastDueSections: ReadSection = async ({ worklist }, { scope, now, company }) => {
  const today = dayAt(now, company.zone);
  const { rows, isMore } = await worklist.due(scope, company.companyId, 'all', { today, limit: mostPastDue });
  const late = ({ dues }: WorklistRow): number => dues.filter(({ on }) => on < today).length;
  const byCollector = Map.groupBy(
    rows.filter((row) => late(row) > 0),
    ({ collectorId }) => collectorId,
  );
  return [
    {
      ...{ title: 'Tasks past due', columns: ['collector', 'accounts', 'tasks', 'oldest'] },
      rows: [...byCollector]
        .toSorted()
        .map(([collector, some]) => [
          ...[text(collector), count(some.length), count(some.reduce((all, row) => all + late(row), 0))],
          day(some.flatMap(({ dues }) => dues.map(({ on }) => on)).toSorted()[0]),
        ]),
      ...(isMore && {
        note: `Of the ${mostPastDue} accounts due longest; there are more: ${wholeAt(company.companyId, 'team')}`,
      }),
    },
  ];
};
