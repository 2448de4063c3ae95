/**
 * Credits that the payer took off what was paid: each settles its item, within one account, before the money does.
 * From: the plan of a receipt. Next: facts for the account. A credit that is gone or an item that is paid meanwhile
 * takes nothing off; what is missing then stays open to see.
 */
import { sizeOf, type Account, type AccountItem } from './account.ts';
import { allocateCredit } from './allocate-credit.ts';
import type { Offset } from './allocation-input.ts';
import type { Day } from './calendar.ts';
import { begin, step, type Steps } from './decide-steps.ts';
import type { Fact } from './facts.ts';
import { smaller, zero, type AmountMinor } from './money.ts';

export type TakenOff = {
  receiptId: string;
  reservationId: string;
  offsets: readonly Offset[];
  on: Day;
};

/** Done before: nothing. */
export const takeOffCredits = (account: Account, taken: TakenOff): readonly Fact[] =>
  taken.offsets.reduce((steps, offset) => takeOff(steps, offset, taken), begin(account)).facts;

const takeOff = (
  steps: Steps,
  { creditId, itemId, amount }: Offset,
  { receiptId, reservationId, on }: TakenOff,
): Steps => {
  const [credit, item] = [steps.account.items.get(creditId), steps.account.items.get(itemId)];
  const changeId = `${receiptId}:${reservationId}:${creditId}`;
  const possible = smaller(amount, smaller(leftOf(credit), leftOf(item)));
  if (possible <= 0 || item?.changes.some(({ id }) => id === changeId)) return steps;
  const taken = step(steps, (now) =>
    allocateCredit(now, { creditId, itemId, changeId, amount: possible, on }),
  );
  return taken.ok ? taken.steps : steps;
};

const leftOf = (item: AccountItem | undefined): AmountMinor =>
  item === undefined ? zero : sizeOf(item.open);
