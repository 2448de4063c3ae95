/**
 * What facts make of money of an item that its own changes do not tell of: noted before the accounts show it, or taken
 * back by a bank where the book is the ERP's.
 * From: `evolve-item.ts`. Next: the changed item, whole; `open` is never touched.
 */
import type { AccountItem } from './account.ts';
import type { Fact } from './facts.ts';

type ProvisionalFact = Extract<
  Fact,
  { kind: 'provisionalNoted' | 'provisionalConfirmed' | 'provisionalWithdrawn' }
>;
type TakenBackFact = Extract<Fact, { kind: 'moneyTakenBack' }>;

/** The item after the fact. */
export const unbookedAfter = (item: AccountItem, fact: ProvisionalFact | TakenBackFact): AccountItem =>
  fact.kind === 'moneyTakenBack' ? withTakenBack(item, fact) : withProvisional(item, fact);

const withProvisional = (item: AccountItem, fact: ProvisionalFact): AccountItem => {
  if (fact.kind === 'provisionalNoted') {
    const { receiptId: id, amount, on: receivedOn, receivedAt } = fact;
    const noted = { id, amount, receivedOn, state: 'noted' } as const;
    const instant = receivedAt === undefined ? {} : { receivedAt };
    return { ...item, provisional: [...item.provisional, { ...noted, ...instant }] };
  }
  const state = fact.kind === 'provisionalConfirmed' ? 'confirmed' : 'withdrawn';
  return {
    ...item,
    provisional: item.provisional.map((one) => (one.id === fact.receiptId ? { ...one, state } : one)),
  };
};

const withTakenBack = (
  item: AccountItem,
  { receiptId: id, amount, receivedOn: on, on: reversedOn, reason: returnedAs }: TakenBackFact,
): AccountItem => ({
  ...item,
  takenBack: [...(item.takenBack ?? []), { id, amount, on, reversedOn, returnedAs }],
});
