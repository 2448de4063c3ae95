/**
 * What the worklist looks at, made of an account as it stands: what may be claimed of it on a day, what nets, what
 * is to be done for it.
 * From: head, open items and master data of one account, the frame of its company. Next: `worklist-row.ts`.
 */
import type { AccountHead, AccountItem, Hold } from './account.ts';
import { addDays, type Day } from './calendar.ts';
import type { DunningFrame } from './dunning-input.ts';
import type { OpenTask } from './dunning-position.ts';
import { provisionalOf } from './evolve.ts';
import { standingOfItem, type ItemStanding } from './item-standing.ts';
import type { MasterData } from './master-data.ts';
import { smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { releaseOn } from './order-release.ts';
import type { DueKind, WorklistAccount, WorklistDue, WorklistItem } from './worklist-account.ts';
import type { RiskClass, Touch } from './worklist-rules.ts';

/** Of a company, for all its accounts. */
export type WorklistFrame = Pick<DunningFrame, 'disclosedFactors'> & {
  /** What an amount is worth in the currency of the list. */
  worth: (amount: AmountMinor, currency: Currency) => AmountMinor;
  /** Whether what a collector's customers owe is above the target set for them; absent where none is set. */
  isAboveCeiling?: ((collectorId: string) => boolean) | undefined;
};

/** Orders that wait for its payment, each with its worth in the currency of the list. */
export type BlockedOrder = { orderNumber: string; heldOn: Day; amount: AmountMinor };

export type KnownAccount = {
  head: AccountHead;
  /** All that are open. */
  items: readonly AccountItem[];
  party: WorklistParty;
  blockedOrders?: readonly BlockedOrder[];
};

/** What rows go by of who the account is. */
export type WorklistParty = { name?: string; risk: RiskClass; touch: Touch };

export const partyOf = (masterData: MasterData): WorklistParty => ({
  ...(masterData.name !== undefined && { name: masterData.name }),
  risk: masterData.treatment?.risk ?? 'B',
  touch: touchOf(masterData),
});

/** Days after the due day on which an insurer wants to hear of an item that is not paid. */
export const insurerReportsAfterDays = 60;

/** The account as the list sees it on a day. */
export const worklistAccountOf = (
  { head, items, party, blockedOrders = [] }: KnownAccount,
  { disclosedFactors, worth, isAboveCeiling }: WorklistFrame,
  today: Day,
): WorklistAccount => {
  const standings = items.map((item) => standingOfItem(item, head, { today, disclosedFactors }));
  const claimed = claimedOf(standings, worth);
  const credits = sum(
    ...standings.map(({ item, credit }) => worth(credit, item.currency)),
    ...looseMoney(head, items).map(([amount, currency]) => worth(amount, currency)),
  );
  const usual = head.dunning.policy?.habit?.latenessDays;
  const contacts = head.dunning.contacts ?? [];
  const talk = contacts.find(({ isTalk }) => isTalk === true);
  const overdue = claimed.filter(({ dueOn }) => dueOn < today);
  const handedOver = handedOverBy(head.holds, today);
  const waiting = blockedOrders.filter(
    ({ orderNumber }) => releaseOn(head, orderNumber, today) === undefined,
  );
  return {
    ...{ accountId: head.accountId, items: claimed, credits },
    risk: party.risk,
    ...(usual !== undefined && { usualDaysLate: usual }),
    brokenPromiseOpen: brokenOpen(head, overdue, worth),
    blockedOrders: sum(...waiting.map(({ amount }) => amount)),
    breaksCeiling: overdue.length > 0 && isAboveCeiling?.(head.assignedTo ?? '') === true,
    ...(contacts[0] !== undefined && { lastContactOn: contacts[0].on }),
    ...(talk !== undefined && { lastTalkOn: talk.on }),
    hasNewsSinceTalk: talk !== undefined && isNewsSince(talk.on, head, overdue),
    touch: party.touch,
    ...(handedOver !== undefined && { handedOver }),
    dues: duesOf(head, blockedOrders, today),
  };
};

const claimedOf = (standings: readonly ItemStanding[], worth: WorklistFrame['worth']): WorklistItem[] =>
  standings
    .filter(({ claim }) => claim > 0)
    .map(({ item, claim }) => ({
      ...{ id: item.id, claimable: worth(claim, item.currency), dueOn: item.dueOn },
      ...(item.isInsured && { insurerDateOn: addDays(item.dueOn, insurerReportsAfterDays) }),
    }));

/** Money received for no item of the book lowers the claim, too. */
const looseMoney = (
  { balances }: AccountHead,
  items: readonly AccountItem[],
): readonly [AmountMinor, Currency][] =>
  Object.entries(balances).flatMap(([currency, { provisional }]): [AmountMinor, Currency][] => {
    const onItems = sum(...items.filter((item) => item.currency === currency).map(provisionalOf));
    const loose = subtract(provisional, onItems);
    return loose > 0 ? [[loose, currency]] : [];
  });

/** Of promises that broke in the last 90 days, what was not paid; never more than is overdue. */
const brokenOpen = (
  { dunning }: AccountHead,
  overdue: readonly WorklistItem[],
  worth: WorklistFrame['worth'],
): AmountMinor => {
  const broken = sum(...(dunning.broken ?? []).map(({ left, currency }) => worth(left, currency)));
  return smaller(
    broken,
    overdue.reduce((all, { claimable }) => sum(all, claimable), zero),
  );
};

/** Money, an item newly overdue, a promise that broke: worth another talk. */
const isNewsSince = (
  on: Day,
  { recentMoney = [], dunning }: AccountHead,
  overdue: readonly WorklistItem[],
): boolean =>
  recentMoney.some((money) => money.on > on) ||
  overdue.some(({ dueOn }) => dueOn >= on) ||
  (dunning.brokenOn ?? []).some((day) => day > on);

/** By mail alone where there is an address and no number. */
const touchOf = ({ contacts = [], email }: MasterData): Touch => {
  const canCall = contacts.some(({ phone }) => phone !== undefined && phone !== '');
  const canWrite = email !== undefined || contacts.some((one) => one.email !== undefined);
  return !canCall && canWrite ? 'mail' : 'call';
};

const handedOverBy = (holds: readonly Hold[], today: Day): WorklistAccount['handedOver'] =>
  (['insolvent', 'legal', 'placed'] as const).find((code) =>
    holds.some(
      (hold) =>
        hold.code === code &&
        hold.itemIds === undefined &&
        (hold.untilOn === undefined || today <= hold.untilOn),
    ),
  );

/** Everything to be done for it, whatever day it is on. */
const duesOf = (head: AccountHead, orders: readonly BlockedOrder[], today: Day): WorklistDue[] => {
  const { dunning, holds } = head;
  const { contacts = [], tasks = [], broken = [], message } = dunning;
  const spokenOn = contacts.find(({ by, isTalk }) => by === 'person' && isTalk === true)?.on ?? '';
  return [
    ...tasks.map(dueOfTask),
    ...broken
      .filter(({ on }) => on > spokenOn)
      .map(({ id, on }): WorklistDue => ({ id, kind: 'brokenPromise', on })),
    ...holds
      .filter(({ code }) => code === 'reply-waiting')
      .map(({ id, placedOn }): WorklistDue => ({ id, kind: 'reply', on: placedOn })),
    ...orders
      .map(({ orderNumber, heldOn }): WorklistDue => {
        const until = releaseOn(head, orderNumber, today)?.untilOn;
        const on = until === undefined ? heldOn : addDays(until, 1);
        return { id: `order:${orderNumber}`, kind: 'blockedOrder', on };
      })
      .filter(({ on }) => on >= spokenOn),
    ...(message?.state === 'awaiting'
      ? [{ id: message.id, kind: 'approval' as const, on: message.plannedOn }]
      : []),
  ];
};

const kindsOfAct: Readonly<Record<string, DueKind>> = {
  callBack: 'callBack',
  ...{ answerReply: 'reply', reply: 'reply' },
  ...{ decision: 'approval', review: 'approval', reviewOldItems: 'approval' },
};

/** A follow-up waits for its day; what is simply to be done is there from the day it came up. */
const dueOfTask = ({ id, act, createdOn, dueOn, at }: OpenTask): WorklistDue => ({
  ...{ id, kind: kindsOfAct[act] ?? 'followUp' },
  on: waitingActs.includes(act) ? (dueOn ?? createdOn) : createdOn,
  ...(at !== undefined && { at }),
});

/** Work that begins on its day, not when it was noted. */
export const waitingActs: readonly string[] = ['callBack', 'followUp'];
