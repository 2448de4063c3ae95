/**
 * Money of one currency settling an item of another: only by a stored rate, with its gain or loss named (M8).
 * From: the exchange rates of a company. Next: `reserve-portions.ts`, the gain-or-loss side of the account's entry.
 * Rates are whole numbers of minor units on both sides, so that no float touches an amount.
 */
import { addDays, type Day } from './calendar.ts';
import { amountOf, subtract, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** `toMinor` minor units of `to` are worth `fromMinor` minor units of `from` on that day; the day of the rate, not of the money. */
export type ExchangeRate = {
  /** Of the stored record. */
  id: string;
  from: Currency;
  to: Currency;
  on: Day;
  fromMinor: AmountMinor;
  toMinor: AmountMinor;
};

export type Exchange = {
  rate: ExchangeRate;
  /** What the item is lowered by, in the item's currency. */
  settles: AmountMinor;
  /** The money's worth at the rate less what it settles, in the item's currency: a gain above 0, a loss below. */
  gain: AmountMinor;
};

/** A rate as a file told it, named by what it says and the import that said it. */
export type StoredRate = Omit<ExchangeRate, 'id'> & { importId: string };

/** A weekend, a holiday, a file that came late: so old a rate is still good for a day without its own. */
export const mostDaysOfRate = 7;

/**
 * The stored rate of a pair and a day, told this way or the other way round; on a day without one that of the nearest
 * day before. Undefined when there is none of the last days.
 */
export const rateFor = (
  stored: readonly StoredRate[],
  { from, to, on }: Pick<ExchangeRate, 'from' | 'to' | 'on'>,
): ExchangeRate | undefined => {
  const good = stored
    .filter((rate) => isOfDay(rate, on) && rate.fromMinor > 0 && rate.toMinor > 0)
    .filter((rate) => [`${from} ${to}`, `${to} ${from}`].includes(`${rate.from} ${rate.to}`));
  const day = good
    .map((rate) => rate.on)
    .toSorted()
    .at(-1);
  const ofDay = good.filter((rate) => rate.on === day);
  const found = ofDay.find((rate) => rate.from === from);
  const [turned] = ofDay.map((rate) => ({ ...rate, fromMinor: rate.toMinor, toMinor: rate.fromMinor }));
  const rate = found ?? turned;
  if (rate === undefined) return undefined;
  const id = ['rate', from, to, rate.on, rate.importId].join(':');
  return { id, from, to, on: rate.on, fromMinor: rate.fromMinor, toMinor: rate.toMinor };
};

/** Of the day itself, or of one shortly before. */
const isOfDay = (rate: Pick<ExchangeRate, 'on'>, on: Day): boolean =>
  rate.on <= on && rate.on >= addDays(on, -mostDaysOfRate);

/** The worth of an amount at a rate, half a minor unit rounded away from zero. */
export const convert = (amount: AmountMinor, rate: ExchangeRate): AmountMinor => {
  const top = BigInt(Math.abs(amount)) * BigInt(rate.toMinor) * 2n + BigInt(rate.fromMinor);
  return amountOf(Number(top / (BigInt(rate.fromMinor) * 2n)) * (amount < 0 ? -1 : 1));
};

export type ExchangeRefusal = 'exchange-rate-missing' | 'exchange-rate-not-fitting' | 'exchange-too-far';

/**
 * How `amount` settles `settles` of another currency. `mostPercentHundredths` bounds the gain or loss in
 * hundredths of a percent of what is settled. The rate must join the two currencies and be of the value day, or of
 * the last days before it.
 */
export const exchangeFor = (
  money: { amount: AmountMinor; currency: Currency; valueOn: Day },
  settles: { amount: AmountMinor; currency: Currency },
  rate: ExchangeRate | undefined,
  mostPercentHundredths: number,
): Outcome<Exchange, ExchangeRefusal> => {
  const pair = `${money.currency} to ${settles.currency} on ${money.valueOn}`;
  if (rate === undefined) return refuse('exchange-rate-missing', `no stored rate for ${pair}`);
  const fits = rate.from === money.currency && rate.to === settles.currency && isOfDay(rate, money.valueOn);
  if (!fits || rate.fromMinor <= 0 || rate.toMinor <= 0)
    return refuse('exchange-rate-not-fitting', `rate ${rate.id} is not one for ${pair}`);
  const gain = subtract(convert(money.amount, rate), settles.amount);
  const bound = (BigInt(settles.amount) * BigInt(mostPercentHundredths)) / 10_000n;
  if (BigInt(Math.abs(gain)) > bound)
    return refuse('exchange-too-far', `settling ${settles.amount} leaves ${gain} at rate ${rate.id}`);
  return done({ rate, settles: settles.amount, gain });
};
