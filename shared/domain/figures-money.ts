/**
 * What a movement of money adds to figures: money that came, booked or implied, documents posted, unapplied money,
 * interest and fees, write-offs.
 * From: facts with a posting. Next: `report-figures.ts`. Rates and shares are made of these sums, never kept.
 */
import type { MoneyFact } from './facts.ts';
import type { FigureRow } from './figure-sums.ts';
import { negate } from './money.ts';
import type { LedgerAccount, Posting } from './postings.ts';

/** Debit above 0, credit below. */
const sided = ({ debit, credit, amount }: Posting, account: LedgerAccount): number =>
  debit === credit ? 0 : debit === account ? amount : credit === account ? negate(amount) : 0;

const named = [
  { account: 'cash', name: 'booked', sign: 1 },
  { account: 'impliedCash', name: 'implied', sign: 1 },
  { account: 'unexplained', name: 'unexplained', sign: 1 },
  { account: 'unapplied', name: 'unapplied', sign: -1 },
  { account: 'billed', name: 'billed', sign: -1 },
  { account: 'credited', name: 'credited', sign: 1 },
  { account: 'writtenOff', name: 'writtenOff', sign: 1 },
  { account: 'recovered', name: 'recovered', sign: -1 },
] as const;

/** Interest and fees stand in receivables and do not count for DSO: what they moved by is told apart by the item's id. */
const isCharge = (itemId: string): boolean => /^item:(interest|fee):/.test(itemId);

export const moneyRows = (fact: MoneyFact): FigureRow[] => {
  const { posting, on } = fact;
  const about = 'itemId' in fact ? fact.itemId : 'item' in fact ? fact.item.id : fact.paymentId;
  const fromAt = 'clearedBetween' in fact ? fact.clearedBetween?.fromAt : undefined;
  const row = (name: string, amount: number): FigureRow[] =>
    amount === 0
      ? []
      : [
          {
            ...{ name: `${name} ${posting.currency}`, on, amount, about },
            ...(fromAt === undefined ? {} : { fromAt }),
          },
        ];
  return [
    ...named.flatMap(({ account, name, sign }) => row(name, sided(posting, account) * sign)),
    ...(isCharge(about) ? row('charges', sided(posting, 'receivables')) : []),
  ];
};
