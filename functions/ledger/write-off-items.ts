/**
 * Write-offs, recoveries, credits and adjustments of one account, in a company that keeps its book here; elsewhere
 * they are proposed.
 * From: staff routes; the action of the route says whose limit holds. Next: facts of the account.
 */
import { itemAnswer, type ItemAnswer } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Account } from '../../shared/domain/account.ts';
import { adjustDebit } from '../../shared/domain/adjust-debit.ts';
import { allocateCredit } from '../../shared/domain/allocate-credit.ts';
import { dayAt, type Day } from '../../shared/domain/calendar.ts';
import type { Decision } from '../../shared/domain/decide.ts';
import { begin, step } from '../../shared/domain/decide-steps.ts';
import { limitIn } from '../../shared/domain/euro-limits.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { AmountMinor, Currency } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { recover } from '../../shared/domain/recover.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { reliefOf } from '../../shared/domain/tax-relief.ts';
import {
  approveWriteOff,
  completeWriteOff,
  requestWriteOff,
  writeOffSmall,
  type ReliefFor,
  type WriteOffLimits,
} from '../../shared/domain/write-off.ts';
import { cashRulesOf, changeAccount, type CashCall, type CashParts } from './cash-parts.ts';
import { mayChangeBook } from './may-change-book.ts';
import { readCompany } from '../../shared/edge/read-company.ts';

/** In euro cents (`defaults.md` §3.2): a collector's, a credit manager's; the top approver has none. */
const smallPerItemCents = 5_000;
const smallPerQuarterCents = 25_000;
const managerCents = 500_000;

export type ItemWish = { itemId: string; amount: AmountMinor; reason: string };

export const writeOffAtOnce = (parts: CashParts, call: CashCall, account: AccountRef, wish: ItemWish) =>
  onItem(parts, call, account, [wish.itemId], (now, on, relief) => {
    const limits = limitsIn(currencyOf(now, wish.itemId), smallPerItemCents, smallPerQuarterCents);
    const request = { ...wish, writeOffId: idOf(call), by: call.actor.id, on };
    return limits.ok ? writeOffSmall(now, request, limits.value, relief) : limits;
  });

export const askWriteOff = (parts: CashParts, call: CashCall, account: AccountRef, wish: ItemWish) =>
  onItem(parts, call, account, [wish.itemId], (now, on) =>
    requestWriteOff(now, { ...wish, writeOffId: idOf(call), by: call.actor.id, on }),
  );

/** Approved by another person and carried out in the same change. */
export const approveAsked = (
  parts: CashParts,
  call: CashCall,
  account: AccountRef,
  { itemId, writeOffId }: { itemId: string; writeOffId: string },
  level: 'manager' | 'top',
) =>
  onItem(
    ...([parts, call, account, [itemId]] as const),
    (now, on, relief) => {
      const limits =
        level === 'top' ? done<WriteOffLimits>({}) : limitsIn(currencyOf(now, itemId), managerCents);
      if (!limits.ok) return limits;
      const named = { itemId, writeOffId, by: call.actor.id, on };
      const approved = step(begin(now), (steps) => approveWriteOff(steps, named, limits.value));
      if (!approved.ok) return approved;
      const completed = step(approved.steps, (steps) => completeWriteOff(steps, named, relief));
      return completed.ok ? done(completed.steps.facts) : completed;
    },
    writeOffId,
  );

/** Counts in the month it was received in, whenever it is recorded. */
export const recordRecovery = (
  parts: CashParts,
  call: CashCall,
  account: AccountRef,
  { itemId, amount, receivedOn }: { itemId: string; amount: AmountMinor; receivedOn?: Day | undefined },
) =>
  onItem(parts, call, account, [itemId], (now, today) =>
    receivedOn !== undefined && receivedOn > today
      ? refuse('input-not-valid', `${receivedOn} is not yet.`)
      : recover(now, { itemId, amount, changeId: idOf(call), on: receivedOn ?? today }),
  );

