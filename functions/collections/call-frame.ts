/**
 * What a call is judged by: the customer's own hours, how often it may be called, what may be asked of it, what an
 * outcome begins with.
 * From: the account as loaded, its company. Next: the call card, and the refusal of one call too many.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import { defaultCallOutcomes } from '../../shared/domain/call-outcomes.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { limitOfCall, type Limit } from '../../shared/domain/contact-limits.ts';
import { contactTimeAt, type ContactTime } from '../../shared/domain/dunning-input.ts';
import { standingOfItem } from '../../shared/domain/item-standing.ts';
import type { CallContext } from '../../shared/domain/log-call.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { sum, zero, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import { defaultDunningRules } from '../../shared/domain/policy-rules.ts';
import { zoneOf } from '../../shared/domain/zones.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';
import { openOf } from './read-account.ts';
import type { CompanyRows } from './worklist-frame.ts';

export type Claimed = { item: AccountItem; claim: AmountMinor };
export type CurrencyClaim = {
  currency: Currency;
  claim: AmountMinor;
  credits: AmountMinor;
  /** Overdue and not held by anything, the oldest first. */
  items: readonly Claimed[];
};

/** What may be asked for, by currency, the largest first. */
export const claimsOfAccount = (loaded: LoadedAccount, frame: CompanyRows): CurrencyClaim[] => {
  const { today, disclosedFactors } = frame;
  const standings = openOf(loaded).map((item) =>
    standingOfItem(item, loaded.account.head, { today, disclosedFactors }),
  );
  return [...Map.groupBy(standings, ({ item }) => item.currency)]
    .map(([currency, all]) => {
      const items = all
        .filter(({ claim, item }) => claim > 0 && item.dueOn < today)
        .map(({ item, claim }) => ({ item, claim }))
        .toSorted((a, b) => (a.item.dueOn < b.item.dueOn ? -1 : a.item.dueOn > b.item.dueOn ? 1 : 0));
      const claim = items.reduce((total, one) => sum(total, one.claim), zero);
      return { currency, claim, items, credits: sum(...all.map(({ credit }) => credit)) };
    })
    .toSorted((a, b) => b.claim - a.claim);
};

/** Items a call's form begins with: a promise names no more. */
const mostPrefilled = 40;

/** All that is claimed in the currency in which it is most. */
export const contextOf = (
  { account: { head } }: LoadedAccount,
  [most]: readonly CurrencyClaim[],
  masterData: MasterData,
  { calendar, company, today }: CompanyRows,
): CallContext => {
  const items = most?.items.slice(0, mostPrefilled) ?? [];
  const payRunOn = masterData.treatment?.payRunsOn?.find((day) => day >= today);
  return {
    ...{ outcomes: defaultCallOutcomes, calendar, zone: company.zone },
    unreachedBefore: head.dunning.unreachedCalls ?? 0,
    claimedItemIds: items.map(({ item }) => item.id),
    claimed: sum(...items.map(({ claim }) => claim)),
    ...(payRunOn !== undefined && { payRunOn }),
  };
};

export type MayCall = { time: ContactTime; limit: Limit | undefined; zone: string };

/** A call-back that was asked for, or a promise that broke since the last talk, makes another talk right. */
export const mayCallNow = (
  { account: { head } }: LoadedAccount,
  masterData: MasterData,
  { calendar, company, today }: CompanyRows,
  theirs: BusinessCalendar,
  now: Instant,
): MayCall => {
  const { contacts = [], tasks = [], brokenOn = [] } = head.dunning;
  const talkOn = contacts.find(({ isTalk }) => isTalk === true)?.on ?? '';
  const isAsked = tasks.some(({ act, dueOn }) => act === 'callBack' && (dueOn ?? today) <= today);
  const isAgreed = isAsked || brokenOn.some((day) => day >= talkOn);
  const rules = defaultDunningRules;
  const zone = zoneOf(masterData, company.zone);
  return {
    zone,
    time: contactTimeAt(now, { zone, calendar: theirs }, rules),
    limit: limitOfCall({ contacts, today, rules, calendar }, isAgreed),
  };
};
