/**
 * Makes a statement of the rows of a bank's table, as a mapping profile read them.
 * From: `rows-bank.ts`. Next: `bank-statement.ts` proves it and makes receipts. A statement is whole or refused: one
 * row that can not be read refuses the file, naming it. Where there is a balance column, every row must follow from
 * the one before it, in the order of the file or against it.
 */
import type { Day } from '../domain/calendar.ts';
import { amountOf } from '../domain/money.ts';
import type { BankLine, BankRow, RawStatement } from './bank-shape.ts';
import type { RowOutcome } from './rows-mapper.ts';
import { isFileRefusal, stop } from './xml-refusal.ts';

/** Rows a person is told of at once. */
const mostTold = 5;

/** One statement for each account and currency. */
export const bankTableStatements = (outcomes: readonly RowOutcome[]): RawStatement[] => {
  stopIfUnread(outcomes);
  const rows = outcomes.flatMap((one) =>
    one.is === 'accepted' && one.record === 'bankLine' ? [one.row] : [],
  );
  const groups = Map.groupBy(rows, ({ account, currency }) => JSON.stringify([account, currency]));
  return [...groups.values()].map((group) => statementOf(group));
};

const stopIfUnread = (outcomes: readonly RowOutcome[]): void => {
  const refused = outcomes.filter((one) => one.is === 'refused');
  const reasons = refused.flatMap(({ row, reasons: all }) => all.map((reason) => ({ row, ...reason })));
  const [first] = reasons;
  if (first === undefined) return;
  const told = reasons
    .slice(0, mostTold)
    .map(({ row, column, value, code, detail }) => `row ${row}, ${column} "${value}": ${code}, ${detail}`);
  stop(isFileRefusal(first.code) ? first.code : 'structure', told.join('; '));
};

/** Oldest first or newest first: the balances must follow in one of the two. */
const statementOf = (rows: readonly BankRow[]): RawStatement => {
  const ordered = [rows, rows.toReversed()].find((order) => follows(order));
  if (ordered === undefined)
    return stop('control-total-mismatch', 'the balances do not follow from the rows');
  const [first = stop('structure', 'no rows'), last = first] = [ordered[0], ordered.at(-1)];
  const isBalanced = first.balance !== undefined && last.balance !== undefined;
  const days = ordered.map(({ bookedOn }) => bookedOn).toSorted();
  const bookedOn = days.at(-1) as Day;
  return {
    format: 'bankTable',
    ...{ account: first.account, currency: first.currency, reference: bookedOn, bookedOn },
    ...(isBalanced
      ? { opening: amountOf((first.balance ?? 0) - first.amount), closing: amountOf(last.balance ?? 0) }
      : {}),
    ...{ declared: [], lines: ordered.map(lineOf), notBooked: 0 },
  };
};

const follows = (rows: readonly BankRow[]): boolean =>
  rows.every(({ balance, amount }, index) => {
    const before = rows[index - 1]?.balance;
    return balance === undefined || before === undefined || before + amount === balance;
  });

const lineOf = ({
  row,
  account: _account,
  currency: _currency,
  balance: _balance,
  reference,
  ...said
}: BankRow): BankLine => ({
  ...said,
  ...{ row, code: '', isReversal: false },
  ...(reference !== undefined && { entryReference: reference }),
});
