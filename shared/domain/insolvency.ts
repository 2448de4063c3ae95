/**
 * From which day to which day the debtor of an account was insolvent.
 * From: account-wide holds `insolvent` placed and lifted. Next: `insolvent-moves.ts` puts what it owes on those days
 * into aging's column of its own.
 */
import type { Hold } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import type { Fact } from './facts.ts';

/** `to`: the first day it is over; absent while nobody knows. */
export type InsolventSpan = { hold: string; from: Day; to?: Day };

/** What an entry says about it. */
export type InsolvencyNews = { hold: string; on: Day; to?: Day; is: 'placed' | 'lifted' };

/** Spans that are over and kept for what is booked late for their days. */
const mostKept = 20;

const spanOf = ({ id, placedOn, untilOn }: Hold): InsolventSpan => ({
  ...{ hold: id, from: placedOn },
  ...(untilOn === undefined ? {} : { to: addDays(untilOn, 1) }),
});

export const isInsolvency = ({ code, itemIds }: Hold): boolean =>
  code === 'insolvent' && itemIds === undefined;

/** Liftings are told whatever was lifted: what the hold said stands in an earlier entry. */
export const insolvencyNews = (facts: readonly Fact[]): InsolvencyNews[] =>
  facts.flatMap((fact): InsolvencyNews[] => {
    if (fact.kind === 'holdLifted') return [{ hold: fact.holdId, on: fact.on, is: 'lifted' }];
    if (fact.kind !== 'holdPlaced' || !isInsolvency(fact.hold)) return [];
    const { from: _day, ...span } = spanOf(fact.hold);
    return [{ ...span, on: fact.on, is: 'placed' }];
  });

export const spansOfHolds = (holds: readonly Hold[]): InsolventSpan[] =>
  holds.filter(isInsolvency).map(spanOf);

/** The spans after one more piece of news. */
export const spansAfter = (
  spans: readonly InsolventSpan[],
  { hold, on, to, is }: InsolvencyNews,
): readonly InsolventSpan[] => {
  if (is === 'placed') return [...spans, { hold, from: on, ...(to && { to }) }].slice(-mostKept);
  return spans.map((span) =>
    span.hold === hold && on < (span.to ?? '9') ? { ...span, to: on > span.from ? on : span.from } : span,
  );
};

export const isInsolventOn = (spans: readonly InsolventSpan[], day: Day): boolean =>
  spans.some(({ from, to }) => from <= day && (to === undefined || day < to));
