/**
 * The step of its policy an item has reached on a day: last stage + 1 once its day is there and the gap is over; what
 * is below its amount is passed over, each with its reason (D6).
 * From: `evaluate-account.ts`. Next: the same nets what is due and picks the stage of the message.
 */
import type { AccountItem } from './account.ts';
import { isBusinessDay, nextBusinessDay } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import type { DunningFrame, PayerFacts } from './dunning-input.ts';
import { limitIn } from './euro-limits.ts';
import { joinsOn } from './item-waits.ts';
import type { AmountMinor, Currency } from './money.ts';
import {
  channelOf,
  isBeforeDue,
  stageAfterChange,
  toneRank,
  type Policy,
  type PolicyStep,
} from './policy.ts';
import { insuranceDates, insuredFinalOn } from './policy-tracks.ts';
import type { WithheldReason } from './withheld-reasons.ts';

type Skipped = { stage: number; reason: WithheldReason };

export type ItemStep =
  /** `isPulled`: before its turn, for a date of the insurer; no gap between messages holds it up. */
  | { is: 'due'; step: PolicyStep; skipped: readonly Skipped[]; isPulled?: true }
  /** Nothing before this day. */
  | { is: 'later'; on: Day }
  | { is: 'withheld'; reason: WithheldReason; on?: Day }
  /** Every step is behind it, or none concerns it. */
  | { is: 'none' };

type Place = { policy: Policy; payer: PayerFacts; frame: DunningFrame };

/** The stage an item stands at under this policy. */
export const stageUnder = (item: AccountItem, policy: Policy): number => {
  const { reminded, stage } = item;
  if (reminded === undefined || reminded.policyId === policy.id || reminded.on === undefined) return stage;
  return stageAfterChange(policy, reminded.tone);
};

/** Whether an amount reaches what a step asks for; undefined where the limits know no such currency. */
export const reaches = (
  amount: AmountMinor,
  currency: Currency,
  fromEuroCents: number,
  { limitFactors }: Pick<DunningFrame, 'limitFactors'>,
): boolean | undefined => {
  const limit = limitIn(currency, fromEuroCents, limitFactors);
  return limit.ok ? amount >= limit.value : undefined;
};

/** @param claim what the account owes in the item's currency after credits; before the due day the item's own. */
export const stepOfItem = (
  item: AccountItem,
  own: AmountMinor,
  claim: AmountMinor,
  place: Place,
): ItemStep => {
  const { frame } = place;
  if (reaches(claim, item.currency, 0, frame) === undefined) return { is: 'withheld', reason: 'review-list' };
  if (frame.today <= item.dueOn) return beforeDue(item, own, place);
  const isNew = item.reminded?.on === undefined && item.stage <= 1;
  if (isNew && isTooOld(item, frame)) return { is: 'withheld', reason: 'review-list' };
  const isFirst = isNew && isOld(item, frame);
  const pulled = isFirst ? undefined : pulledFinal(item, claim, place);
  if (pulled !== undefined) return pulled;
  const last = isFirst ? startOfOld(item, claim, place) : lastOf(item, place);
  const found = nextAfter(last, item, claim, place);
  if (found.is !== 'due') return found;
  const gapEndsOn =
    item.reminded?.on === undefined ? undefined : addDays(item.reminded.on, place.policy.gapDays);
  if (gapEndsOn !== undefined && frame.today < gapEndsOn) return { is: 'later', on: gapEndsOn };
  return isNew ? afterPayRun(item, found, place) : found;
};

/** The first stage of one whose debit came back and stayed unpaid: before it, nobody asked. */
const stageOfReturned = 5;

/** The stage behind it: a debit that came back goes on at the fifth. */
const lastOf = (item: AccountItem, { policy, frame }: Place): number => {
  const last = stageUnder(item, policy);
  return joinsOn(item, frame) === undefined ? last : Math.max(last, stageOfReturned - 1);
};

/** So many days after the due day; of a debit that came back the fifth stage is its day of joining. */
const dayOfStep = (
  { day }: PolicyStep,
  item: AccountItem,
  { policy, frame }: Pick<Place, 'policy' | 'frame'>,
): Day => {
  const joins = joinsOn(item, frame);
  const first = policy.steps.find((step) => !isBeforeDue(step) && step.stage >= stageOfReturned);
  return joins === undefined || first === undefined
    ? addDays(item.dueOn, day)
    : addDays(joins, day - first.day);
};

/** The final notice of an insured item, where the insurer's date asks for it now (R161). */
const pulledFinal = (item: AccountItem, claim: AmountMinor, place: Place): ItemStep | undefined => {
  const { policy, frame } = place;
  if (!item.isInsured || frame.today > insuranceDates(item.dueOn).reportBy) return undefined;
  const step = policy.steps.findLast((one) => one.tone === 'final' && channelOf(one.act) === 'mail');
  if (step === undefined || stageUnder(item, policy) >= step.stage) return undefined;
  if (frame.today < insuredFinalOn(item.dueOn, frame.calendar)) return undefined;
  return reaches(claim, item.currency, step.fromEuroCents, frame) === true
    ? { is: 'due', step, skipped: [], isPulled: true }
    : undefined;
};

