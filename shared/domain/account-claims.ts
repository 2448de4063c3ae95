/**
 * All items of an account as they stand to reminders, per currency: what is overdue and asked for, what nets, what is
 * not due yet, what is kept back and why.
 * From: `evaluate-account.ts`, the worklist. Next: netting per channel.
 */
import type { AccountItem } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import type { WithheldItem } from './dunning-facts.ts';
import type { DunningFrame, DunningInput } from './dunning-input.ts';
import { standingOfItem, type ItemStanding } from './item-standing.ts';
import { waiting } from './item-waits.ts';
import { stageUnder, stepOfItem, type ItemStep } from './item-step.ts';
import { isAskedByCalls, stepAfterCalls } from './mail-after-calls.ts';
import { smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { Claimed } from './net-claims.ts';
import { stepOf, toneRank } from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type DueCourtesy = Claimed & { due: Extract<ItemStep, { is: 'due' }> };

export type CurrencyClaims = {
  /** Overdue, and nothing keeps them back. */
  claimed: Claimed[];
  /** What nets, as a positive size; of it money on account. */
  credits: AmountMinor;
  cash: AmountMinor;
  /** Of the cash, what was received for no item of the book; it is in `credits`, too. */
  unallocated: AmountMinor;
  standings: ItemStanding[];
};

export type AccountClaims = {
  byCurrency: ReadonlyMap<Currency, CurrencyClaims>;
  claimed: readonly Claimed[];
  notYetDue: readonly DueCourtesy[];
  withheld: readonly WithheldItem[];
  /** An item stands at a final notice or waits for a decision. */
  isAtFinal: boolean;
  /** Days on which something may be otherwise. */
  days: readonly Day[];
};

/** Everything `evaluateAccount` decides by. */
export const claimsOf = (input: DunningInput, frame: DunningFrame): AccountClaims => {
  const byCurrency = standingsOf(input, frame);
  const found = {
    claimed: [] as Claimed[],
    notYetDue: [] as DueCourtesy[],
    withheld: [] as WithheldItem[],
    days: [] as Day[],
  };
  for (const claims of byCurrency.values()) {
    const gross = sum(...claims.standings.filter((one) => isOverdue(one, frame)).map(({ claim }) => claim));
    const cover = coverOf(gross, claims);
    const net = subtract(gross, smaller(gross, claims.credits));
    for (const standing of claims.standings) place(standing, { cover, net, claims, input, frame, found });
  }
  found.notYetDue = notCovered(found, byCurrency);
  const isAtFinal = found.claimed.some(({ standing }) => isFinal(standing, input));
  return { byCurrency, ...found, isAtFinal };
};

const isOverdue = ({ item, claim }: ItemStanding, { today }: DunningFrame): boolean =>
  claim > 0 && item.dueOn < today;

/** The account's own money covers all that is overdue; or money and credits together do. */
const coverOf = (gross: AmountMinor, { credits, cash }: CurrencyClaims): WithheldReason | undefined => {
  if (gross <= 0 || credits < gross) return undefined;
  return cash >= gross ? 'covered-by-cash' : 'covered-by-credit';
};

const standingsOf = ({ head, items }: DunningInput, frame: DunningFrame): Map<Currency, CurrencyClaims> => {
  const byCurrency = new Map<Currency, CurrencyClaims>();
  for (const item of items) {
    if (item.open === 0) continue;
    const standing = waiting(standingOfItem(item, head, frame), frame, head.dunning.refused);
    let claims = byCurrency.get(item.currency);
    if (claims === undefined)
      byCurrency.set(
        item.currency,
        (claims = { claimed: [], credits: zero, cash: zero, unallocated: zero, standings: [] }),
      );
    claims.standings.push(standing);
    claims.credits = sum(claims.credits, standing.credit);
    if (item.kind === 'paymentOnAccount') claims.cash = sum(claims.cash, standing.credit);
  }
  for (const [currency, claims] of byCurrency)
    withLooseMoney(claims, head.balances[currency]?.provisional ?? zero);
  return byCurrency;
};

/** Money received for no item of the book lowers the claim, too. */
const withLooseMoney = (claims: CurrencyClaims, provisional: AmountMinor): void => {
  if (provisional === 0) return;
  const onItems = sum(
    ...claims.standings.flatMap(({ item }) =>
      item.provisional.filter(({ state }) => state === 'noted').map(({ amount }) => amount),
    ),
  );
  const loose = subtract(provisional, onItems);
  if (loose <= 0) return;
  claims.credits = sum(claims.credits, loose);
  claims.cash = sum(claims.cash, loose);
  claims.unallocated = loose;
};

/** What falls due and is covered by money that waits to be allocated is not asked for before its day either. */
const notCovered = (
  { notYetDue, withheld, days }: Placing['found'],
  byCurrency: ReadonlyMap<Currency, CurrencyClaims>,
): DueCourtesy[] => {
  const unallocatedIn = (currency: Currency): AmountMinor => byCurrency.get(currency)?.unallocated ?? zero;
  if (notYetDue.every(({ standing }) => unallocatedIn(standing.item.currency) === 0)) return notYetDue;
  return notYetDue.filter(({ standing: { item }, due: { step } }) => {
    const together = notYetDue.filter(
      (one) => one.due.step === step && one.standing.item.currency === item.currency,
    );
    if (sum(...together.map(({ standing }) => standing.claim)) > unallocatedIn(item.currency)) return true;
    withheld.push({ itemId: item.id, reason: 'covered-by-cash' });
    days.push(addDays(item.dueOn, 1));
    return false;
  });
};

type Placing = {
  cover: WithheldReason | undefined;
  net: AmountMinor;
  claims: CurrencyClaims;
  input: DunningInput;
  frame: DunningFrame;
  found: { claimed: Claimed[]; notYetDue: DueCourtesy[]; withheld: WithheldItem[]; days: Day[] };
};

const place = (standing: ItemStanding, { cover, net, claims, input, frame, found }: Placing): void => {
  const { item, claim, reason, untilOn } = standing;
  const { policy, payer } = input;
  if (untilOn !== undefined) found.days.push(addDays(untilOn, 1));
  const overdue = item.dueOn < frame.today;
  if (claim <= 0) {
    if (reason !== undefined && (overdue || isReached(item, { policy, payer, frame })))
      found.withheld.push({ itemId: item.id, reason });
    if (!overdue) found.days.push(addDays(item.dueOn, 1));
    return;
  }
  if (overdue && cover !== undefined) {
    found.withheld.push({ itemId: item.id, reason: cover });
    return;
  }
  const own = stepOfItem(item, claim, net, { policy, payer, frame });
  const isAsked = overdue && isAskedByCalls(input.head.dunning, frame.today);
  const step = isAsked ? stepAfterCalls(own, item, net, { policy, frame }) : own;
  if (step.is === 'later') found.days.push(step.on);
  if (step.is === 'withheld') {
    found.withheld.push({ itemId: item.id, reason: step.reason });
    if (step.on !== undefined) found.days.push(step.on);
    if (step.reason === 'review-list') return;
  }
  if (!overdue) {
    if (step.is === 'due') found.notYetDue.push({ standing, stage: step.step.stage, due: step });
    else found.days.push(addDays(item.dueOn, 1));
    return;
  }
  const one: Claimed =
    step.is === 'due'
      ? { standing, stage: step.step.stage, due: step }
      : { standing, stage: stageUnder(item, policy) };
  claims.claimed.push(one);
  found.claimed.push(one);
};

/** A step before the due day would ask for it, if nothing kept it back: that it does not is told, too. */
const isReached = (item: AccountItem, place: Parameters<typeof stepOfItem>[3]): boolean =>
  item.open > 0 && stepOfItem(item, item.open, item.open, place).is === 'due';

const isFinal = ({ item }: ItemStanding, { policy }: DunningInput): boolean => {
  const last = stageUnder(item, policy);
  const tone = item.reminded?.tone;
  return last > 0 && (toneRank(tone) >= toneRank('final') || stepOf(policy, last)?.act === 'decision');
};
