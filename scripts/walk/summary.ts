/**
 * A walk's results as a person reads them.
 * From: `results.ts`. Next: the terminal.
 */
import type { WalkResults } from './results.ts';

export const summaryOf = (results: WalkResults): string =>
  [
    `rows         ${results.rows.accepted} accepted, ${results.rows.rejected} rejected`,
    ...listed(results.rows.rejectedBy, 'rejected'),
    ...(results.nights === undefined ? listed(results.notTaken, 'not taken') : nightsOf(results)),
    `entries      ${results.entries}`,
    ...Object.entries(results.changeByCurrency).map(
      ([code, change]) => `changed      ${code} ${minor(change)}`,
    ),
    ...Object.entries(results.cashByCurrency).map(
      ([code, cash]) => `money        ${code} ${agingText(cash)}`,
    ),
    ...Object.entries(results.openByCurrency).map(([code, open]) => `open         ${code} ${minor(open)}`),
    ...Object.entries(results.agingByCurrency).map(
      ([code, aging]) => `aging        ${code} ${agingText(aging)}`,
    ),
    `mails        ${results.mails.sent} sent, ${results.mails.reminders} of them reminders${results.mails.isCompared ? ', each as the files say' : ''}`,
    ...listed(results.mails.byText, 'sent'),
    ...listed(results.withheld.messages, 'messages withheld'),
    ...listed(results.withheld.items, 'items not asked for'),
    ...listed(results.withheld.accountsNow, 'accounts not chased now'),
    ...figures(results.promises, 'promises'),
    ...figures(results.payments, 'payments'),
    `worklist     ${results.worklist.due} due, ${results.worklist.ranked} ranked`,
    ...figures(results.kpis, 'kpi'),
    `cost         ${results.requestUnits} request units, ${results.storeCalls} store calls, ${results.messages} messages`,
    '',
  ].join('\n');

const nightsOf = ({ nights }: WalkResults): string[] =>
  nights === undefined
    ? []
    : [
        `nights       ${nights.files} files, ${nights.accepted} accepted`,
        ...listed(nights.released, 'released'),
        ...listed(nights.notTaken, 'not taken'),
      ];

const listed = (counts: Readonly<Record<string, number>>, what: string): string[] =>
  Object.entries(counts).map(([code, count]) => `  ${what}   ${code}: ${count}`);

/** Those that are not 0, or the word that there are none. */
const figures = (all: Readonly<Record<string, number | string>>, what: string): string[] => {
  const lines = Object.entries(all).flatMap(([name, value]) =>
    typeof value === 'string' || value === 0 ? [] : [`${what.padEnd(12)} ${name}: ${value}`],
  );
  return lines.length === 0 ? [`${what.padEnd(12)} none`] : lines;
};

const agingText = (aging: Readonly<Record<string, number>>): string =>
  Object.entries(aging)
    .filter(([, amount]) => amount !== 0)
    .map(([bucket, amount]) => `${bucket} ${minor(amount)}`)
    .join(', ') || 'nothing open';

const minor = (amount: number): string => `${amount} minor units`;
