/**
 * A credit of a journal that settles an item, in a company that keeps its book here; a later row may take it back.
 * From: `journal-work.ts`. Next: `creditAllocated`, what is missing beside it, or `applicationReversed`. What a receipt
 * settled is not told here but goes with the receipt: a row without a credit at hand is refused, not passed over.
 */
import type { Account, AccountItem, ItemChange } from './account.ts';
import { allocateCredit } from './allocate-credit.ts';
import { giverIdsOf, idOfAllocation, reasonOf } from './allocation-rows.ts';
import { nothing, type Decision } from './decide.ts';
import { begin, step, type Steps } from './decide-steps.ts';
import type { AllocationRow } from './feed-rows.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse, type Outcome, type Refusal } from './outcome.ts';
import { accountIn, add, inOneStep, type Draft } from './posting-steps.ts';
import type { ReductionReason } from './postings.ts';
import { reduceItem, reopenItem } from './reduce-item.ts';
import { reverseApplication } from './reverse-application.ts';

/** The row whole or not at all. The same row again is nothing. */
export const settleByCredit = (draft: Draft, row: AllocationRow): Refusal | undefined => {
  const itemId = idOfAllocation(row, draft.frame);
  const creditId = giverIdsOf(row, draft.frame).find((id) => draft.items.get(id)?.kind === 'creditNote');
  const item = draft.items.get(itemId);
  if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} here`);
  if (creditId === undefined)
    return refuse(
      'item-not-found',
      `there is no credit ${row.fromId} here; a receipt tells what it settles itself`,
    );
  if (item.currency !== row.currency)
    return refuse('item-differs', `${itemId} is in ${item.currency}, the row in ${row.currency}`);
  const decided = decide(accountIn(draft), item, creditId, row);
  if (!decided.ok) return decided;
  inOneStep(draft, (one) => {
    for (const fact of decided.value) add(one, fact);
  });
  return undefined;
};

type Part = { by: ReductionReason | 'allocation'; amount: AmountMinor };

const decide = (account: Account, item: AccountItem, creditId: string, row: AllocationRow): Decision => {
  const parts: Part[] = [
    { by: 'allocation', amount: row.amount },
    { by: 'discount', amount: row.discount },
    { by: reasonOf(row.reasonCode), amount: row.difference },
  ];
  let steps: Steps = begin(account);
  for (const part of parts.filter(({ amount }) => amount > 0)) {
    const next = step(steps, (now) =>
      row.isReversal
        ? takeBack(now, item.id, creditId, part, row)
        : settle(now, item.id, creditId, part, row),
    );
    if (!next.ok) return next;
    steps = next.steps;
  }
  return done(steps.facts);
};

/** What a row tells of, so that the same told again is known. */
const causeOf = ({ fromId }: AllocationRow, { by }: Part): string => `journal:${fromId}:${by}:`;

const settle = (
  account: Account,
  itemId: string,
  creditId: string,
  part: Part,
  row: AllocationRow,
): Decision => {
  const { by, amount } = part;
  const { postedOn: on } = row;
  const named = { itemId, changeId: `${causeOf(row, part)}${on}:${amount}`, amount, on };
  return by === 'allocation'
    ? allocateCredit(account, { ...named, creditId })
    : reduceItem(account, { ...named, by });
};

/** The last that the journal told of this credit and amount; taken back before: nothing. */
const takeBack = (
  account: Account,
  itemId: string,
  creditId: string,
  part: Part,
  row: AllocationRow,
): Decision => {
  const { by, amount } = part;
  const change = toldOf(account.items.get(itemId)?.changes ?? [], causeOf(row, part), amount);
  if (!change.ok) return change;
  const { id: changeId, isReversed } = change.value;
  if (isReversed) return nothing;
  const { postedOn: on } = row;
  return by === 'allocation'
    ? reverseApplication(account, { itemId, changeId, reason: `journal:${creditId}`, on })
    : reopenItem(account, { itemId, changeId, amount, on });
};

const toldOf = (
  changes: readonly ItemChange[],
  cause: string,
  amount: AmountMinor,
): Outcome<ItemChange, 'change-not-found'> => {
  const told = changes.filter((one) => one.id.startsWith(cause) && one.amount === amount);
  const found = told.findLast(({ isReversed }) => !isReversed) ?? told.at(-1);
  return found === undefined
    ? refuse('change-not-found', `nothing of ${amount} was told as ${cause}`)
    : done(found);
};
