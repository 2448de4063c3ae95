/**
 * The same money told twice: a bank line and the ERP's journal name it by the bank's reference. It is one receipt.
 * From: `receive-row.ts`, a line of an ERP-led company that bears a reference. Next: the receipt that is there hears
 * of the other line and of what it settled; no second one is made.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { daysBetween } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt, ReceiptFact, ReceiptHead } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { saysNothing } from './match-keyed.ts';
import { isInTheBook } from './receive-feed-news.ts';

/** Days between the two lines' value days. */
const mostDaysApart = 5;
const pageOfReceipts = 50;

/** The receipt that is this line's money; undefined: none, or several that nothing tells apart. */
export const matchReceipt = async (
  parts: CashParts,
  call: CashCall,
  head: ReceiptHead,
  told: readonly ReceiptFact[],
): Promise<Outcome<Receipt | undefined, ProblemCode>> => {
  if (saysNothing.test(head.bankReference)) return done(undefined);
  const alike = await alikeOf(parts, call.scope, head);
  const known = alike.find(({ seenAs }) => seenAs?.some(({ id }) => id === head.id));
  const found = known ?? onlyOne(alike, head);
  if (found === undefined) return done(undefined);
  const key = { companyId: head.companyId, receiptId: found.id };
  const matched = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(seen(now, head, told)),
  );
  if (!matched.ok) return matched;
  if (!matched.value.seenAs?.some(({ id }) => id === head.id)) return done(undefined);
  return confirmed(parts, call, matched.value, head);
};

const alikeOf = async ({ receipts }: CashParts, scope: Scope, head: ReceiptHead): Promise<Receipt[]> => {
  const { companyId, bankReference } = head;
  const found = await receipts.list(scope, companyId, { bankReference }, { limit: pageOfReceipts });
  return found.receipts.filter(
    (one) =>
      one.id !== head.id &&
      one.source !== head.source &&
      isOfJournal(one) !== (head.standing === 'confirmed') &&
      one.amount === head.amount &&
      one.currency === head.currency &&
      Math.abs(daysBetween(one.valueOn, head.valueOn)) <= mostDaysApart &&
      (one.payer === undefined || head.payer === undefined || one.payer.accountId === head.payer.accountId),
  );
};

/** Two banks may give the same reference to two wires: only a journal tells of a bank's money again. */
const isOfJournal = ({ standing, confirmedBy }: Receipt): boolean =>
  standing === 'confirmed' && confirmedBy === undefined;

/** Of several the one of the same value day; a reference the bank gives to everything names nothing. */
const onlyOne = (alike: readonly Receipt[], { source, valueOn }: ReceiptHead): Receipt | undefined => {
  const free = alike.filter(({ seenAs }) => !seenAs?.some((one) => one.source === source));
  const sameDay = free.filter((one) => one.valueOn === valueOn);
  const chosen = sameDay.length > 0 ? sameDay : free;
  return chosen.length === 1 ? chosen[0] : undefined;
};

/** What the receipt learns; nothing where another line of the source was it first. */
const seen = (
  now: Receipt,
  { id, source, standing }: ReceiptHead,
  told: readonly ReceiptFact[],
): ReceiptFact[] => {
  if (now.seenAs?.some((one) => one.id === id || one.source === source)) return [];
  const isOfErp = standing === 'confirmed';
  const designation = isOfErp && now.designation === undefined ? told : [];
  return [...designation, { kind: 'receiptSeenAs', id, source }];
};

/**
 * Posted in the ERP. Where its account still waits for the book to show it, what is on an item waits there; what is
 * on account stays provisional until a feed shows which item or credit it is.
 */
const confirmed = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
  head: ReceiptHead,
): Promise<Outcome<Receipt, ProblemCode>> => {
  if (head.standing !== 'confirmed' || receipt.standing === 'confirmed') return done(receipt);
  const isOnItems =
    receipt.free === 0 &&
    receipt.portions.every(
      ({ state, uses }) => state !== 'reserved' && (state !== 'posted' || uses.length > 0),
    );
  const isShown = isOnItems ? done(true) : await isInTheBook(parts, call, receipt, []);
  if (!isShown.ok) return isShown;
  if (!isShown.value) return done(receipt);
  const key = { companyId: receipt.companyId, receiptId: receipt.id };
  return changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(now.standing === 'confirmed' ? [] : [{ kind: 'receiptConfirmed', by: head.id }]),
  );
};
