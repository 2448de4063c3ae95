/**
 * Lists of somebody's own accounts: what is due today and next for a collector, promises, money that came; for sales what
 * their customers owe, dispute and are held by.
 * From: worklist, heads within the reader's scope. Next: the reports of each collector and each seller.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import { addDays, dayAt, type Day } from '../../shared/domain/calendar.ts';
import { amountOf, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import { sellersIn, type Scope } from '../../shared/domain/scope.ts';
import { byDueOfDay, rowOnDay, topOf, type DayRow } from '../../shared/domain/worklist-top.ts';
import type { ReportSection } from '../../shared/formats/report-mail.ts';
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
import { cutNote, eachOf, rowList, wholeAt } from './section-rows.ts';

const mostDue = 100;
const rankedShown = 25;
const rankedRead = 100;

const todayOf = ({ now, company }: Pick<SectionCall, 'now' | 'company'>): Day => dayAt(now, company.zone);

/** Collectors whose rows lie in the scope: somebody's own, and of those they stand in for. */
export const collectorsIn = (scope: Scope, companyId: string): string[] =>
  scope.parts
    .filter(({ companies }) => companies === 'all' || companies.includes(companyId))
    .flatMap(({ accounts }) => (accounts.by === 'collector' ? accounts.ids : []));

export const worklistSections: ReadSection = async ({ worklist }, call) => {
  const whose = collectorsIn(call.scope, call.company.companyId);
  const { scope, company } = call;
  const today = todayOf(call);
  const due = await worklist.due(scope, company.companyId, whose, { today, limit: mostDue });
  const ranked = await worklist.ranked(scope, company.companyId, whose, { limit: rankedRead });
  const days = (rows: (typeof due)['rows']): DayRow[] =>
    rows.map((row) => rowOnDay(row, today)).filter((row) => row !== undefined);
  const next = topOf(days(ranked.rows), { limit: rankedShown, nextBest: undefined });
  const isMore = next.rows.length < ranked.rows.length || ranked.after !== undefined;
  const noteOf = (shown: number, lane: string) => ({
    note: cutNote(shown, undefined, wholeAt(company.companyId, `worklist?lane=${lane}`)),
  });
  const dueRows = days(due.rows).toSorted(byDueOfDay).map(rowOf);
  const rows = next.rows.map(rowOf);
  return [
    {
      ...{ title: 'Due today', columns: listColumns, rows: dueRows },
      ...(due.isMore && noteOf(mostDue, 'due')),
    },
    { ...{ title: 'Ranked', columns: listColumns, rows }, ...(isMore && noteOf(rows.length, 'ranked')) },
  ];
};

const listColumns = ['account', 'name', 'due', 'currency', 'claim', 'oldest due'];

const rowOf = ({ row, phase, dues }: DayRow): ReportSection['rows'][number] => [
  ...[text(row.accountId), text(row.name), text(dues.map(({ kind, on }) => `${kind} ${on}`).join(', '))],
  ...[text(row.currency), money(phase.claim, row.currency), day(phase.oldestDueOn)],
];

/** Promises due by today and not judged, and money of the last business day. */
export const ownMoneySections: ReadSection = async (parts, call) => {
  const today = todayOf(call);
  const yesterday = addDays(today, -1);
  const { companyId } = call.company;
  const promises = rowList({
    ...{ title: 'Promises due', columns: ['account', 'promise', 'due', 'currency', 'amount'] },
    wholeAt: wholeAt(companyId, 'worklist?lane=due'),
  });
  const cash = rowList({
    ...{ title: 'Money since yesterday', columns: ['account', 'on', 'currency', 'amount', 'seen as'] },
    wholeAt: wholeAt(companyId, 'receipts'),
  });
  for await (const { accountId, dunning, recentMoney = [] } of headsIn(parts, call)) {
    for (const { id, dueOn, currency, amount } of dunning.promises ?? [])
      if (dueOn <= today)
        promises.add([text(accountId), text(id), day(dueOn), text(currency), money(amount, currency)]);
    for (const { on, currency, amount, as } of recentMoney)
      if (on >= yesterday && on <= today)
        cash.add([text(accountId), day(on), text(currency), money(amount, currency), text(as)]);
  }
  return [promises.section(), cash.section()];
};

/** Each account once; of sellers by their mark alone. */
export async function* headsIn(
  { accounts }: Pick<SectionParts, 'accounts'>,
  { scope, company: { companyId } }: Pick<SectionCall, 'scope' | 'company'>,
): AsyncGenerator<AccountHead> {
  const sellers = sellersIn(scope, companyId);
  const marks = sellers === undefined ? [undefined] : sellers.map((owner) => `sells:${owner}` as const);
  const seen = new Set<string>();
  for (const mark of marks)
    for await (const head of eachOf<AccountHead>(async (after) => {
      const asked = { limit: perPage, ...(mark && { mark }), ...(after !== undefined && { after }) };
      const page = await accounts.heads(scope, companyId, asked);
      return { found: page.heads, after: page.after };
    })) {
      if (marks.length > 1 && seen.has(head.accountId)) continue;
      if (marks.length > 1) seen.add(head.accountId);
      yield head;
    }
}

/** What is overdue of the items a head lists; of an account of more items, all it owes once something is overdue. */
export const overdueOf = (
  { balances, openItems, oldestDueOn }: AccountHead,
  today: Day,
): [Currency, AmountMinor][] => {
  if (openItems === undefined)
    return oldestDueOn !== undefined && oldestDueOn < today
      ? Object.entries(balances).flatMap(([currency, { open }]) => (open > 0 ? [[currency, open]] : []))
      : [];
  const sums = new Map<Currency, AmountMinor>();
  for (const { open, dueOn, currency } of openItems)
    if (open > 0 && dueOn < today) sums.set(currency, amountOf((sums.get(currency) ?? 0) + open));
  return [...sums];
};

export const salesSections: ReadSection = async (parts, call) => {
  const today = todayOf(call);
  const columns = [
    'account',
    'currency',
    'open',
    'overdue',
    'oldest due',
    'cases',
    'holds',
    'promises broken',
  ];
  const rows = rowList({
    title: 'Customers',
    columns,
    wholeAt: `api/aging?company=${call.company.companyId}`,
  });
  for await (const head of headsIn(parts, call)) {
    const { accountId, holds, disputes = [], dunning, balances } = head;
    const overdue = new Map(overdueOf(head, today));
    const held = holds.map(({ code, untilOn }) => (untilOn === undefined ? code : `${code} to ${untilOn}`));
    for (const [currency, { open }] of Object.entries(balances))
      if (open !== 0 || overdue.has(currency))
        rows.add([
          ...[text(accountId), text(currency), money(open, currency)],
          ...[money(overdue.get(currency) ?? 0, currency), day(head.oldestDueOn)],
          ...[count(disputes.filter((one) => one.currency === currency).length), text(held.join(', '))],
          count((dunning.broken ?? []).length),
        ]);
  }
  return [rows.section()];
};
