/**
 * Where the book of an account is not what a snapshot says although it was reconciled, and why.
 * From: `reconcile.ts`. Next: the morning check lists it.
 */
import { amountOf, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { Difference } from './morning-check.ts';
import type { AccountItem } from './account.ts';
import type { Draft } from './posting-steps.ts';
import { idOfRow } from './item-of-row.ts';
import { isCovered, type SnapshotWork } from './reconcile-frame.ts';

/** Open items that are not in the file and may not be closed, since a row could not be read. */
export const withheldItems = (
  draft: Draft,
  work: SnapshotWork,
  present: ReadonlySet<string>,
): AccountItem[] =>
  [...draft.items.values()].filter(
    (item) =>
      item.open !== 0 &&
      !present.has(item.id) &&
      (work.withheld === 'all' || work.withheld.includes(item.id)) &&
      isCovered(draft, work, item),
  );

/** Per currency and reason; positive when the book is higher than the file. */
export const differencesOf = (
  draft: Draft,
  work: SnapshotWork,
  present: ReadonlySet<string>,
): Difference[] => {
  const { accountId } = draft.head;
  const sums = new Map<string, AmountMinor>();
  const count = (because: Difference['because'], currency: Currency, amount: AmountMinor): void => {
    const key = `${because} ${currency}`;
    sums.set(key, sum(sums.get(key) ?? zero, amount));
  };
  for (const { currency, open } of withheldItems(draft, work, present)) count('withheld', currency, open);
  const refused = new Set(draft.refused.map(({ row }) => row.row));
  for (const row of work.rows) {
    if (!refused.has(row.row)) continue;
    const item = draft.items.get(idOfRow(row, draft.frame.hashText));
    const booked = item?.currency === row.currency && item.source === work.source ? item.open : zero;
    count('refused', row.currency, subtract(booked, row.open));
  }
  return [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([key, amount]) => {
      const [because = 'refused', currency = ''] = key.split(' ') as [Difference['because'], string];
      return { accountId, currency, amount: amountOf(amount), because };
    });
};
