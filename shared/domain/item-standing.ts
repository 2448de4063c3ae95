/**
 * How an item stands to reminders on a day: what may be asked of it, what nets, what keeps it back and until when.
 * From: the item, the holds and plan of its account. Next: `evaluate-account.ts`, the worklist.
 */
import type { AccountHead, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { directDebit, returnedOnOf } from './debit-returns.ts';
import type { DunningFrame } from './dunning-input.ts';
import { provisionalOf } from './evolve.ts';
import { isMandateEnded } from './mandate.ts';
import { claimableOf, type ItemStates } from './item-parts.ts';
import type { TreatmentRow } from './item-treatment.ts';
import { negate, subtract, sum, zero, type AmountMinor } from './money.ts';
import { holdOf } from './says-paid.ts';
import { reasonOfHold, type WithheldReason } from './withheld-reasons.ts';

export type ItemStanding = {
  item: AccountItem;
  /** May stand in the sum asked; 0 for credits and what is kept back. */
  claim: AmountMinor;
  /** Interest and fees: asked for beside principal only. */
  beside: AmountMinor;
  /** Of a credit: what it takes off, as a positive size. */
  credit: AmountMinor;
  /** Nothing is asked, and why; absent for items that have a track of their own. */
  reason?: WithheldReason;
  /** The last day the reason holds, where it is known. */
  untilOn?: Day;
  /** Parts kept back beside what is asked. */
  aside: readonly { amount: AmountMinor; reason: WithheldReason }[];
};

const reasonOfRow: Partial<Record<TreatmentRow, WithheldReason>> = {
  ...{ disputed: 'disputed', promised: 'promised', inPlan: 'in-plan', directDebitPending: 'direct-debit' },
  ...{
    draftBeforeMaturity: 'draft-not-matured',
    retentionBeforeRelease: 'retention',
    factorDisclosed: 'factored',
  },
  ...{ intercompany: 'intercompany', insolvent: 'insolvent', placed: 'placed' },
};

type Frame = Pick<DunningFrame, 'today' | 'disclosedFactors'>;

/** How an item stands; `plan` and holds are those of its account. */
export const standingOfItem = (item: AccountItem, head: AccountHead, frame: Frame): ItemStanding => {
  const nothing = { item, claim: zero, beside: zero, credit: zero, aside: [] };
  const kept = keptWhole(item, head, frame.today);
  if (kept !== undefined) return { ...nothing, ...kept };
  if (isPlain(item, head)) return standing(item, item.open, zero, []);
  const states = statesOfItem(item, head, frame);
  const { claimed, besidePrincipal, held } = claimableOf(item, states, frame.today);
  if (claimed < 0) return { ...nothing, credit: negate(claimed) };
  const aside = held.flatMap(({ amount, reason: row }) => {
    const reason = reasonOfRow[row];
    return reason === undefined ? [] : [{ amount, reason }];
  });
  const untilOn = firstEndOf(item, frame);
  return {
    ...standing(item, claimed, besidePrincipal, aside),
    ...(untilOn === undefined ? {} : { untilOn }),
  };
};

/** The day after which more of it may be asked for: the first of its held parts to end, whatever holds it. */
const firstEndOf = ({ heldParts = [] }: AccountItem, { today }: Frame): Day | undefined =>
  heldParts
    .flatMap(({ untilOn }) => (untilOn !== undefined && today <= untilOn ? [untilOn] : []))
    .toSorted()
    .at(0);

const standing = (
  item: AccountItem,
  claimed: AmountMinor,
  beside: AmountMinor,
  aside: ItemStanding['aside'],
): ItemStanding => {
  const pending = provisionalOf(item);
  const left = subtract(claimed, pending);
  const base = { item, beside: left >= 0 ? beside : zero, credit: zero, aside };
  if (left > 0) return { ...base, claim: left };
  const [held] = aside;
  const reason = claimed > 0 ? 'payment-pending' : held?.reason;
  return { ...base, claim: zero, ...(reason === undefined ? {} : { reason }) };
};

/** A request for a down payment stands in no reminder: only the notice of its own track asks for it. */
export const standingOfRequest = (of: ItemStanding): ItemStanding => {
  const { item, reason } = of;
  if (item.kind !== 'downPaymentRequest' || item.open <= 0 || reason !== undefined) return of;
  const left = subtract(item.open, provisionalOf(item));
  return left > 0 ? { ...of, claim: left } : { ...of, reason: 'payment-pending' };
};

/** Holds, blocks and faults keep an item back as a whole; a credit that is held still nets nothing. */
const keptWhole = (
  item: AccountItem,
  { holds }: AccountHead,
  today: Day,
): Pick<ItemStanding, 'reason' | 'untilOn'> | undefined => {
  if (item.open < 0) return undefined;
  const hold = holds.length === 0 ? undefined : holdOf(holds, item.id, today);
  if (hold !== undefined)
    return {
      reason: reasonOfHold(hold.code),
      ...(hold.untilOn === undefined ? {} : { untilOn: hold.untilOn }),
    };
  if (item.faults !== undefined && item.faults.length > 0)
    return { reason: item.faults.includes('source-row-refused') ? 'source-row-refused' : 'on-hold' };
  return item.erpBlock === undefined ? undefined : { reason: 'erp-dunning-block' };
};

/** Nothing about it but its amount: most items, so that they cost nothing to look at. */
const isPlain = (item: AccountItem, { dunning }: AccountHead): boolean =>
  (item.kind === 'invoice' || item.kind === 'debitNote') &&
  item.open > 0 &&
  item.heldParts === undefined &&
  item.retention === undefined &&
  item.method !== directDebit &&
  item.apPayOn === undefined &&
  item.assignedTo === undefined &&
  !item.isIntercompany &&
  dunning.plan === undefined;

/** The facts about an item that do not stand on its document, as the account keeps them. */
export const statesOfItem = (item: AccountItem, { dunning }: AccountHead, frame: Frame): ItemStates => {
  const { disclosedFactors, today } = frame;
  const parts = (item.heldParts ?? []).filter(({ untilOn }) => untilOn === undefined || today <= untilOn);
  const amountOf = (code: string): AmountMinor =>
    sum(...parts.filter((one) => one.code === code).map(({ amount }) => amount));
  const promisedDays = parts.flatMap(({ code, untilOn }) =>
    code === 'promised' && untilOn ? [untilOn] : [],
  );
  const [holdsUntilOn] = promisedDays.toSorted().toReversed();
  return {
    disputed: amountOf('disputed'),
    ...(holdsUntilOn === undefined ? {} : { promised: { amount: amountOf('promised'), holdsUntilOn } }),
    isInPlan: dunning.plan?.items.some(({ itemId }) => itemId === item.id) ?? false,
    isDirectDebitPending:
      item.method === directDebit && returnedOnOf(item) === undefined && !isMandateEnded(dunning),
    isFactorDisclosed: item.assignedTo !== undefined && disclosedFactors.has(item.assignedTo),
  };
};
