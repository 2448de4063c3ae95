/**
 * What a notice shows of the account's items: a statement all that is open, others the items they name.
 * From: the notice, the items as they were judged. Next: the tables of its text. Nothing is asked but what may be.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Demand } from '../../shared/domain/build-message-data.ts';
import { standingOfItem } from '../../shared/domain/item-standing.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { Judged } from './gate-message.ts';

/** Texts that list items; the others speak of one thing, which their cause names. */
const wholeAccount: readonly string[] = ['T13', 'T14', 'T17'];
/** Of a reminder that is tried on an account: all that may be asked. */
const isReminder = (text: string): boolean => /^T[1-5](-|$)/.test(text);

/** Undefined where the text has no table. */
export const demandOfNotice = (
  { text, itemIds = [] }: PendingNotice,
  { items, loaded }: Judged,
  frame: CompanyFrame,
): Demand | undefined => {
  const isWhole = wholeAccount.includes(text) || isReminder(text);
  if (!isWhole && itemIds.length === 0) return undefined;
  const shown = isWhole
    ? [...items.values()].filter(({ open }) => open !== 0)
    : itemIds.flatMap((id) => {
        const item = items.get(id);
        return item === undefined || item.open === 0 ? [] : [item];
      });
  return demandOf(shown, (item) => standingOfItem(item, loaded.account.head, frame));
};

type Standing = ReturnType<typeof standingOfItem>;

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
