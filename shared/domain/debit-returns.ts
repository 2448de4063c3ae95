/**
 * Direct debits that came back (R167): when, why by class, and what of it the item remembers.
 * From: the reversal of what settled an item. Next: tracks, standing, waits.
 */
import type { AccountItem, ItemChange } from './account.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import type { AmountMinor, Currency } from './money.ts';

export const directDebit = 'directDebit';

export type ReturnClass = 'noFunds' | 'account' | 'mandate' | 'refused' | 'other';

/** What a reversal says of money a bank took back: `returned`, or with the bank's own code `returned:AM04`. */
const returnedWord = 'returned';

/** Codes of ISO 20022; the customer's own bank gives no others for debits. */
const classes: Readonly<Record<string, ReturnClass>> = {
  ...{ AM04: 'noFunds', AM05: 'other' },
  ...{ AC01: 'account', AC04: 'account', AC06: 'account', AC13: 'account', AG01: 'account' },
  ...{ MD01: 'mandate', MD02: 'mandate', MD07: 'mandate' },
  ...{ MD06: 'refused', MS02: 'refused', SL01: 'refused' },
};

export const returnReasonOf = (code: string | undefined): string =>
  code === undefined ? returnedWord : `${returnedWord}:${code}`;

const isReturn = (reason: string): boolean =>
  reason === returnedWord || reason.startsWith(`${returnedWord}:`);

/** What a reversal leaves on the change it undoes: why a bank took the money back. */
export const returnedBy = (fact: { kind: string; reason?: string }): Pick<ItemChange, 'returnedAs'> => {
  const { kind, reason = '' } = fact;
  return kind === 'applicationReversed' && isReturn(reason) ? { returnedAs: reason } : {};
};

type TakenBack = {
  itemId: string;
  receiptId: string;
  amount: AmountMinor;
  currency: Currency;
  receivedOn: Day;
  on: Day;
};

/** That a bank took back what had paid the item; nothing where it is known, or another reason undid it. */
export const takenBackFacts = (
  { takenBack = [] }: Pick<AccountItem, 'takenBack'>,
  of: TakenBack,
  reason: string,
): Fact[] =>
  isReturn(reason) && !takenBack.some(({ id }) => id === of.receiptId)
    ? [{ kind: 'moneyTakenBack', ...of, reason }]
    : [];

export const classOfReturn = ({ returnedAs = '' }: Pick<ItemChange, 'returnedAs'>): ReturnClass =>
  classes[returnedAs.slice(returnedWord.length + 1)] ?? 'other';

/** Came back without a code, or with one nobody here knows: a person says what it means. */
export const isUnclear = ({ returnedAs = '' }: Pick<ItemChange, 'returnedAs'>): boolean =>
  classes[returnedAs.slice(returnedWord.length + 1)] === undefined;

/** Nobody agreed to be debited, says the customer. */
export const isUnauthorised = ({ returnedAs = '' }: Pick<ItemChange, 'returnedAs'>): boolean =>
  returnedAs.endsWith(':MD01');

export type DebitReturn = Pick<ItemChange, 'id' | 'amount' | 'on' | 'from'> & {
  reversedOn: Day;
  returnedAs: string;
};

/** Debits of the item that came back, the last first: by its own changes, or by what is told of its ERP's book. */
export const returnsOf = ({ method, changes, takenBack = [] }: AccountItem): DebitReturn[] => {
  if (method !== directDebit) return [];
  const own = changes.flatMap((one) =>
    one.returnedAs !== undefined && one.reversedOn !== undefined
      ? [{ ...one, reversedOn: one.reversedOn, returnedAs: one.returnedAs }]
      : [],
  );
  const byDay = (a: DebitReturn, b: DebitReturn): number =>
    Number(a.reversedOn > b.reversedOn) - Number(a.reversedOn < b.reversedOn);
  return [...own, ...takenBack].toSorted(byDay).toReversed();
};

/** When the last of them came back; undefined: none did, or it was debited again since. */
export const returnedOnOf = (item: AccountItem): Day | undefined =>
  item.method === directDebit ? returnsOf(item)[0]?.reversedOn : undefined;
