/**
 * Raises what an entry says by itself: a large receipt, a large promise that broke, money a bank took back, a customer
 * that is insolvent.
 * From: projections, before what they add up is written, so that a crash tells of it again and nobody hears twice.
 * Next: the alert store; ids derive from what the entry names.
 */
import type { AlertRule } from '../../shared/domain/alert-rules.ts';
import { sumCells } from '../../shared/domain/aging-cells.ts';
import { isBreach } from '../../shared/domain/alerts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { returnedBy } from '../../shared/domain/debit-returns.ts';
import { amountOf, subtract, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import { figureRows, nothingWatched, type Watched } from '../../shared/domain/report-figures.ts';
import type { Contribution } from '../../shared/domain/report-shard.ts';
import type { EntryMoves } from '../../shared/domain/aging-moves.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';

type Seen = { rule: string; about: string; amount?: AmountMinor; currency?: Currency };
type Known = { watched: Watched; cells: Contribution['cells'] };

const telling: ReadonlySet<Fact['kind']> = new Set([
  ...(['paymentReceived', 'promiseJudged', 'applicationReversed', 'moneyTakenBack', 'holdPlaced'] as const),
]);

/** Whether a fact may be one of these alerts. */
export const mayAlert = ({ kind }: Fact): boolean => telling.has(kind);

const returnRules = ['debitReturned', 'debitReturnedLarge'] as const;

const seenIn = (fact: Fact, { watched: { promises = {} }, cells }: Known): Seen[] => {
  if (fact.kind === 'paymentReceived') {
    const { id: about, original, currency } = fact.item;
    return [{ rule: 'largeReceipt', about, amount: amountOf(Math.abs(original)), currency }];
  }
  if (returnedBy(fact).returnedAs !== undefined && fact.kind === 'applicationReversed') {
    const { changeId: about, posting } = fact;
    const told = { about, amount: posting.amount, currency: posting.currency };
    return returnRules.map((rule) => ({ rule, ...told }));
  }
  if (fact.kind === 'moneyTakenBack') {
    const { receiptId: about, amount, currency } = fact;
    return returnRules.map((rule) => ({ rule, about, amount, currency }));
  }
  if (fact.kind === 'holdPlaced' && fact.hold.code === 'insolvent') {
    const { id: about } = fact.hold;
    const large = Object.entries(openIn(cells)).map(([currency, amount]) => ({
      ...{ rule: 'insolvencyLarge', about: `${about}:${currency}`, amount, currency },
    }));
    return [{ rule: 'insolvency', about }, ...large];
  }
  if (fact.kind !== 'promiseJudged' || !['broken', 'partly'].includes(fact.result)) return [];
  const promise = promises[fact.promiseId];
  if (promise === undefined) return [];
  const amount = subtract(promise.amount, fact.received);
  return [{ rule: 'largePromiseBroken', about: fact.promiseId, amount, currency: promise.currency }];
};

/** What an account owes by what it has contributed. */
const openIn = (cells: Contribution['cells']): Record<Currency, AmountMinor> => {
  const sums: Record<Currency, AmountMinor> = {};
  for (const [text, amount] of Object.entries(cells)) {
    const [currency = ''] = text.split(' ');
    sums[currency] = amountOf((sums[currency] ?? 0) + amount);
  }
  return sums;
};

export type AccountChange = {
  accountId: string;
  before: Contribution | undefined;
  entries: readonly EntryMoves[];
};

/** By the rules of the company. @throws when the store fails: the events come again. */
export const raiseFromFacts = async (
  companyId: string,
  { accountId, before, entries }: AccountChange,
  scope: Scope,
  { alerts, rules }: { alerts: Pick<AlertStore, 'raise'>; rules: readonly AlertRule[] },
): Promise<void> => {
  let watched = before?.watched ?? nothingWatched;
  let cells = before?.cells ?? {};
  for (const { at, facts, moves } of entries) {
    for (const { rule: name, about, amount, currency } of facts.flatMap((fact) =>
      seenIn(fact, { watched, cells }),
    )) {
      const rule = rules.find((one) => one.name === name);
      const values = { count: 1, ...(amount !== undefined && { amount }) };
      const reading = { rule: name, subject: about, values, ...(currency !== undefined && { currency }) };
      if (rule === undefined || rule.isMuted || !isBreach(rule, reading)) continue;
      const id = `${name}:${accountId}:${about}`;
      await alerts.raise(scope, { id, companyId, rule: name, accountId, amount, currency, to: rule.to, at });
    }
    ({ watched } = figureRows(watched, facts));
    cells = sumCells(cells, Object.values(moves));
  }
};
