/**
 * Lets an advice say what a receipt is for, whichever of the two came first. The payer's word goes before what the
 * ladder found; not before what a person, the ERP's own book or an earlier word has decided.
 * From: `advice.ts` found them to belong together. Next: `designationNoted`; where the ladder had divided the money
 * otherwise, `allocationDropped`: its portions are taken back and the ladder climbed again.
 */
import { accountsOf, type Advice } from './advice.ts';
import type { DesignatedLine } from './allocation-input.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import { sum } from './money.ts';
import { isLive, isSameAccount, type AccountRef, type Receipt, type ReceiptFact } from './receipt.ts';

/**
 * Again with the same advice changes nothing, nor does a second one. `isSettled`: the book is the ERP's and has this money already, so that
 * nothing is divided again.
 */
export const designate = (
  receipt: Receipt,
  { id: adviceId, lines }: Advice,
  isSettled: boolean,
  hashText: HashText,
): ReceiptFact[] => {
  if ((receipt.advices ?? []).length > 0) return []; // this advice has it, or another was first
  if (receipt.designation !== undefined) return [{ kind: 'designationNoted', adviceId, lines: [] }];
  const noted: ReceiptFact = { kind: 'designationNoted', adviceId, lines };
  if (receipt.plan === undefined || isSettled || isDecided(receipt) || isSoDivided(receipt, lines, hashText))
    return [noted];
  return [noted, { kind: 'allocationDropped', because: 'designated' }];
};

/** By a checkout, by a person, or shown by a feed. */
export const isDecided = ({ plan, portions, returns }: Receipt): boolean =>
  plan?.rung === 'reference' ||
  returns.length > 0 ||
  portions.filter(isLive).some((portion) => {
    const isByHand = portion.uses.some(({ itemId }) => itemId !== portion.itemId);
    return !isOfLadder(portion) || isByHand || portion.isShown === true;
  });

const isOfLadder = ({ reservationId }: { reservationId: string }): boolean =>
  reservationId.startsWith('ladder-');

/** Every line has its portion and nothing else has; a reason for paying short is not known yet. */
const isSoDivided = (
  { portions, payer }: Receipt,
  lines: readonly DesignatedLine[],
  hashText: HashText,
): boolean => {
  const live = portions.filter(isLive);
  if (live.length !== lines.length) return false;
  return lines.every(({ itemId, number = '', account = payer, amount, reason, claimNumber }) => {
    const id = itemId ?? itemIdOf({ type: 'invoice', number, part: '1' }, hashText);
    const portion = live.find(
      (one) => one.itemId === id && account !== undefined && isSameAccount(one.account, account),
    );
    const isShort = (portion?.readings ?? []).length > 0;
    return portion?.amount === amount && !(isShort && (reason !== undefined || claimNumber !== undefined));
  });
};

/** Portions of an allocation that no longer stands, with money in them still. */
export const droppedOf = ({ plan, portions }: Receipt): Receipt['portions'] =>
  plan === undefined ? portions.filter((one) => isLive(one) && isOfLadder(one)) : [];

/**
 * Who pays by the advice: its only account. Of several the one with most of it, provided that the lines take all of
 * the money, so that nothing lies on the account of somebody who did not pay.
 */
export const payerOfAdvice = (
  advice: Advice,
  { amount }: Pick<Receipt, 'amount'>,
): AccountRef | undefined => {
  const { companyId, lines, total } = advice;
  const accounts = accountsOf(advice);
  if (accounts.length > 1 && (total !== amount || lines.some(({ account }) => account === undefined)))
    return undefined;
  const shareOf = (accountId: string): number =>
    sum(...lines.filter(({ account }) => account?.accountId === accountId).map((line) => line.amount));
  const [first] = accounts.toSorted((a, b) => shareOf(b) - shareOf(a) || (a < b ? -1 : 1));
  return first === undefined ? undefined : { companyId, accountId: first };
};
