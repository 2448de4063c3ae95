/**
 * One step as it would happen: what is asked, of which items at which stage, in which tone and text, who releases it.
 * From: `evaluate-account.ts`. Next: `decide-plan.ts` makes a message or a task of it; previews list it.
 */
import type { AccountClaims, CurrencyClaims } from './account-claims.ts';
import { addDays, textOfInstant, type Day } from './calendar.ts';
import type { StepItem } from './dunning-facts.ts';
import type { DunningFrame, DunningInput } from './dunning-input.ts';
import { reaches } from './item-step.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { Claimed } from './net-claims.ts';
import {
  channelOf,
  isBeforeDue,
  type Channel,
  type Duty,
  type PolicyStep,
  type StepAct,
  type TextCode,
  type Tone,
} from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type PlannedStep = {
  channel: Channel;
  act: StepAct;
  stage: number;
  policyId: string;
  tone?: Tone;
  text?: TextCode;
  /** Who does it, and what it waits for before it goes out. */
  does: readonly Duty[];
  needs: readonly ('draft' | Duty)[];
  /** By currency, each above 0. */
  sums: Readonly<Record<Currency, AmountMinor>>;
  items: readonly StepItem[];
  credits: readonly { itemId: string; amount: AmountMinor }[];
  /** Money received and not yet allocated that is taken off besides, by currency, above 0. */
  unallocated?: Readonly<Record<Currency, AmountMinor>>;
  aside: readonly { itemId: string; amount: AmountMinor; reason: WithheldReason }[];
  payByOn?: Day;
  hasLetter?: true;
  also: readonly string[];
  copyTo: readonly string[];
  withinDays?: number;
  /** ISO instant; absent: at once. */
  notBefore?: string;
  /** For a date of the insurer: no gap between messages holds it up. */
  isPulled?: true;
};

/** @param carried the due items whose stage it moves. */
export const stepFrom = (
  step: PolicyStep,
  carried: readonly Claimed[],
  claims: AccountClaims,
  input: DunningInput,
  frame: DunningFrame,
): PlannedStep => {
  const channel = channelOf(step.act);
  const asked = isBeforeDue(step) ? askedBefore(carried, step, claims) : askedOverdue(carried, claims);
  const isMail = channel === 'mail';
  const hours = isMail ? frame.contactTime(input.payer) : undefined;
  return {
    ...{ channel, act: step.act, stage: step.stage, policyId: input.policy.id },
    ...(step.tone === undefined ? {} : { tone: step.tone }),
    ...(step.text === undefined ? {} : { text: step.text }),
    ...{ does: step.does, needs: isMail ? needsOf(step, frame) : [] },
    ...asked,
    ...(isMail && hasLetter(step, asked.sums, frame) ? { hasLetter: true } : {}),
    ...(isMail && step.payByDays !== undefined ? { payByOn: addDays(frame.today, step.payByDays) } : {}),
    ...(carried.some(({ due }) => due?.isPulled === true && due.step === step) ? { isPulled: true } : {}),
    ...{ also: step.also ?? [], copyTo: step.copyTo ?? [] },
    ...(step.withinDays === undefined ? {} : { withinDays: step.withinDays }),
    ...(hours === undefined || hours.isOpen ? {} : { notBefore: textOfInstant(hours.opensAt) }),
  };
};

const needsOf = (
  { releasedBy }: PolicyStep,
  { goLiveOn, today, rules }: DunningFrame,
): ('draft' | Duty)[] => [
  ...(goLiveOn !== undefined && today < addDays(goLiveOn, rules.goLive.draftDays)
    ? (['draft'] as const)
    : []),
  ...(releasedBy === undefined ? [] : [releasedBy]),
];

const hasLetter = (
  { act, letterFromEuroCents }: PolicyStep,
  sums: PlannedStep['sums'],
  frame: DunningFrame,
): boolean =>
  act === 'letter' ||
  (letterFromEuroCents !== undefined &&
    Object.entries(sums).some(
      ([currency, amount]) => reaches(amount, currency, letterFromEuroCents, frame) === true,
    ));

type Asked = Pick<PlannedStep, 'sums' | 'items' | 'credits' | 'unallocated' | 'aside'>;

