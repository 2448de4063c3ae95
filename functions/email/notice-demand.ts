/**
 * What a notice shows of the account's items: a statement all that is open, others the items they name.
 * From: the notice, the items as they were judged. Next: the tables of its text: every text shows at least one currency.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Demand } from '../../shared/domain/build-message-data.ts';
import { standingOfItem, standingOfRequest } from '../../shared/domain/item-standing.ts';
import { negate, subtract, sum, zero, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import { textCatalogue } from '../../shared/formats/text-catalogue.ts';
import type { Judged } from './gate-message.ts';

/**
 * All that is open, or the items it names as far as they are; of a settled account its currencies, with nothing.
 * A text that demands asks for what may be claimed, of what it names alone; all others show the balance, with what is
 * looked into in it. A deduction is asked for by its own text only, and there in full.
 */
export const demandOfNotice = (
  { text, itemIds = [] }: Pick<PendingNotice, 'text' | 'itemIds'>,
  { items, loaded }: Pick<Judged, 'items' | 'loaded'>,
  frame: CompanyFrame,
): Demand => {
  const open = [...items.values()].filter((item) => item.open !== 0);
  const named = wholeAccount.includes(text) ? [] : open.filter(({ id }) => itemIds.includes(id));
  const { head } = loaded.account;
  const { demands } = textCatalogue[text];
  const standingOf = (item: AccountItem): Standing => {
    const standing = standingOfItem(item, head, frame);
    if (text === 'T2') return standingOfRequest(standing);
    return demands && !(text === 'T12' && item.kind === 'deduction') ? standing : inBalance(item, standing);
  };
  const isOnlyNamed = named.length > 0 || (demands && itemIds.length > 0);
  const demand = demandOf(isOnlyNamed ? named : open, standingOf);
  if (Object.keys(demand.sums).length > 0) return demand;
  return {
    ...demand,
    sums: Object.fromEntries(Object.keys(head.balances).map((currency) => [currency, zero])),
  };
};

/** Texts that show the account as a whole, whatever they name. */
const wholeAccount: readonly string[] = ['T13', 'T14', 'T17'];

type Standing = ReturnType<typeof standingOfItem>;

/** Whole, whatever keeps it from being asked for; that is named beside it. */
const inBalance = (item: AccountItem, standing: Standing): Standing =>
  item.open < 0
    ? { ...standing, claim: zero, beside: zero, credit: negate(item.open) }
    : { ...standing, claim: item.open, beside: zero, credit: zero };

/** The balance of items as they are, also of what is settled: for copies of documents. */
export const balanceOf = (shown: readonly AccountItem[]): Demand =>
  demandOf(shown, (item) => inBalance(item, { ...{ item, aside: [] }, ...nothing }));

const nothing = { claim: zero, beside: zero, credit: zero };

const demandOf = (shown: readonly AccountItem[], standingOf: (item: AccountItem) => Standing): Demand => {
  const asked = new Map<Currency, AmountMinor>();
  const items: Demand['items'][number][] = [];
  const credits: Demand['credits'][number][] = [];
  const aside: Demand['aside'][number][] = [];
  for (const item of shown) {
    const { claim, beside, credit, aside: held, reason } = standingOf(item);
    const { id: itemId, currency, stage } = item;
    const amount = sum(claim, beside);
    asked.set(currency, subtract(sum(asked.get(currency) ?? zero, amount), credit));
    if (credit > 0) credits.push({ itemId, amount: credit });
    else items.push({ itemId, stage, currency, asked: amount, isDue: false });
    for (const one of held) aside.push({ itemId, ...one });
    if (reason !== undefined && held.length === 0 && item.open > 0)
      aside.push({ itemId, amount: item.open, reason });
  }
  return { items, credits, aside, sums: Object.fromEntries(asked) };
};
