/**
 * What must hold before a clerk's division sets money aside: its accounts and items are there, and enough is free.
 * From: `split-receipt.ts`. Next: the division. Money that only lies on account is taken off it again where the
 * division needs it; the ladder put it there for want of anything better.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import { addDays, dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { convert, mostDaysOfRate, rateFor } from '../../shared/domain/exchange.ts';
import { portionsToFree } from '../../shared/domain/free-portions.ts';
import { smaller, sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef, Receipt } from '../../shared/domain/receipt.ts';
import type { WantedPortion } from '../../shared/domain/reserve-portions.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { reverseOne } from './reverse-portion.ts';

/** `settles`: of an item in another currency, what it is lowered by there. */
export type Share = {
  account: AccountRef;
  itemId?: string | undefined;
  amount: AmountMinor;
  settles?: AmountMinor | undefined;
};

export type DivideParts = CashParts & { references: Pick<ReferenceStore, 'newest'> };

/**
 * The portions that shares come to. What is set aside must arrive: a portion for an account or item that is not
 * there would wait for ever. An item of another currency takes the stored rate of the money's value day.
 */
export const wantedOf = async (
  parts: DivideParts,
  call: CashCall,
  receipt: Receipt,
  shares: readonly Share[],
): Promise<Outcome<WantedPortion[], ProblemCode>> => {
  const wanted: WantedPortion[] = [];
  for (const share of shares) {
    const { account: ref, itemId, amount } = share;
    const { account } = await parts.accounts.load(call.scope, ref, itemId === undefined ? [] : [itemId]);
    if (account.head.version === 0) return refuse('not-found', `There is no account ${ref.accountId}.`);
    const item = itemId === undefined ? undefined : account.items.get(itemId);
    if (itemId !== undefined && item === undefined)
      return refuse('item-not-found', `there is no item ${itemId} on ${ref.accountId}`);
    const want = { account: ref, amount, ...(itemId === undefined ? {} : { itemId }) };
    const isForeign = item !== undefined && item.currency !== receipt.currency;
    if (!isForeign && share.settles !== undefined)
      return refuse('exchange-rate-not-fitting', `${receipt.currency} settles itself and needs no rate`);
    const exchanged = isForeign ? await exchangedBy(parts, call, receipt, share, item) : {};
    wanted.push({ ...want, currency: item?.currency ?? receipt.currency, ...exchanged });
  }
  return done(wanted);
};

/** Without a word what the money is worth at the rate, at most what is open; without a rate none, which is refused. */
const exchangedBy = async (
  { references }: DivideParts,
  { scope }: CashCall,
  { companyId, currency: from, valueOn: on }: Receipt,
  { amount, settles }: Share,
  { currency: to, open }: Pick<AccountItem, 'currency' | 'open'>,
): Promise<Pick<WantedPortion, 'exchange'>> => {
  const told = await references.newest(scope, companyId, 'exchangeRate', {
    fromOn: addDays(on, -mostDaysOfRate),
    toOn: on,
  });
  const stored = told.flatMap((one) =>
    one.kind === 'exchangeRate' ? [{ ...one.row, importId: one.importId }] : [],
  );
  const rate = rateFor(stored, { from, to, on });
  if (rate === undefined) return { exchange: { settles: settles ?? amount } };
  const worth = convert(amount, rate);
  return { exchange: { settles: settles ?? (open > 0 ? smaller(worth, open) : worth), rate } };
};

/** Takes off account what the division needs beyond the free money; nothing when even that is not enough. */
export const freeForDivision = async (
  parts: CashParts,
  call: CashCall,
  { zone }: Company,
  receipt: Receipt,
  shares: readonly Pick<Share, 'amount'>[],
): Promise<Outcome<true, ProblemCode>> => {
  for (const portion of portionsToFree(receipt, totalOf(shares)) ?? []) {
    const freed = await reverseOne(parts, call, receipt, portion, 'divided', dayAt(call.now, zone));
    if (!freed.ok) return freed;
  }
  return done(true);
};

const totalOf = (shares: readonly Pick<Share, 'amount'>[]): AmountMinor =>
  sum(...shares.map(({ amount }) => amount));