/** Before the due day: just the items of the step, less money that waits to be allocated. */
const askedBefore = (
  carried: readonly Claimed[],
  { day }: PolicyStep,
  { byCurrency }: AccountClaims,
): Asked => {
  const sums: Record<Currency, AmountMinor> = {};
  const unallocated: Record<Currency, AmountMinor> = {};
  for (const { standing } of carried) add(sums, standing.item.currency, standing.claim);
  for (const [currency, asked] of Object.entries(sums)) {
    const loose = byCurrency.get(currency)?.unallocated ?? zero;
    if (loose === 0) continue;
    unallocated[currency] = loose;
    sums[currency] = subtract(asked, loose);
  }
  const items = carried.map((one) => ({ ...itemOf(one, true), courtesyDay: day }));
  return { sums, items, credits: [], ...looseIn(unallocated), aside: [] };
};

const looseIn = (unallocated: Readonly<Record<Currency, AmountMinor>>): Pick<Asked, 'unallocated'> =>
  Object.keys(unallocated).length === 0 ? {} : { unallocated };

/** Items of one message in a currency: more would not fit into an entry; what is left waits for the next message. */
export const mostItemsAsked = 2_000;

/** Those that reach a stage first, then the oldest. */
const askedAtOnce = (claimed: readonly Claimed[], isCarried: ReadonlySet<Claimed>): readonly Claimed[] => {
  if (claimed.length <= mostItemsAsked) return claimed;
  const rank = (one: Claimed): string =>
    `${isCarried.has(one) ? 0 : 1} ${one.standing.item.dueOn} ${one.standing.item.id}`;
  const ranked = claimed.map((one) => ({ one, rank: rank(one) }));
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, mostItemsAsked)
    .map(({ one }) => one);
};

/** All that is overdue, by currency, credits deducted; a currency in which nothing is left is not asked for. */
const askedOverdue = (carried: readonly Claimed[], { byCurrency }: AccountClaims): Asked => {
  const isCarried = new Set(carried);
  const sums: Record<Currency, AmountMinor> = {};
  const items: StepItem[] = [];
  const credits: { itemId: string; amount: AmountMinor }[] = [];
  const unallocated: Record<Currency, AmountMinor> = {};
  const aside: PlannedStep['aside'][number][] = [];
  for (const [currency, claims] of byCurrency) {
    const claimed = askedAtOnce(claims.claimed, isCarried);
    const owed = sum(...claimed.map(({ standing }) => standing.claim));
    if (subtract(owed, claims.credits) <= 0) continue;
    const beside = besideOf(claims);
    sums[currency] = subtract(sum(owed, ...beside.map(({ asked }) => asked)), claims.credits);
    items.push(...claimed.map((one) => itemOf(one, isCarried.has(one))), ...beside);
    if (claims.unallocated > 0) unallocated[currency] = claims.unallocated;
    for (const { item, credit, aside: held } of claims.standings) {
      if (credit > 0) credits.push({ itemId: item.id, amount: credit });
      for (const { amount, reason } of held) aside.push({ itemId: item.id, amount, reason });
    }
  }
  return { sums, items: items.toSorted(byId), credits, ...looseIn(unallocated), aside };
};

/** Interest and fees, where principal is asked for too. */
const besideOf = ({ standings }: CurrencyClaims): StepItem[] =>
  standings
    .filter(({ beside }) => beside > 0)
    .map(({ item, beside }) => ({
      ...{ itemId: item.id, stage: item.stage, currency: item.currency, asked: beside, isDue: false },
    }));

const itemOf = ({ standing, stage, due }: Claimed, isDue: boolean): StepItem => ({
  ...{ itemId: standing.item.id, stage: isDue ? stage : standing.item.stage },
  ...{ currency: standing.item.currency, asked: standing.claim, isDue },
  ...(isDue && due !== undefined && due.skipped.length > 0 ? { skipped: due.skipped } : {}),
});

const byId = (a: StepItem, b: StepItem): number => (a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : 0);

const add = (sums: Record<Currency, AmountMinor>, currency: Currency, amount: AmountMinor): void => {
  sums[currency] = sum(sums[currency] ?? (0 as AmountMinor), amount);
};