export const settleWithCredit = (
  parts: CashParts,
  call: CashCall,
  account: AccountRef,
  wish: { creditId: string; itemId: string; amount: AmountMinor },
) =>
  onItem(parts, call, account, [wish.itemId, wish.creditId], (now, on) =>
    allocateCredit(now, { ...wish, changeId: idOf(call), on }),
  );

/** Takes back that a credit settled an item: the item is open again, the credit to be given. */
export const undoCredit = (
  parts: CashParts,
  call: CashCall,
  account: AccountRef,
  wish: { creditId: string; itemId: string; changeId: string; reason: string },
) =>
  onItem(parts, call, account, [wish.itemId, wish.creditId], (now, on) => {
    const change = now.items.get(wish.itemId)?.changes.find(({ id }) => id === wish.changeId);
    return change?.by === 'allocation' && change.from === wish.creditId
      ? reverseApplication(now, { ...wish, on })
      : refuse('change-not-found', `${wish.creditId} has not settled ${wish.itemId} as ${wish.changeId}`);
  });

export const raiseItem = (parts: CashParts, call: CashCall, account: AccountRef, wish: ItemWish) =>
  onItem(parts, call, account, [wish.itemId], (now, on) =>
    adjustDebit(now, { ...wish, changeId: idOf(call), on }),
  );

/** The request names the change: sent again it is made once. */
const idOf = ({ cause }: CashCall): string => `${cause.kind}:${cause.id}`;

const currencyOf = (account: Account, itemId: string): Currency =>
  account.items.get(itemId)?.currency ?? 'EUR';

const limitsIn = (
  currency: Currency,
  perItemCents: number,
  perQuarterCents?: number,
): Outcome<WriteOffLimits, 'limits-lack-currency'> => {
  const perItem = limitIn(currency, perItemCents);
  if (!perItem.ok || perQuarterCents === undefined)
    return perItem.ok ? done({ perItem: perItem.value }) : perItem;
  const perQuarter = limitIn(currency, perQuarterCents);
  return perQuarter.ok
    ? done({ perItem: perItem.value, perAccountAndQuarter: perQuarter.value })
    : perQuarter;
};

type Decide = (
  account: Account,
  on: Day,
  relief: ReliefFor,
) => Decision | Outcome<never, 'limits-lack-currency' | 'input-not-valid'>;

const onItem = async (
  parts: CashParts,
  call: CashCall,
  ref: AccountRef,
  itemIds: readonly [string, ...string[]],
  decide: Decide,
  writeOffId: string = idOf(call),
): Promise<Outcome<ItemAnswer, ProblemCode>> => {
  const { account: seen } = await parts.accounts.load(call.scope, ref);
  if (seen.head.version === 0) return refuse('not-found', `There is no account ${ref.accountId}.`);
  const company = await readCompany(parts.settings, call.scope, ref.companyId);
  if (!company.ok) return company;
  const may = mayChangeBook(company.value);
  if (!may.ok) return may;
  const on = dayAt(call.now, company.value.zone);
  const { country } = company.value;
  const rule = (await cashRulesOf(parts, call.scope, ref.companyId)).taxRelief[country];
  const relief: ReliefFor = (item, day) => reliefOf(item, day, country, rule);
  return changeAccount<ItemAnswer, ProblemCode>(parts, call, ref, itemIds, (account) => {
    if (!account.items.has(itemIds[0]))
      return refuse('item-not-found', `there is no item ${itemIds[0]} here`);
    const facts = decide(account, on, relief);
    if (!facts.ok) return facts;
    const value = answerOf(evolve(account, facts.value), itemIds[0], writeOffId);
    return done({ facts: facts.value, value });
  });
};

const answerOf = ({ items }: Account, itemId: string, writeOffId: string): ItemAnswer => {
  const item = items.get(itemId);
  const writeOff = item?.writeOffs.find(({ id }) => id === writeOffId);
  const settledBy = (item?.changes ?? []).flatMap(({ id: changeId, from, amount, on, isReversed }) =>
    from === undefined || isReversed ? [] : [{ changeId, from, amount, on }],
  );
  return itemAnswer.parse({ ...item, itemId, settledBy, ...(writeOff === undefined ? {} : { writeOff }) });
};
