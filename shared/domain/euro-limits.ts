/**
 * Limits are set in euro cents and hold in other currencies times a factor (conventions of `defaults.md`).
 * From: the limits of a policy. Next: every rule that calls an amount small.
 */
import { decimalsOf } from './currencies.ts';
import { amountOf, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** How many units of the currency stand for one euro in a limit; not an exchange rate. */
export const limitFactors: Readonly<Record<Currency, number>> = {
  ...{ EUR: 1, USD: 1, GBP: 1, CHF: 1 },
  ...{ PLN: 4, ILS: 4, AED: 4, SAR: 4 },
  BRL: 5,
  ...{ DKK: 10, NOK: 10, SEK: 10 },
  ...{ CZK: 20, MXN: 20, ZAR: 20 },
  INR: 100,
  JPY: 150,
  HUF: 400,
};

/**
 * A limit of euro cents in minor units of another currency, rounded down: 0.02 is 3 yen, 5.00 is 750 yen.
 * A currency without a factor is refused, not taken for euro.
 */
export const limitIn = (
  currency: Currency,
  euroCents: number,
  factors: Readonly<Record<Currency, number>> = limitFactors,
): Outcome<AmountMinor, 'limits-lack-currency'> => {
  const factor = factors[currency];
  const decimals = decimalsOf(currency);
  if (factor === undefined || !decimals.ok)
    return refuse('limits-lack-currency', `no factor for limits in ${currency}`);
  const minor = (BigInt(euroCents) * BigInt(factor) * 10n ** BigInt(decimals.value)) / 100n;
  return done(amountOf(Number(minor)));
};

/** An amount as euro cents by the same factors, towards zero; undefined for a currency without one. */
export const inEuroCents = (
  amount: AmountMinor,
  currency: Currency,
  factors: Readonly<Record<Currency, number>> = limitFactors,
): number | undefined => {
  const factor = factors[currency];
  const decimals = decimalsOf(currency);
  if (factor === undefined || !decimals.ok) return undefined;
  return Number((BigInt(amount) * 100n) / (BigInt(factor) * 10n ** BigInt(decimals.value)));
};
