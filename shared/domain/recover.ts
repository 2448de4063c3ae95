/**
 * Decides that money came for what was written off: income of its month, no item is opened again.
 * From: receipts, agencies. Next: `recoveryReceived`, or a refusal.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import { amountRefused, findItem, latestOf, nothing, type Decision } from './decide.ts';
import { subtract, sum, type AmountMinor } from './money.ts';
import { done, refuse } from './outcome.ts';

export type ReceivedRecovery = { itemId: string; changeId: string; amount: AmountMinor; on: Day };

/** At most what was written off and has not come back yet. The same recovery again is nothing. */
export const recover = (account: Account, { itemId, changeId, amount, on }: ReceivedRecovery): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const item = found.value;
  const known = item.recoveries.find(({ id }) => id === changeId);
  if (known !== undefined)
    return known.amount === amount
      ? nothing
      : refuse('change-differs', `${changeId} recovered ${known.amount} before`);
  const written = item.changes.filter(({ by, isReversed }) => by === 'writeOff' && !isReversed);
  const left = subtract(
    sum(...written.map((change) => change.amount)),
    sum(...item.recoveries.map((recovery) => recovery.amount)),
  );
  if (amount > left) return refuse('more-than-left', `${amount} is more than the ${left} written off`);
  const { currency } = item;
  return (
    amountRefused(item, amount) ??
    done([
      {
        kind: 'recoveryReceived',
        ...{ itemId, changeId, on: latestOf(on, item.postedOn, ...written.map((change) => change.on)) },
        posting: { debit: 'cash', credit: 'recovered', amount, currency },
      },
    ])
  );
};
