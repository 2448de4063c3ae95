/**
 * The customers of one company of the demo: names, terms, limits, whom to write to.
 * From: its plan, what the stories want of their own. Next: `world.ts` bills them.
 */
import { customerName, languageOf, personName } from './names.ts';
import { dayAfter, endOfMonth, type Numbers } from './numbers.ts';
import type { CompanyPlan, Terms } from './plan.ts';

export type Account = {
  id: string;
  name: string;
  country: string;
  language: string;
  currency: string;
  contact: string;
  email: string;
  terms: Terms;
  isKey: boolean;
  limitMinor: number;
  parent?: string;
};

export type AccountWanted = Partial<Omit<Account, 'id'>> & { id: string };

const net = (days: number): Terms => ({ code: `net ${days}`, due: (day) => dayAfter(day, days) });
const byLetter: Record<string, readonly Terms[]> = {
  L: [{ code: '', due: (day) => dayAfter(endOfMonth(day), 30) }, net(60)],
  G: [
    { code: '2/14 net 30', due: (day) => dayAfter(day, 30), discount: { percent: 2, days: 14 } },
    ...[net(30), net(45)],
  ],
  I: [
    { code: '2/10 net 30', due: (day) => dayAfter(day, 30), discount: { percent: 2, days: 10 } },
    ...[net(30), net(60)],
  ],
};

export const makeAccounts = (
  plan: CompanyPlan,
  wanted: readonly AccountWanted[],
  numbers: Numbers,
): Account[] => {
  const countries = plan.countries.flatMap(([country, count]) =>
    Array.from({ length: count }, () => country),
  );
  const taken = new Set(wanted.flatMap(({ name }) => name ?? []));
  return Array.from({ length: plan.accounts }, (_, at) => {
    const id = `${plan.letter}-${plan.firstAccount + at}`;
    const own: Partial<AccountWanted> = wanted.find((one) => one.id === id) ?? {};
    const country = own.country ?? countries[at] ?? plan.country;
    const language = own.language ?? languageOf(country);
    const currency = plan.letter === 'L' && ['IE', 'FR'].includes(country) ? 'EUR' : plan.currency;
    return {
      ...{ id, country, language, currency },
      name: customerName(country, numbers, taken),
      contact: personName(language, numbers),
      email: `accounts@${id.toLowerCase()}.example`,
      terms: numbers.oneOf(byLetter[plan.letter]!),
      isKey: false,
      limitMinor: numbers.between(4, 12) * 10_000_00,
      ...own,
    };
  });
};

/** @throws when there is none. */
export const accountOf = (accounts: readonly Account[], id: string): Account => {
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) throw new Error(`the demo has no account ${id}`);
  return account;
};
