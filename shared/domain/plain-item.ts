/**
 * Items of which the head alone tells what may be claimed: nothing holds, defers, insures or pays a part of them.
 * From: `evolve.ts`, which marks them in the head. Next: rows of the worklist, which read none of these items.
 */
import type { AccountItem, OpenItem } from './account.ts';
import { directDebit } from './debit-returns.ts';
import { zero } from './money.ts';

/** Whoever lets a claim go by more of an item than its line in the head says names it here, too. */
export const isPlainItem = (item: AccountItem): boolean =>
  item.heldParts === undefined &&
  item.retention === undefined &&
  item.method !== directDebit &&
  item.assignedTo === undefined &&
  item.erpBlock === undefined &&
  item.apPayOn === undefined &&
  (item.faults ?? []).length === 0 &&
  !item.isIntercompany &&
  !item.isInsured &&
  item.provisional.every(({ state }) => state !== 'noted');

/** As much of a plain item as its claim goes by; what it says beside this is said of no item. */
export const plainItemOf = ({ isPlain: _told, ...listed }: OpenItem): AccountItem => ({
  ...listed,
  ...{ source: '', number: '', part: '1', original: listed.open, discountTiers: [], parties: {} },
  ...{ documentOn: listed.dueOn, postedOn: listed.dueOn, firstDueOn: listed.dueOn, references: {} },
  ...{ isInsured: false, isIntercompany: false, changes: [], allocated: zero, provisional: [] },
  ...{ writeOffs: [], recoveries: [] },
});
