/**
 * The advice that rows of a remittance file come to, and what a newer telling makes of one that is known.
 * From: rows of one payment and currency. Next: `AdviceStore` keeps it.
 */
import { adviceIdOf, type Advice } from './advice.ts';
import type { DesignatedLine } from './allocation-input.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import type { AllocationRow } from './feed-rows.ts';
import { sum, zero } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type AdviceOrigin = {
  companyId: string;
  source: string;
  importId: string;
  asOf: string;
  cameOn: Day;
  calendar: BusinessCalendar;
};

/** Business days until the clerk looks for the money, and for which the items are held. */
const traceAfter = 3;
const heldFor = 5;

/** `rows` of one payment in one currency, at least one. */
export const adviceOf = (
  rows: readonly AllocationRow[],
  { calendar, ...origin }: AdviceOrigin,
  hashText: HashText,
): Outcome<Advice, 'advice-amount-not-positive'> => {
  const { fromId: reference, currency } = rows[0]!;
  const lines = rows
    .map((row) => lineOf(row, origin.companyId, hashText))
    .filter(({ amount }) => amount !== 0);
  const total = sum(zero, ...lines.map(({ amount }) => amount));
  if (total <= 0) return refuse('advice-amount-not-positive', `advice ${reference} comes to ${total}`);
  const accounts = rows.flatMap(({ accountId }) => accountId ?? []);
  const id = adviceIdOf({ source: origin.source, reference, currency }, accounts, hashText);
  const [traceFrom, heldUntil] = [traceAfter, heldFor].map((days) =>
    addBusinessDays(origin.cameOn, days, calendar),
  ) as [Day, Day];
  return done({ ...origin, id, reference, currency, total, lines, traceFrom, heldUntil, state: 'waiting' });
};

/** As the payer wrote the number; the item itself only where a part or year tells it from others of the number. */
const lineOf = (row: AllocationRow, companyId: string, hashText: HashText): DesignatedLine => {
  const { kind: type, number, fiscalYear, part, amount, accountId, reasonCode, claimNumber } = row;
  const isPrecise = fiscalYear !== undefined || part !== '1';
  const key = { type, number, part, ...(fiscalYear === undefined ? {} : { fiscalYear }) };
  return {
    ...(isPrecise ? { itemId: itemIdOf(key, hashText) } : {}),
    ...{ number, amount },
    ...(accountId === undefined ? {} : { account: { companyId, accountId } }),
    ...(reasonCode === undefined ? {} : { reason: reasonCode }),
    ...(claimNumber === undefined ? {} : { claimNumber }),
  };
};

/**
 * What is kept when it is told again: the newest telling while the money has not come. Afterwards the same again is
 * nothing, and another division of money that is divided already is a person's business.
 */
export const toldAgain = (known: Advice, told: Advice): Outcome<Advice, 'advice-differs'> => {
  if (isSameTold(known, told)) return done(known);
  if (orderOf(told) < orderOf(known)) return done(known);
  if (known.state === 'matched')
    return refuse(
      'advice-differs',
      `${known.reference} was ${known.total} when receipt ${known.receiptId} came`,
    );
  const { lines, total, importId, asOf } = told;
  return done({ ...known, lines, total, importId, asOf });
};

const orderOf = ({ asOf, importId }: Advice): string => `${asOf} ${importId}`;

/** Accounts found for lines that name none do not count. */
const isSameTold = (known: Advice, told: Advice): boolean =>
  known.total === told.total && wordsOf(known) === wordsOf(told);

const wordsOf = ({ lines }: Advice): string =>
  JSON.stringify(
    lines
      .map(({ itemId, number, amount, reason, claimNumber }) =>
        JSON.stringify([itemId, number, amount, reason, claimNumber]),
      )
      .toSorted(),
  );
