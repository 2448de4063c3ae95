/**
 * What the demo company is to come to (`harrowmint`): three companies, how many accounts and invoices, what is open
 * and how late on the day it is shown.
 * From: the product's own description of its demo. Next: `world.ts` makes customers and invoices of it.
 */

/** The day it is shown, and the first one on which it works with the product. */
export const today = '2026-10-21';
export const startOn = '2026-10-14';
/** Alerts are looked for at midnight, where the clock is awake: it sleeps through the nights before. */
export const lastNightAt = `${today}T00:06:00Z`;
/** Two years of invoices before. */
export const historyFrom = '2024-10-22';
/** The instant it opens at: all three companies have had their morning. */
export const opensAt = `${today}T13:00:00Z`;

export type Terms = { code: string; due(day: string): string; discount?: { percent: number; days: number } };

export type CompanyPlan = {
  id: string;
  legalName: string;
  city: string;
  zone: string;
  country: string;
  currency: string;
  /** Units of the currency are worth so many hundredths of a euro. */
  euroHundredths: number;
  /** First letter of its accounts and invoices. */
  letter: string;
  firstAccount: number;
  accounts: number;
  invoices: number;
  /** Open on the day it is shown, and their sum in minor units. */
  open: number;
  openMinor: number;
  /** Money nobody allocated yet, in minor units. */
  onAccountMinor: number;
  countries: readonly [string, number][];
  bank: string;
  seed: number;
};

export const ltd: CompanyPlan = {
  ...{ id: 'harrowmint-ltd', legalName: 'Harrowmint Ltd', city: 'Leeds', zone: 'Europe/London' },
  ...{ country: 'GB', currency: 'GBP', euroHundredths: 117, letter: 'L', firstAccount: 1001 },
  ...{ accounts: 50, invoices: 1_900, open: 170, openMinor: 811_900_00, onAccountMinor: 12_000_00 },
  countries: [
    ['GB', 40],
    ['IE', 4],
    ['IL', 3],
    ['FR', 3],
  ],
  ...{ bank: 'GB33BUKB20201555555555', seed: 1 },
};

export const gmbh: CompanyPlan = {
  ...{ id: 'harrowmint-gmbh', legalName: 'Harrowmint GmbH', city: 'Kassel', zone: 'Europe/Berlin' },
  ...{ country: 'DE', currency: 'EUR', euroHundredths: 100, letter: 'G', firstAccount: 2001 },
  ...{ accounts: 60, invoices: 2_400, open: 200, openMinor: 1_050_000_00, onAccountMinor: 11_600_00 },
  countries: [
    ['DE', 52],
    ['FR', 8],
  ],
  ...{ bank: 'DE02120300000000202051', seed: 2 },
};

export const inc: CompanyPlan = {
  ...{ id: 'harrowmint-inc', legalName: 'Harrowmint Inc', city: 'Columbus', zone: 'America/New_York' },
  ...{ country: 'US', currency: 'USD', euroHundredths: 92, letter: 'I', firstAccount: 3001 },
  ...{ accounts: 40, invoices: 1_700, open: 150, openMinor: 869_500_00, onAccountMinor: 14_000_00 },
  countries: [
    ['US', 38],
    ['IL', 2],
  ],
  ...{ bank: '4410022987', seed: 3 },
};

export const plans: readonly CompanyPlan[] = [ltd, gmbh, inc];

/** Hundredths of a percent of what is open, by days late, and the share of the open invoices that is. */
export const lateness: readonly { from: number; to: number; ofSum: number; ofCount: number }[] = [
  { from: -60, to: 0, ofSum: 7_100, ofCount: 6_600 },
  { from: 1, to: 30, ofSum: 1_350, ofCount: 1_700 },
  { from: 31, to: 60, ofSum: 600, ofCount: 800 },
  { from: 61, to: 90, ofSum: 300, ofCount: 400 },
  { from: 91, to: 170, ofSum: 650, ofCount: 500 },
];

/** Days that sales are outstanding; the quarter whose sales tell it. */
export const salesOutstandingDays = 54;
export const quarter = { from: '2026-07-01', to: '2026-09-30', days: 92 };
