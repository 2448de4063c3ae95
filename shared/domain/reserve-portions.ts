/**
 * Sets parts of a receipt aside for accounts and items, before any account knows of them.
 * From: an allocation (`allocation.ts`) or a person. Next: one posting per portion (`post-portion.ts`).
 * All parts of a reservation or none; a reservation made before changes nothing.
 */
import { exchangeFor, type Exchange, type ExchangeRate, type ExchangeRefusal } from './exchange.ts';
import { sum, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { escapeId, longestId, type HashText } from './document-ids.ts';
import type { OverPayment } from './over-payment.ts';
import { freeSide, type AccountRef, type NewPortion, type Receipt } from './receipt.ts';
import type { ReceiptDecision } from './receipt.ts';
import type { Reading } from './short-payment-input.ts';

export type WantedPortion = {
  account: AccountRef;
  /** Absent: on account. */
  itemId?: string;
  /** In the receipt's currency. */
  amount: AmountMinor;
  /** Currency of the item, or of the account's on-account money. */
  currency: Currency;
  /** Where the currency differs: what it settles there, and the stored rate. */
  exchange?: { settles: AmountMinor; rate?: ExchangeRate };
  readings?: readonly Reading[];
  over?: OverPayment;
  isShown?: true;
};

export type ReservationRefusal =
  | 'portion-not-positive'
  | 'portion-twice'
  | 'portions-exceed-receipt'
  | 'reservation-differs'
  | ExchangeRefusal;

/** Same reservation, account and item: same id, so that doing it twice is once. Long ones are cut to a hash. */
const portionId = (
  [receiptId, reservationId]: readonly [string, string],
  account: AccountRef,
  itemId: string | undefined,
  hashText: HashText,
): string => {
  const parts = [receiptId, reservationId, account.companyId, account.accountId, itemId ?? ''];
  const id = ['portion', ...parts.map(escapeId)].join(':');
  return id.length <= longestId ? id : `portion:~sha256:${hashText(id)}`;
};

/** @param mostPercentHundredths the widest gain or loss on exchange, in hundredths of a percent. */
export const reservePortions = (
  receipt: Receipt,
  reservationId: string,
  wanted: readonly WantedPortion[],
  mostPercentHundredths: number,
  hashText: HashText,
): ReceiptDecision<ReservationRefusal> => {
  const made: NewPortion[] = [];
  for (const want of wanted) {
    const id = portionId([receipt.id, reservationId], want.account, want.itemId, hashText);
    const portion = portionFor(receipt, { id, reservationId }, want, mostPercentHundredths);
    if (!portion.ok) return portion;
    if (made.some(({ id }) => id === portion.value.id))
      return refuse('portion-twice', `${portion.value.id} is there twice: add the amounts up`);
    made.push(portion.value);
  }
  if (isMade(receipt, reservationId)) return repeated(receipt, reservationId, made);
  const total = sum(...made.map(({ amount }) => amount));
  if (total > receipt.free)
    return refuse('portions-exceed-receipt', `${total} wanted, ${receipt.free} of ${receipt.amount} free`);
  const debit = freeSide(receipt);
  return done(
    made.map((portion) => ({
      kind: 'portionReserved',
      portion,
      amount: portion.amount,
      debit,
      credit: 'reserved',
    })),
  );
};

const portionFor = (
  receipt: Receipt,
  ids: { id: string; reservationId: string },
  { account, itemId, amount, currency, exchange, readings, over, isShown }: WantedPortion,
  mostPercentHundredths: number,
): Outcome<NewPortion, ReservationRefusal> => {
  const portion = {
    ...ids,
    account,
    ...(itemId === undefined ? {} : { itemId }),
    amount,
    ...(readings === undefined ? {} : { readings }),
    ...(over === undefined ? {} : { over }),
    ...(isShown === undefined ? {} : { isShown }),
  };
  const settles = exchange?.settles ?? amount;
  if (amount <= 0 || settles <= 0) return refuse('portion-not-positive', `${portion.id} is over ${amount}`);
  if (currency === receipt.currency && exchange === undefined) return done(portion);
  const exchanged: Outcome<Exchange, ExchangeRefusal> =
    currency === receipt.currency
      ? refuse('exchange-rate-not-fitting', `${portion.id} has the receipt's currency and needs no rate`)
      : exchangeFor(
          { amount, currency: receipt.currency, valueOn: receipt.valueOn },
          { amount: settles, currency },
          exchange?.rate,
          mostPercentHundredths,
        );
  return exchanged.ok ? done({ ...portion, exchange: exchanged.value }) : exchanged;
};

const isMade = (receipt: Receipt, id: string): boolean =>
  receipt.portions.some(({ reservationId }) => reservationId === id);

/** The same again is done already; the same id with other content is a mistake of the caller. */
const repeated = (
  receipt: Receipt,
  reservationId: string,
  made: readonly NewPortion[],
): ReceiptDecision<'reservation-differs'> => {
  const before = receipt.portions.filter((portion) => portion.reservationId === reservationId);
  const isSame =
    before.length === made.length &&
    made.every(({ id, amount, exchange }) =>
      before.some(
        (one) =>
          one.id === id &&
          one.amount === amount &&
          one.exchange?.settles === exchange?.settles &&
          one.exchange?.rate.id === exchange?.rate.id,
      ),
    );
  return isSame
    ? done([])
    : refuse('reservation-differs', `reservation ${reservationId} was made with other portions`);
};
