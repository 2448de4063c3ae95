/**
 * What a journal told about an item that its open amount does not show yet: kept, used up, taken back.
 * From: `journal-work.ts` keeps it, reconciliation uses it. Next: `evolve-item.ts` puts it on the item. It moves no
 * money: a snapshot says what is open, the journal why.
 */
import type { AccountItem, Explanation } from './account.ts';
import type { Fact } from './facts.ts';
import { smaller, subtract, type AmountMinor } from './money.ts';

export type ExplanationFact = Extract<Fact, { kind: 'explanationKnown' | 'explanationUsed' }>;

/** The item with an explanation more, or with less left of one. */
export const withExplanation = (item: AccountItem, fact: ExplanationFact): AccountItem => {
  const { explanations = [] } = item;
  if (fact.kind === 'explanationKnown') return { ...item, explanations: [...explanations, fact.explanation] };
  const { explanationId, amount, isTakenBack } = fact;
  const used = (one: Explanation): Explanation => ({
    ...one,
    left: subtract(one.left, amount),
    ...(isTakenBack && { amount: subtract(one.amount, amount) }),
  });
  return {
    ...item,
    explanations: explanations.map((one) => (one.id === explanationId ? used(one) : one)),
  };
};

export type Use = { explanation: Explanation; amount: AmountMinor };

/** Which explanations, in the order told, account for how much of an amount an item went down by. */
export const usesOf = ({ explanations = [] }: AccountItem, down: AmountMinor): Use[] => {
  let rest = down;
  return explanations.flatMap((explanation) => {
    const amount = smaller(explanation.left, rest);
    rest = subtract(rest, amount);
    return amount > 0 ? [{ explanation, amount }] : [];
  });
};