/** Overdue before the company went live. */
const isOld = ({ dueOn }: AccountItem, { goLiveOn }: DunningFrame): boolean =>
  goLiveOn !== undefined && dueOn < goLiveOn;

const isTooOld = (item: AccountItem, frame: DunningFrame): boolean =>
  isOld(item, frame) && addDays(item.dueOn, frame.rules.goLive.reviewListAfterDays) < frame.today;

/** The stage before the one an old item starts at: the highest mail it has reached, no higher than *clear*. */
const startOfOld = (item: AccountItem, claim: AmountMinor, { policy, frame }: Place): number => {
  const highest = toneRank(frame.rules.goLive.highestTone);
  const start = policy.steps.findLast(
    (step) =>
      !isBeforeDue(step) &&
      channelOf(step.act) === 'mail' &&
      toneRank(step.tone) <= highest &&
      addDays(item.dueOn, step.day) <= frame.today &&
      reaches(claim, item.currency, step.fromEuroCents, frame) === true,
  );
  return (start?.stage ?? 1) - 1;
};

const nextAfter = (
  last: number,
  item: AccountItem,
  claim: AmountMinor,
  { policy, frame }: Place,
): ItemStep => {
  const skipped: Skipped[] = [];
  for (const step of policy.steps) {
    if (isBeforeDue(step) || step.stage <= last) continue;
    const on = dayOfStep(step, item, { policy, frame });
    if (on > frame.today)
      return skipped.length === 0 ? { is: 'later', on } : { is: 'withheld', reason: 'below-minimum', on };
    if (reaches(claim, item.currency, step.fromEuroCents, frame)) return { is: 'due', step, skipped };
    skipped.push({ stage: step.stage, reason: 'below-minimum' });
  }
  return skipped.length === 0 ? { is: 'none' } : { is: 'withheld', reason: 'below-minimum' };
};

/** The last reached step before the due day that was not done, where it concerns the item. */
const beforeDue = (item: AccountItem, own: AmountMinor, place: Place): ItemStep => {
  const { policy, frame } = place;
  const done = item.reminded?.courtesies ?? [];
  const steps = policy.steps.filter((step) => isBeforeDue(step) && concerns(step, item, place));
  const reached = steps.findLast(({ day }) => addDays(item.dueOn, day) <= frame.today);
  const later = steps.find(({ day }) => addDays(item.dueOn, day) > frame.today);
  const first = policy.steps.find((step) => !isBeforeDue(step));
  const next = later ?? first;
  const waits: ItemStep =
    next === undefined ? { is: 'none' } : { is: 'later', on: addDays(item.dueOn, next.day) };
  if (reached === undefined || done.includes(reached.day)) return waits;
  if (reaches(own, item.currency, reached.fromEuroCents, frame))
    return { is: 'due', step: reached, skipped: [] };
  return { is: 'withheld', reason: 'below-minimum', on: addDays(item.dueOn, next?.day ?? 1) };
};

const concerns = ({ only }: PolicyStep, { discountTiers }: AccountItem, { payer, frame }: Place): boolean =>
  only === undefined ||
  (only.firstInvoices !== undefined && payer.invoiceCount <= only.firstInvoices) ||
  (only.usualLatenessDays !== undefined && (payer.usualLatenessDays ?? 0) >= only.usualLatenessDays) ||
  (only.isDiscountOpen === true && discountTiers.some(({ untilOn }) => frame.today <= untilOn));

/** A first reminder waits for the payer's business day after its day off, or until its next pay run is over. */
const afterPayRun = (item: AccountItem, due: Extract<ItemStep, { is: 'due' }>, place: Place): ItemStep => {
  const { payer, frame } = place;
  const { mostUsualLatenessDays, mostWaitDays } = frame.rules.payRun;
  const { dueOn } = item;
  const mayPay = isBusinessDay(dueOn, payer.calendar) ? dueOn : nextBusinessDay(dueOn, payer.calendar);
  const isPunctual =
    payer.usualLatenessDays !== undefined && payer.usualLatenessDays <= mostUsualLatenessDays;
  const run = isPunctual ? (payer.payRunsOn ?? []).filter((on) => on >= dueOn).toSorted()[0] : undefined;
  const from = run === undefined ? mayPay : addDays(run, 1);
  const latest = addDays(dueOn, due.step.day + mostWaitDays);
  const on = from < latest ? from : latest;
  return frame.today < on ? { is: 'withheld', reason: 'pay-run-wait', on } : due;
};
