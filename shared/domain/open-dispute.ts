/**
 * Opens a case, accepts the smallest by themselves, and opens a decided one again.
 * From: staff, the portal, a short payment; what is open and contested already is handed in. Next: facts, or a
 * refusal. A case never holds more of an item than is open and not in another case.
 */
import { addDays, type Day } from './calendar.ts';
import type { DisputeCode, DisputeRules } from './dispute-codes.ts';
import { disputedAmount, type Dispute, type DisputedItem, type DisputeFact } from './dispute.ts';
import { limitIn } from './euro-limits.ts';
import { smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type OpenRequest = Omit<
  Extract<DisputeFact, { kind: 'disputeOpened' }>,
  'kind' | 'currency' | 'owner' | 'items'
> & { items: readonly DisputedItem[]; ownerOf: (department: string) => string };

/** An item as opening a case needs it. */
export type ContestableItem = {
  id: string;
  currency: Currency;
  open: AmountMinor;
  /** In other cases that hold their amount. */
  contested: AmountMinor;
};

export type OpenRefusal =
  | ('items-missing' | 'item-not-found' | 'amount-not-right' | 'above-open')
  | ('currencies-differ' | 'limits-lack-currency');

/** The opening of a case, its owner by code and amount. */
export const openDispute = (
  { items, ownerOf, ...request }: OpenRequest,
  known: ReadonlyMap<string, ContestableItem>,
): Outcome<DisputeFact[], OpenRefusal> => {
  const currency = known.get(items[0]?.itemId ?? '')?.currency;
  const wrong = wrongItem(items, known);
  if (wrong !== undefined) return wrong;
  if (currency === undefined) return refuse('items-missing', 'a case is about at least one item');
  const owner = departmentFor(request.recipe, disputedAmount({ items }), currency);
  if (!owner.ok) return owner;
  return done([
    { ...request, kind: 'disputeOpened', items: [...items], currency, owner: ownerOf(owner.value) },
  ]);
};

const wrongItem = (items: readonly DisputedItem[], known: ReadonlyMap<string, ContestableItem>) => {
  const currencies = new Set(items.map(({ itemId }) => known.get(itemId)?.currency));
  const asked = new Map<string, AmountMinor>();
  for (const { itemId, amount } of items) {
    const item = known.get(itemId);
    if (item === undefined) return refuse('item-not-found', `${itemId} is no item of the account`);
    asked.set(itemId, sum(asked.get(itemId) ?? zero, amount));
    const free = subtract(item.open, item.contested);
    if (amount <= 0 && free > 0) return refuse('amount-not-right', `${amount} of ${itemId} is not above 0`);
    if (free <= 0 || asked.get(itemId)! > free)
      return refuse('above-open', `${amount} of ${itemId}: ${free} is open and not contested yet`);
  }
  return currencies.size > 1 ? refuse('currencies-differ', 'a case is in one currency') : undefined;
};

/** An amount of an item, as far as somebody says how much. */
export type WantedItem = { itemId: string; amount?: AmountMinor | undefined };

/**
 * Amounts where none is said: all that is open and not contested. `isLowered`: whoever asks sees their page a little late,
 * so more than that is taken for that, and what is gone is left out, unless nothing is left at all.
 */
export const amountsOf = (
  items: readonly WantedItem[],
  known: ReadonlyMap<string, ContestableItem>,
  isLowered: boolean,
): DisputedItem[] => {
  const freeOf = (itemId: string): AmountMinor | undefined => {
    const item = known.get(itemId);
    return item && subtract(item.open, item.contested);
  };
  const wanted = items.map(({ itemId, amount }) => ({ itemId, amount: amount ?? freeOf(itemId) ?? zero }));
  const lowered = wanted.map(({ itemId, amount }) => ({
    ...{ itemId, amount: smaller(amount, freeOf(itemId) ?? amount) },
  }));
  const left = lowered.filter(({ amount }) => amount > 0);
  return isLowered && left.length > 0 ? left : wanted;
};

/** The department that owns a case of this amount. */
export const departmentFor = (
  { owners, ownerFrom }: DisputeCode,
  amount: AmountMinor,
  currency: Currency,
): Outcome<string, 'limits-lack-currency'> => {
  if (ownerFrom === undefined) return done(owners[0]);
  const from = limitIn(currency, ownerFrom.euroCents);
  return from.ok ? done(amount >= from.value ? ownerFrom.owner : owners[0]) : from;
};

/** Whether a case is accepted without a person: within its code's sum, and not too often for the account. */
export const isAcceptedByItself = (
  dispute: Dispute,
  acceptedBefore: readonly Day[],
  on: Day,
  { autoAccept }: DisputeRules,
): Outcome<boolean, 'limits-lack-currency'> => {
  const limit = limitIn(dispute.currency, dispute.recipe.autoEuroCents);
  if (!limit.ok) return limit;
  const since = addDays(on, -autoAccept.inDays);
  const lately = acceptedBefore.filter((day) => day > since && day <= on).length;
  const isSmall = dispute.recipe.autoEuroCents > 0 && disputedAmount(dispute) <= limit.value;
  return done(isSmall && dispute.state === 'opened' && lately < autoAccept.timesPerAccount);
};

/** Opens a decided or closed case again; only for a paper it has not had. */
export const reopenDispute = (
  dispute: Dispute,
  { paperId, by, on }: { paperId: string | undefined; by: string; on: Day },
): Outcome<DisputeFact[], 'not-decided' | 'paper-not-new'> => {
  if (dispute.decision === undefined) return refuse('not-decided', `${dispute.id} is not decided`);
  if (paperId === undefined || dispute.papers.some((paper) => paper.paperId === paperId))
    return refuse('paper-not-new', `${dispute.id} is opened again only for a paper it has not had`);
  return done([{ kind: 'disputeReopened', paperId, by, on }]);
};
