/**
 * Whether money that arrives is what a feed has shown already: the ladder over what went off the items, before the
 * ladder over what is open.
 * From: a provisional receipt, items that feeds lowered about its day. Next: portions that lower no claim again.
 */
import type { Allocation, OpenItem } from './allocation-input.ts';
import { allocate } from './allocation.ts';
import type { Day } from './calendar.ts';
import {
  openItemOf,
  reservationAfter,
  type Candidate,
  type PlanInput,
  type PlannedReceipt,
} from './plan-receipt.ts';
import { shownOf } from './shown-money.ts';

export type ShownInput = PlanInput & {
  lowered: readonly Candidate[];
  /** The first day on which a feed can have shown it. */
  since: Day;
  /** Whether `lowered` is all there is: else no item is "the only one". */
  isWhole: boolean;
};

/**
 * The plan when all of the money is found among what was lowered; undefined when the open items decide. Where both
 * fit and the payer named neither, it is nobody's guess: on account, with both to choose from.
 */
export const planShown = (input: ShownInput): PlannedReceipt | undefined => {
  const { receipt, lowered, since, candidates } = input;
  if (receipt.free <= 0 || lowered.length === 0) return undefined;
  const shown = ladder(
    input,
    lowered.map((one) => ({ ...openItemOf(one), open: shownOf(one.item, since) })),
  );
  if (shown.onAccount !== 0 || shown.offsets.length > 0 || !isWhole(input, shown)) return undefined;
  const reservationId = reservationAfter(receipt);
  if (!isNamed(shown)) {
    if (!input.isWhole) return undefined;
    const open = ladder(input, candidates.map(openItemOf));
    if (isNamed(open) || open.proposals.some(({ because }) => because === 'named')) return undefined;
    if (open.onAccount === 0) return undecided(input, reservationId, [shown, open]);
  }
  const { rung, lines } = shown;
  const { currency } = receipt;
  return {
    plan: { reservationId, rung, reason: `a feed has shown it: ${shown.reason}`, offsets: [], proposals: [] },
    wanted: lines.map(({ account, itemId, amount }) => ({
      account,
      itemId,
      amount,
      currency,
      isShown: true,
    })),
  };
};

const ladder = ({ receipt, remittance, limits }: ShownInput, items: readonly OpenItem[]): Allocation => {
  const { currency, valueOn, structuredReference = '', text } = receipt;
  return allocate({
    money: { amount: receipt.free, currency, valueOn, text: `${structuredReference} ${text}`.trim() },
    items: items.filter((item) => item.currency === currency),
    ...(remittance === undefined ? {} : { remittance }),
    ...{ isOldestFirst: false, limits },
  });
};

const isNamed = ({ rung }: Allocation): boolean =>
  rung === 'reference' || rung === 'remittance' || rung === 'numbers-in-text';

/** Of an item still open the very amount that went off it; of a cleared one at most that. */
const isWhole = ({ lowered, since }: ShownInput, { lines }: Allocation): boolean =>
  lines.every(({ account, itemId, amount }) => {
    const found = lowered.find(
      (one) =>
        one.item.id === itemId &&
        one.account.accountId === account.accountId &&
        one.account.companyId === account.companyId,
    );
    return found !== undefined && (found.item.open === 0 || shownOf(found.item, since) === amount);
  });

const undecided = (
  { receipt, payer }: ShownInput,
  reservationId: string,
  choices: readonly Allocation[],
): PlannedReceipt => ({
  plan: {
    ...{ reservationId, rung: 'on-account', offsets: [] },
    reason: 'it fits what a feed has shown and what is still open',
    proposals: choices.map(({ lines }) => ({
      because: 'same-amount',
      items: lines.map(({ account, itemId }) => ({ account, itemId })),
    })),
  },
  wanted: [{ account: payer, amount: receipt.free, currency: receipt.currency }],
});
