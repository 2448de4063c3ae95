/**
 * Raises what an entry says by itself: a large receipt, a large promise that broke.
 * From: projections, before what they add up is written, so that a crash tells of it again and nobody hears twice.
 * Next: the alert store; ids derive from the receipt or promise.
 */
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { isBreach } from '../../shared/domain/alerts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { amountOf, subtract, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import { figureRows, nothingWatched, type Watched } from '../../shared/domain/report-figures.ts';
import type { Contribution } from '../../shared/domain/report-shard.ts';
import type { EntryMoves } from '../../shared/domain/aging-moves.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';

type Seen = { rule: string; about: string; amount: AmountMinor; currency: Currency };

const seenIn = (fact: Fact, { promises = {} }: Watched): Seen[] => {
  if (fact.kind === 'paymentReceived') {
    const { id: about, original, currency } = fact.item;
    return [{ rule: 'largeReceipt', about, amount: amountOf(Math.abs(original)), currency }];
  }
  if (fact.kind !== 'promiseJudged' || !['broken', 'partly'].includes(fact.result)) return [];
  const promise = promises[fact.promiseId];
  if (promise === undefined) return [];
  const amount = subtract(promise.amount, fact.received);
  return [{ rule: 'largePromiseBroken', about: fact.promiseId, amount, currency: promise.currency }];
};

export type AccountChange = {
  accountId: string;
  before: Contribution | undefined;
  entries: readonly EntryMoves[];
};

/** @throws when the store fails: the events come again. */
export const raiseFromFacts = async (
  companyId: string,
  { accountId, before, entries }: AccountChange,
  scope: Scope,
  alerts: Pick<AlertStore, 'raise'>,
): Promise<void> => {
  let watched = before?.watched ?? nothingWatched;
  for (const { at, facts } of entries) {
    for (const { rule: name, about, amount, currency } of facts.flatMap((fact) => seenIn(fact, watched))) {
      const rule = defaultAlertRules.find((one) => one.name === name);
      const reading = { rule: name, subject: about, currency, values: { amount } };
      if (rule === undefined || !isBreach(rule, reading)) continue;
      const id = `${name}:${accountId}:${about}`;
      await alerts.raise(scope, { id, companyId, rule: name, accountId, amount, currency, to: rule.to, at });
    }
    ({ watched } = figureRows(watched, facts));
  }
};
