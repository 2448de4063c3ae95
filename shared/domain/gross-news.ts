/**
 * Part payments in gross style, told by changes: an invoice stands in full in every row, its payments in rows of their
 * own that name it, perhaps in another file, earlier or later (`defaults.md` §2.2). The payment is posted and settles
 * its invoice; what it settled is taken off when the invoice is told in full again.
 * From: `update-item.ts`. Next: steps of the account. What names nothing that is here stays on account until it is.
 */
import type { AccountItem } from './account.ts';
import { applyPayment } from './apply-payment.ts';
import type { DeltaRow } from './feed-rows.ts';
import { negate, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { accountIn, freshChangeId, inOneStep, take, type Draft, type StepDraft } from './posting-steps.ts';
import { reverseApplication } from './reverse-application.ts';

const isPayment = ({ kind }: Pick<AccountItem, 'kind'>): boolean => kind === 'paymentOnAccount';
const canBePaid = ({ kind, open }: AccountItem): boolean =>
  open > zero && (kind === 'invoice' || kind === 'debitNote');

/** What live changes of an item took of the payments that are documents of a feed. */
const takenBy = ({ changes }: AccountItem, isFrom: (from: string) => boolean): AmountMinor =>
  sum(
    ...changes
      .filter(({ from, isReversed }) => from !== undefined && !isReversed && isFrom(from))
      .map(({ amount }) => amount),
  );

/** Ids of documents begin so; money that a bank or a clerk brought has ids of another kind. */
const isDocument = (id: string): boolean => id.startsWith('item:paymentOnAccount:');

const usedOf = ({ items }: Draft, paymentId: string): AmountMinor =>
  sum(...[...items.values()].map((item) => takenBy(item, (from) => from === paymentId)));

/** What a row in full leaves open of its item, beside the payments told of it by themselves. */
export const openInGross = (draft: Draft, item: AccountItem, { open }: DeltaRow): AmountMinor => {
  if (isPayment(item)) return smaller(zero, sum(open, usedOf(draft, item.id)));
  if (open <= zero) return open;
  const left = subtract(open, takenBy(item, isDocument));
  return left < zero ? zero : left;
};

/** A payment that was taken back, or is less now, leaves its invoice first. */
export const freeInGross = (step: StepDraft, payment: AccountItem, { open, news }: DeltaRow): void => {
  const { draft } = step;
  const isLess = news.change === 'cancelled' || negate(open) < usedOf(draft, payment.id);
  if (!isPayment(payment) || !isLess || news.change === 'cleared') return;
  for (const { id: itemId, changes } of [...draft.items.values()])
    for (const { id: changeId, from, isReversed } of changes)
      if (from === payment.id && !isReversed)
        take(
          step,
          reverseApplication(accountIn(draft), { itemId, changeId, reason: 'feed', on: draft.frame.on }),
        );
};

const isAlone = ({ items }: Draft, { number, fiscalYear }: AccountItem): boolean =>
  [...items.values()].filter(
    (one) =>
      (one.kind === 'invoice' || one.kind === 'debitNote') &&
      one.number === number &&
      one.fiscalYear === fiscalYear,
  ).length === 1;

/** Every payment of the source that names an open invoice settles it, as far as both go. */
export const netInGross = (draft: Draft, source: string): void => {
  for (const { id, originalId } of [...draft.items.values()].filter(isPayment)) {
    const [payment, invoice] = [draft.items.get(id), draft.items.get(originalId ?? '')];
    if (payment?.source !== source || invoice === undefined || !canBePaid(invoice)) continue;
    if (!isAlone(draft, invoice)) continue; // which part it pays is not said
    const amount = smaller(negate(payment.open), invoice.open);
    if (amount <= zero || payment.currency !== invoice.currency) continue;
    const changeId = freshChangeId(invoice, draft.frame, `gross:${id}`);
    const settlement = { paymentId: id, itemId: invoice.id, changeId, amount, on: draft.frame.on };
    inOneStep(draft, (step) => take(step, applyPayment(accountIn(draft), settlement)));
  }
};
