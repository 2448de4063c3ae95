/**
 * The currencies money can be in: ISO 4217, those in use, with the decimals of each.
 * From: the code beside an amount in a feed, a form or a setting. Next: `amount-text.ts`, every document.
 * Metals, test codes and units of account without decimals of their own are not money here. A code that has
 * left use (BGN with 2025, HRK, ANG) is refused like an invented one.
 */
import type { Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** How many decimals a currency has: minor units are its amount times ten to this power. */
export type Decimals = 0 | 1 | 2 | 3 | 4;

const codesByDecimals: readonly (readonly [Decimals, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
     CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
     HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
     MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
     SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
     VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
];

const decimalsByCode: ReadonlyMap<string, Decimals> = new Map(
  codesByDecimals.flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code): [string, Decimals] => [code, decimals]),
  ),
);

/** Every code in use, in the order of the alphabet. */
export const currencyCodes: readonly Currency[] = [...decimalsByCode.keys()].toSorted();

/** Decimals of a currency, written as ISO writes it: three capital letters. */
export const decimalsOf = (currency: Currency): Outcome<Decimals, 'unknown-currency'> => {
  const decimals = decimalsByCode.get(currency);
  return decimals === undefined
    ? refuse('unknown-currency', `"${currency}" is not an ISO 4217 code in use`)
    : done(decimals);
};
