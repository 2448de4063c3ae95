/**
 * The invariants of money, asserted on every account that facts lead to.
 * From: `evolve.ts`. Next: nothing, or a throw that names the invariant: what is wrong is never kept.
 */
import type { Account } from './account.ts';
import { isMoneyFact, type Fact } from './facts.ts';
import { checkAccount, type Violation } from './invariants.ts';
import { zero } from './money.ts';

/**
 * M1 open items equal the ledger, M2 and M9 no item beyond its own size, M3 two equal sides, M11 two persons, B3 provisional
 * money moves no balance. @throws when one does not hold.
 */
export const assertSound = (
  before: Account,
  after: Account,
  facts: readonly Fact[],
  changed: ReadonlySet<string>,
): void => {
  if (!facts.some(isMoneyFact)) assertNoMoneyMoved(before, after);
  const items = [...changed].map((id) => after.items.get(id)!);
  refuseAny(checkAccount({ head: after.head, items, hasAllOpen: false }));
};

const assertNoMoneyMoved = (before: Account, after: Account): void => {
  for (const [currency, { open }] of Object.entries(after.head.balances))
    if ((before.head.balances[currency]?.open ?? zero) !== open)
      throw new Error(`B3: ${currency} moved without money`);
};

const refuseAny = ([first]: readonly Violation[]): void => {
  if (first !== undefined) throw new Error(`${first.invariant}: ${first.what}`);
};
