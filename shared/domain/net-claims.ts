/**
 * The stage of a message: the highest one due today whose balance is above its minimum after credits were taken from
 * the highest stage down; other items ride along at their own stage.
 * From: `evaluate-account.ts`, per currency. Next: the same makes one step of it.
 */
import type { DunningFrame } from './dunning-input.ts';
import type { WithheldItem } from './dunning-facts.ts';
import type { ItemStanding } from './item-standing.ts';
import { reaches, type ItemStep } from './item-step.ts';
import { subtract, sum, type AmountMinor, type Currency } from './money.ts';
import type { PolicyStep } from './policy.ts';

/** An overdue item that may be asked for, at its own stage: the one it reaches today, else the last one. */
export type Claimed = { standing: ItemStanding; stage: number; due?: Extract<ItemStep, { is: 'due' }> };

/** What of one currency goes into one step. */
export type Netted = {
  currency: Currency;
  step?: PolicyStep;
  carried: readonly Claimed[];
  refused: readonly WithheldItem[];
};

/** @param isOfStep which due items the step is for: those of its channel. */
export const netClaims = (
  claims: readonly Claimed[],
  credits: AmountMinor,
  currency: Currency,
  isOfStep: (step: PolicyStep) => boolean,
  frame: Pick<DunningFrame, 'limitFactors'>,
): Netted => {
  const due = claims.filter((one) => one.due !== undefined && isOfStep(one.due.step));
  if (due.length === 0) return { currency, carried: [], refused: [] };
  const steps = [...new Map(due.map(({ stage, due: { step } = due[0]!.due! }) => [stage, step])).entries()];
  const falling = steps.toSorted(([a], [b]) => b - a);
  const chosen = falling.find(([stage, { fromEuroCents }]) => {
    const balance = balanceFrom(stage, claims, credits);
    return balance > 0 && reaches(balance, currency, fromEuroCents, frame) === true;
  });
  const carried = chosen === undefined ? [] : due.filter(({ stage }) => stage <= chosen[0]);
  const isCarried = new Set(carried);
  const refused = due
    .filter((one) => !isCarried.has(one))
    .map(({ standing, stage }): WithheldItem => {
      const reason = balanceFrom(stage, claims, credits) <= 0 ? 'covered-by-credit' : 'below-minimum';
      return { itemId: standing.item.id, reason };
    });
  return { currency, ...(chosen === undefined ? {} : { step: chosen[1] }), carried, refused };
};

/** What is left of a stage and those above it once credits were taken from the highest down. */
export const balanceFrom = (stage: number, claims: readonly Claimed[], credits: AmountMinor): AmountMinor =>
  subtract(sum(...claims.filter((one) => one.stage >= stage).map(({ standing }) => standing.claim)), credits);
