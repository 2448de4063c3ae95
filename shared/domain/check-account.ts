/**
 * The invariants of money, asserted on every account that facts lead to.
 * From: `evolve.ts`. Next: nothing, or a throw that names the invariant: what is wrong is never kept.
 */
import { ledgerOf, sizeOf, type Account, type AccountItem, type Balance } from './account.ts';
import { isRaising, openAfter } from './evolve-item.ts';
import { isMoneyFact, type Fact } from './facts.ts';
import { sum, zero } from './money.ts';
import { isCreditKind } from './postings.ts';

/**
 * M1 open items equal the ledger, M2 and M9 no item beyond its own size, M3 two equal sides, B3 provisional
 * money moves no balance. @throws when one does not hold.
 */
export const assertSound = (
  before: Account,
  after: Account,
  facts: readonly Fact[],
  changed: ReadonlySet<string>,
): void => {
  for (const id of changed) assertItem(after.items.get(id)!);
  for (const [currency, balance] of Object.entries(after.head.balances)) {
    assertBalance(currency, balance);
    if (!facts.some(isMoneyFact))
      hold(
        (before.head.balances[currency]?.open ?? zero) === balance.open,
        'B3',
        `${currency} moved without money`,
      );
  }
  assertHead(after);
};

const assertItem = (item: AccountItem): void => {
  const raised = item.changes.filter((change) => isRaising(change) && !change.isReversed);
  const largest = sum(sizeOf(item.original), ...raised.map(({ amount }) => amount));
  const isOnItsSide = item.open === 0 || isCreditKind(item.kind) === item.open < 0;
  hold(isOnItsSide && sizeOf(item.open) <= largest, 'M2', `${item.id} is open with ${item.open}`);
  hold(item.allocated >= 0 && item.allocated <= largest, 'M9', `${item.id} has given ${item.allocated}`);
  hold(item.open === openAfter(item), 'M1', `${item.id} is open with ${item.open} against its changes`);
};

const assertBalance = (currency: string, balance: Balance): void => {
  const all = sum(...ledgerOf(balance).map(([, amount]) => amount));
  hold(all === 0, 'M3', `the ledger accounts in ${currency} come to ${all}`);
  const { receivables = zero, unapplied = zero, requested = zero } = balance.ledger;
  const kept = sum(receivables, unapplied, requested);
  hold(kept === balance.open, 'M1', `open items in ${currency} are ${balance.open}, the ledger says ${kept}`);
};

const assertHead = ({ head }: Account): void => {
  if (head.openItems === undefined) return;
  hold(head.openItems.length === head.openCount, 'M1', `${head.openCount} open items are not listed`);
  for (const [currency, { open }] of Object.entries(head.balances)) {
    const listed = head.openItems.filter((item) => item.currency === currency);
    const total = sum(...listed.map((item) => item.open));
    hold(total === open, 'M1', `listed items in ${currency} are ${total}, the balance is ${open}`);
  }
};

const hold = (holds: boolean, invariant: string, what: string): void => {
  if (!holds) throw new Error(`${invariant}: ${what}`);
};
