/**
 * What the rows of a journal's allocations name: the item they are for, the document they come from, the reason of
 * what is missing.
 * From: `journal-work.ts`, `settle-by-credit.ts`. Next: ids to load, reductions.
 */
import { itemIdOf } from './document-ids.ts';
import type { AllocationRow } from './feed-rows.ts';
import type { ItemKind } from './item.ts';
import type { PostingFrame } from './posting-steps.ts';
import type { ReductionReason } from './postings.ts';

/** The id of the item an allocation is for. */
export const idOfAllocation = (
  { kind: type, number, fiscalYear, part }: AllocationRow,
  frame: Pick<PostingFrame, 'hashText'>,
): string =>
  itemIdOf({ type, number, part, ...(fiscalYear === undefined ? {} : { fiscalYear }) }, frame.hashText);

/** Ids the document it comes from may have, where it comes from one. */
export const giverIdsOf = ({ fromId }: AllocationRow, frame: Pick<PostingFrame, 'hashText'>): string[] =>
  (['creditNote', 'paymentOnAccount'] as const satisfies readonly ItemKind[]).map((type) =>
    itemIdOf({ type, number: fromId, part: '1' }, frame.hashText),
  );

/** Of the difference an allocation row tells beside its amount. */
export const reasonOf = (code: string | undefined): ReductionReason => {
  if (code === 'WHT') return 'withholdingTax';
  return code === 'BANK' ? 'bankCharge' : 'smallDifference';
};
