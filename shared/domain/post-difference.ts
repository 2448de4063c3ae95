/**
 * What is missing of an item after a short payment, posted as its reading says (`defaults.md` §3.2).
 * From: `post-payment.ts`. Next: reductions of the item and, where the payer deducted, an item of its own that takes
 * over due day, stage and history. What stays ordinary debt, is kept by agreement or is proposed posts nothing.
 */
import type { AccountItem } from './account.ts';
import { mustStep, type Steps } from './decide-steps.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import type { Item } from './item.ts';
import type { AmountMinor } from './money.ts';
import { postItem } from './post-item.ts';
import type { ReductionReason } from './postings.ts';
import type { Portion, ReceiptHead } from './receipt.ts';
import { reduceItem } from './reduce-item.ts';
import type { Reading } from './short-payment-input.ts';

type Difference = { by: ReductionReason; amount: AmountMinor; code?: string; claimNumber?: string };

/** How a reading lowers the item; a difference with a code becomes an item of its own. */
export const differencesOf = (reading: Reading): Difference[] => {
  switch (reading.reads) {
    case 'discount-taken':
    case 'discount-told':
      return [{ by: 'discount', amount: reading.discount }];
    case 'discount-late':
      return [
        { by: 'discount', amount: reading.discount },
        { by: 'residual', amount: reading.deduction, code: reading.code },
      ];
    case 'discount-tolerated':
      return [
        { by: 'discount', amount: reading.discount },
        { by: 'smallDifference', amount: reading.tolerated },
      ];
    case 'tax-withheld':
      return [{ by: 'residual', amount: reading.withheld, code: reading.code }];
    case 'bank-charge':
      return [{ by: 'bankCharge', amount: reading.writtenOff }];
    case 'small-difference':
      return [{ by: 'smallDifference', amount: reading.writtenOff }];
    case 'claimed-deduction':
    case 'unexplained-deduction':
      return [
        {
          ...{ by: 'residual', amount: reading.deduction, code: reading.code },
          ...('claimNumber' in reading ? { claimNumber: reading.claimNumber } : {}),
        },
      ];
    case 'retention-kept':
    case 'credit-taken':
    case 'part-payment':
      return [];
  }
};

type Posting = { receipt: ReceiptHead; portion: Portion; hashText: HashText };

/** Nothing is posted where less is missing than was read: somebody has settled the rest meanwhile. */
export const postDifferences = (
  before: Steps,
  itemId: string,
  { receipt, portion, hashText }: Posting,
  paymentId: string,
): Steps =>
  (portion.readings ?? [])
    .flatMap(differencesOf)
    .filter(({ amount }) => amount > 0)
    .reduce((steps, difference) => {
      const item = steps.account.items.get(itemId);
      if (item === undefined || item.open < difference.amount) return steps;
      const { by, amount, code } = difference;
      const reduction = { itemId, changeId: changeIdOf(paymentId, by), by, amount, on: receipt.postedOn };
      const reduced = mustStep(steps, (now) => reduceItem(now, reduction));
      if (code === undefined) return reduced;
      return mustStep(reduced, (now) =>
        postItem(now, deductionOf(item, difference, receipt, portion, hashText)),
      );
    }, before);

/** The change of an item that a payment's difference made. */
export const changeIdOf = (paymentId: string, by: ReductionReason): string => `${paymentId}#${by}`;

/** Number and part tell of which item and which payment it is the rest. */
export const deductionIdOf = (
  item: Pick<Item, 'number' | 'fiscalYear'>,
  portionId: string,
  hashText: HashText,
): string => itemIdOf({ type: 'deduction', ...deductionKey(item, portionId, hashText) }, hashText);

const deductionKey = (
  { number, fiscalYear }: Pick<Item, 'number' | 'fiscalYear'>,
  portionId: string,
  hashText: HashText,
) => ({
  number: `${number}-D`,
  ...(fiscalYear === undefined ? {} : { fiscalYear }),
  part: hashText(portionId).slice(0, 8),
});

const deductionOf = (
  item: AccountItem,
  { amount, code, claimNumber }: Difference,
  { valueOn, postedOn, source }: ReceiptHead,
  portion: Portion,
  hashText: HashText,
): Item => ({
  ...{ id: deductionIdOf(item, portion.id, hashText), kind: 'deduction', source },
  ...deductionKey(item, portion.id, hashText),
  originalId: item.id,
  ...{ documentOn: valueOn, postedOn: postedOn > item.postedOn ? postedOn : item.postedOn },
  ...{ firstDueOn: item.firstDueOn, dueOn: item.dueOn, currency: item.currency },
  ...{ original: amount, open: amount, discountTiers: [], parties: item.parties },
  references: item.references,
  ...{ isInsured: item.isInsured, isIntercompany: item.isIntercompany, stage: item.stage },
  ...(code === undefined ? {} : { reasonCode: code }),
  ...(claimNumber === undefined ? {} : { claimNumber }),
});
