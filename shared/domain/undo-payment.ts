/**
 * Takes a payment back out of an account: its applications and what they wrote off are undone, the money is gone.
 * From: returned debits, reversed bank lines, chargebacks. Next: facts for one append; then the receipt's portion is
 * reversed (`post-portion.ts`). Items are open again with their history.
 */
import type { Account, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { begin, mustStep, step, type Steps } from './decide-steps.ts';
import type { AccountRefusal } from './decide.ts';
import type { HashText } from './document-ids.ts';
import type { Fact } from './facts.ts';
import { withdrawProvisional } from './note-provisional.ts';
import { done, type Outcome } from './outcome.ts';
import { changeIdOf, deductionIdOf, differencesOf } from './post-difference.ts';
import { postingOfExchange, turned } from './postings.ts';
import type { Portion, ReceiptHead } from './receipt.ts';
import { reduceItem, reopenItem } from './reduce-item.ts';
import { reverseApplication } from './reverse-application.ts';
import { sizeOf } from './account.ts';

export type Undoing = {
  receipt: ReceiptHead;
  portion: Portion & { paymentId: string };
  reason: string;
  on: Day;
  hashText: HashText;
};

/** Everything the undoing looks at; the payment and its items must be loaded. */
export const itemsOfUndoing = (
  { portion, hashText }: Pick<Undoing, 'portion' | 'hashText'>,
  numberOf: (itemId: string) => Pick<AccountItem, 'number' | 'fiscalYear'> | undefined,
): string[] => [
  portion.paymentId,
  ...portion.uses.map(({ itemId }) => itemId),
  ...portion.uses.flatMap(({ itemId }) => {
    const item = numberOf(itemId);
    return item === undefined ? [] : [deductionIdOf(item, portion.id, hashText)];
  }),
];

/** Out of the book. Undone before: nothing. */
export const undoPayment = (account: Account, undoing: Undoing): Outcome<readonly Fact[], AccountRefusal> => {
  const { portion, reason, on } = undoing;
  let steps = begin(account);
  for (const { itemId, changeId } of portion.uses) {
    const reversed = step(steps, (now) => reverseApplication(now, { itemId, changeId, reason, on }));
    if (!reversed.ok) return reversed;
    steps = undoDifferences(reversed.steps, itemId, undoing);
  }
  const returned = step(steps, (now) => returnPayment(now, undoing));
  if (!returned.ok) return returned;
  const isNew = returned.steps.facts.length > steps.facts.length;
  return done([...returned.steps.facts, ...(isNew ? differenceBack(undoing) : [])]);
};

const returnPayment = (account: Account, { portion, on }: Undoing) =>
  reduceItem(account, {
    ...{ itemId: portion.paymentId, changeId: `${portion.paymentId}#returned`, by: 'returned', on },
    amount: portion.exchange?.settles ?? portion.amount,
  });

const differenceBack = ({ portion, receipt, on }: Undoing): Fact[] => {
  const { exchange, paymentId, amount } = portion;
  if (exchange === undefined) return [];
  const { rate, gain } = exchange;
  const received = { amount, currency: receipt.currency };
  const posting = turned(postingOfExchange(gain, rate.to));
  return [
    { kind: 'exchangeDifferenceNoted', paymentId, rateId: rate.id, rateOn: rate.on, received, on, posting },
  ];
};

/** What a short payment wrote off or moved to a deduction is open on its item again. */
const undoDifferences = (before: Steps, itemId: string, { portion, on, hashText }: Undoing): Steps =>
  (portion.readings ?? []).flatMap(differencesOf).reduce((steps, { by, code }) => {
    const item = steps.account.items.get(itemId);
    const changeId = changeIdOf(portion.paymentId, by);
    const change = item?.changes.find(({ id, isReversed }) => id === changeId && !isReversed);
    if (item === undefined || change === undefined) return steps;
    const deduction = steps.account.items.get(deductionIdOf(item, portion.id, hashText));
    const isUntouched = code === undefined || deduction?.open === change.amount;
    // a deduction that was decided meanwhile stays as decided
    if (!isUntouched) return steps;
    const { amount } = change;
    const reopened = mustStep(steps, (now) => reopenItem(now, { itemId, changeId, amount, on }));
    // only what was moved to the deduction leaves it; a discount beside it was never there
    if (code === undefined || deduction === undefined) return reopened;
    const closing = { itemId: deduction.id, changeId: `${changeId}:back`, by, on, amount: sizeOf(amount) };
    return mustStep(reopened, (now) => reduceItem(now, closing));
  }, before);

/** Of money that is not in the book yet: the claim is what it was. */
export const withdrawReceived = (
  account: Account,
  { portion, reason, on }: Undoing,
): Outcome<readonly Fact[], AccountRefusal> => {
  const receiptId = portion.paymentId;
  const noted = [receiptId, ...portion.uses.map((use) => use.itemId)].filter((itemId) =>
    account.items.get(itemId)?.provisional.some(({ id, state }) => id === receiptId && state === 'noted'),
  );
  const facts: Fact[] = [];
  for (const itemId of noted) {
    const withdrawn = withdrawProvisional(account, { itemId, receiptId, reason, on });
    if (!withdrawn.ok) return withdrawn;
    facts.push(...withdrawn.value);
  }
  return done(facts); // what a feed has shown meanwhile is in the book, which is the ERP's
};
