/**
 * What must always hold of an account's money, each as one function from a state to what is wrong with it.
 * From: heads and items as they are kept, or as facts would make them. Next: `check-account.ts` refuses to keep
 * what breaks one; the nightly check, simulations and crash tests look for what broke behind its back.
 */
import { sizeOf, type AccountHead, type AccountItem, type Balance } from './account.ts';
import { checkDisputes } from './disputes-position.ts';
import { isRaising, openAfter } from './evolve-item.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { isCreditKind, ledgerAccounts } from './postings.ts';

/** The problem code staff read, by invariant. */
export const invariantCodes = {
  M1: 'open-items-differ',
  M2: 'item-beyond-its-size',
  M3: 'ledger-sides-differ',
  M9: 'more-given-than-there-was',
  M11: 'write-off-not-approved',
  M13: 'report-differs',
  L2: 'journal-broken',
  L6: 'account-not-as-its-journal',
  B1: 'book-not-as-fed',
  B5: 'receipt-does-not-sum',
  C1: 'held-not-as-cases',
  D1: 'reminded-twice',
  D4: 'held-not-as-promised',
  D6: 'stage-went-back',
  D7: 'dunning-beyond-bounds',
  O5: 'report-behind',
} as const;

export type Invariant = keyof typeof invariantCodes;
export type Violation = { invariant: Invariant; what: string };

const none: readonly Violation[] = [];

const unless = (holds: boolean, invariant: Invariant, what: () => string): readonly Violation[] =>
  holds ? none : [{ invariant, what: what() }];

/** An account with items of it, all of those that are open among them or none. */
export type AccountState = { head: AccountHead; items: Iterable<AccountItem>; hasAllOpen: boolean };

/** Every invariant of an account's money: what decisions may not break and nights and tests look for. */
export const checkAccount = ({ head, items, hasAllOpen }: AccountState): readonly Violation[] => {
  const all = [...items];
  const wrong = checkHead(head);
  if (hasAllOpen) {
    const open = all.filter((item) => item.open !== 0);
    wrong.push(...checkOpenItems(head, open));
  }
  for (const item of all) wrong.push(...checkItem(item));
  wrong.push(...checkHeld(head, all));
  return wrong;
};

/** C1 what items hold for disputes is what the open cases hold. */
const checkHeld = (head: AccountHead, items: readonly AccountItem[]): readonly Violation[] =>
  checkDisputes(head, items).map((what) => ({ invariant: 'C1', what }));

/**
 * M1 an item is open with what its changes left, M2 never beyond its size, M9 gives no more than it had, M11 written
 * off by nobody alone who asked for it, and what comes back of it is no more than was written off.
 */
const checkItem = (item: AccountItem): readonly Violation[] => {
  const raised = item.changes.filter((change) => isRaising(change) && !change.isReversed);
  const largest = sum(sizeOf(item.original), ...raised.map(({ amount }) => amount));
  const isOnItsSide = item.open === 0 || isCreditKind(item.kind) === item.open < 0;
  const hasGivenItsOwn = item.allocated >= 0 && item.allocated <= largest;
  return [
    ...unless(
      isOnItsSide && sizeOf(item.open) <= largest,
      'M2',
      () => `${item.id} is open with ${item.open}`,
    ),
    ...unless(hasGivenItsOwn, 'M9', () => `${item.id} has given ${item.allocated}`),
    ...unless(
      item.open === openAfter(item),
      'M1',
      () => `${item.id} is open with ${item.open} against its changes`,
    ),
    ...checkWriteOffs(item),
  ];
};

/** Small ones have no second person; those a feed told of were never asked for here. */
const checkWriteOffs = ({ id, changes, writeOffs, recoveries }: AccountItem): readonly Violation[] => {
  const done = writeOffs.filter(({ state }) => state === 'done');
  const isAlone = done.some(({ approvedBy, requestedBy }) => approvedBy === requestedBy);
  const isMade = done.every((one) =>
    changes.some(
      ({ id: changeId, by, amount }) => changeId === one.id && by === 'writeOff' && amount === one.amount,
    ),
  );
  const written = changes.filter(({ by }) => by === 'writeOff').map(({ amount }) => amount);
  const back = recoveries.map(({ amount }) => amount);
  return [
    ...unless(!isAlone, 'M11', () => `a write-off of ${id} was approved by who asked for it`),
    ...unless(isMade, 'M11', () => `a write-off of ${id} did not lower it by its amount`),
    ...unless(sum(...back) <= sum(...written), 'M11', () => `more of ${id} came back than was written off`),
  ];
};

/** M3 the ledger accounts of a currency come to nothing, M1 those of open items come to what is open. */
const checkBalance = (currency: Currency, { ledger, open }: Balance): readonly Violation[] => {
  let all = zero;
  for (const name of ledgerAccounts) all = sum(all, ledger[name] ?? zero);
  const kept = sum(ledger.receivables ?? zero, ledger.unapplied ?? zero, ledger.requested ?? zero);
  if (all === 0 && kept === open) return none;
  return [
    ...unless(all === 0, 'M3', () => `the ledger accounts in ${currency} come to ${all}`),
    ...unless(kept === open, 'M1', () => `open items in ${currency} are ${open}, the ledger says ${kept}`),
  ];
};

type Counted = Pick<AccountItem, 'currency' | 'open'>;

/** M1 the open items, listed in the head or read one by one, come to the balances of the head. */
const checkOpenItems = (
  head: Pick<AccountHead, 'balances' | 'openCount'>,
  openItems: readonly Counted[],
): readonly Violation[] => [
  ...unless(
    openItems.length === head.openCount,
    'M1',
    () => `${head.openCount} open items are counted, ${openItems.length} are there`,
  ),
  ...checkSums(head.balances, openItems),
];

const checkSums = (balances: AccountHead['balances'], openItems: readonly Counted[]): Violation[] => {
  if (comesToItsOne(balances, openItems)) return [];
  const sums = new Map<Currency, AmountMinor>();
  for (const { currency, open } of openItems) sums.set(currency, sum(sums.get(currency) ?? zero, open));
  for (const currency of Object.keys(balances)) if (!sums.has(currency)) sums.set(currency, zero);
  const wrong: Violation[] = [];
  for (const [currency, found] of sums) {
    const kept = balances[currency]?.open ?? zero;
    if (found === kept) continue;
    const what = `open items in ${currency} come to ${found}, the balance is ${kept}`;
    wrong.push({ invariant: 'M1', what });
  }
  return wrong;
};

/** Most accounts have one currency, and it comes to what it should: nothing else is to be looked for. */
const comesToItsOne = (balances: AccountHead['balances'], openItems: readonly Counted[]): boolean => {
  const [only, ...others] = Object.keys(balances);
  if (only === undefined || others.length > 0) return false;
  let found = zero;
  for (const { currency, open } of openItems) {
    if (currency !== only) return false;
    found = sum(found, open);
  }
  return found === balances[only]!.open;
};

/** All that a head says by itself. */
const checkHead = ({ balances, openItems, openCount }: AccountHead): Violation[] => {
  const wrong: Violation[] = [];
  for (const currency of Object.keys(balances)) wrong.push(...checkBalance(currency, balances[currency]!));
  if (openItems !== undefined) wrong.push(...checkOpenItems({ balances, openCount }, openItems));
  return wrong;
};
