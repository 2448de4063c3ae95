/**
 * The customers and invoices of one company of the demo, over two years: made of its plan, the same each time.
 * From: `plan.ts`, what the stories want of their own accounts. Next: `files.ts` writes feeds of it, `seed.ts` sends them.
 */
import { accountOf, makeAccounts, type Account, type AccountWanted } from './accounts.ts';
import { dayAfter, daysFrom, divided, isWeekend, numbersFrom, type Numbers } from './numbers.ts';
import * as of from './plan.ts';
import type { CompanyPlan } from './plan.ts';

export type Invoice = {
  account: string;
  number: string;
  /** An invoice when absent. */
  type?: 'payment' | 'creditNote';
  documentOn: string;
  dueOn: string;
  currency: string;
  /** Minor units, as the account is billed; below 0 of credits. */
  amount: number;
  purchaseOrder: string;
  /** The day after which no feed has it; absent: open on the day of the demo. */
  clearedOn?: string;
  more?: Readonly<Record<string, string>>;
};

/** What a story wants to be open on an account of its own, beside its history. */
export type OpenWanted = {
  account: string;
  number: string;
  amount: number;
  dueOn: string;
  documentOn: string;
  type?: 'payment' | 'creditNote';
  clearedOn?: string;
  more?: Readonly<Record<string, string>>;
};
export type World = { plan: CompanyPlan; accounts: Account[]; invoices: Invoice[] };

export const makeWorld = (
  plan: CompanyPlan,
  wanted: { accounts: readonly AccountWanted[]; open: readonly OpenWanted[] },
): World => {
  const numbers = numbersFrom(plan.seed);
  const accounts = makeAccounts(plan, wanted.accounts, numbers);
  const own = new Set(wanted.accounts.map(({ id }) => id));
  const stories = wanted.open.map((one) => storyInvoice(one, accounts));
  const counter = { next: 10_001 };
  const free = accounts.filter(({ id }) => !own.has(id));
  const open = [...makeOpen(plan, free, stories, counter, numbers), ...makeCredits(plan, free, numbers)];
  const others = [...stories, ...open];
  const closed = makeClosed(plan, { accounts, own }, others, counter, numbers);
  return { plan, accounts, invoices: [...closed, ...open, ...stories] };
};

const storyInvoice = (one: OpenWanted, accounts: readonly Account[]): Invoice => ({
  ...one,
  currency: accountOf(accounts, one.account).currency,
  purchaseOrder: orderOf(one.number),
});

const numbered = (number: string) => ({ number, purchaseOrder: orderOf(number) });

/** What the customer ordered it by. */
const orderOf = (number: string): string => `45${number.replace(/\D/g, '').padStart(6, '0')}`;

const numberOf = (plan: CompanyPlan, counter: { next: number }): string => `${plan.letter}${counter.next++}`;

/** Customers of each company that are late without a story of their own. */
const lateCustomers = 9;

/** A few customers are late, as everywhere: in the company's own currency, here and there in the list. */
const lateOnes = ({ currency }: CompanyPlan, accounts: readonly Account[]): Account[] => {
  const own = accounts.filter((one) => one.currency === currency);
  return own.filter((_, at) => at % Math.floor(own.length / lateCustomers) === 0);
};

/** What stands open at random accounts: sums and counts by lateness, less what the stories hold. */
const makeOpen = (
  plan: CompanyPlan,
  accounts: readonly Account[],
  stories: readonly Invoice[],
  counter: { next: number },
  numbers: Numbers,
): Invoice[] => {
  const held = stories.filter(({ clearedOn, type }) => clearedOn === undefined && type === undefined);
  const gross = plan.openMinor + plan.onAccountMinor;
  return of.lateness.flatMap(({ from, to, ofSum, ofCount }) => {
    const isHere = ({ dueOn }: Invoice): boolean => {
      const late = daysFrom(dueOn, of.today);
      return late >= from && (late <= to || to === 170);
    };
    const here = held.filter(isHere);
    const count = Math.max(1, Math.round((plan.open * ofCount) / 10_000) - here.length);
    const whole = Math.round((gross * ofSum) / 10_000) - here.reduce((sum, { amount }) => sum + amount, 0);
    if (whole < count * 100_00)
      throw new Error(`${plan.id}: stories hold more than ${from} to ${to} days may`);
    const amounts = divided(
      whole,
      Array.from({ length: count }, () => numbers.share()),
    );
    const some = to > 0 ? lateOnes(plan, accounts) : accounts;
    return amounts.map((amount) =>
      openInvoice(plan, numbers.oneOf(some), { from, to }, amount, counter, numbers),
    );
  });
};

const openInvoice = (
  plan: CompanyPlan,
  account: Account,
  late: { from: number; to: number },
  amount: number,
  counter: { next: number },
  numbers: Numbers,
): Invoice => {
  const days = Array.from({ length: 330 }, (_, back) => dayAfter(of.today, -1 - back)).filter((day) => {
    const by = daysFrom(account.terms.due(day), of.today);
    return !isWeekend(day) && by >= late.from && by <= late.to;
  });
  const documentOn = numbers.oneOf(days);
  if (documentOn === undefined)
    throw new Error(`${account.id}: no day is ${late.from} to ${late.to} days late`);
  const number = numberOf(plan, counter);
  return invoiceOf(account, number, documentOn, inCurrency(plan, account, amount));
};

/** Sums are planned in the company's currency; a few customers are billed in euro. */
const inCurrency = (plan: CompanyPlan, account: Account, amount: number): number =>
  account.currency === plan.currency ? amount : Math.round((amount * plan.euroHundredths) / 100);

const invoiceOf = (account: Account, number: string, documentOn: string, amount: number): Invoice => ({
  ...{ account: account.id, number, documentOn, dueOn: account.terms.due(documentOn) },
  ...{ currency: account.currency, amount, purchaseOrder: orderOf(number) },
});

/** Money that came and nobody could say what for. */
const makeCredits = (plan: CompanyPlan, accounts: readonly Account[], numbers: Numbers): Invoice[] => {
  const home = accounts.filter(({ currency }) => currency === plan.currency);
  const amounts = divided(plan.onAccountMinor, [5, 4, 3, 2, 1]);
  return amounts.map((amount, at) => {
    const documentOn = dayAfter(of.today, -numbers.between(12, 40));
    const credit = invoiceOf(numbers.oneOf(home), `${plan.letter}P${501 + at}`, documentOn, -amount);
    return { ...credit, dueOn: documentOn, type: 'payment', purchaseOrder: '' };
  });
};

/** All that was billed and paid in two years, so that the last quarter's sales tell the days outstanding. */
const makeClosed = (
  plan: CompanyPlan,
  { accounts, own }: { accounts: readonly Account[]; own: ReadonlySet<string> },
  others: readonly Invoice[],
  counter: { next: number },
  numbers: Numbers,
): Invoice[] => {
  const billed = others.filter(({ type }) => type === undefined);
  const sizes = accounts.map(({ isKey }) => (isKey ? 4 : 0.4) + numbers.share());
  const bag = accounts.flatMap((account, at) =>
    Array.from({ length: Math.ceil(sizes[at]! * 10) }, () => account),
  );
  const usual = new Map(accounts.map(({ id }) => [id, numbers.between(-3, 12)]));
  const closed = Array.from({ length: plan.invoices - billed.length }, () => {
    const account = numbers.oneOf(bag);
    const { documentOn, clearedOn } = closedDays(
      account,
      usual.get(account.id)!,
      own.has(account.id),
      numbers,
    );
    const amount = Math.round(numbers.share() * 100_000);
    return { ...invoiceOf(account, '', documentOn, amount), clearedOn };
  });
  const ordered = closed.toSorted((a, b) => (a.documentOn < b.documentOn ? -1 : 1));
  const factor = factorOf(plan, billed, ordered);
  return ordered.map((one) => ({
    ...one,
    ...numbered(numberOf(plan, counter)),
    amount: Math.max(5_00, Math.round(one.amount * factor)),
  }));
};

/** Of an account with a story everything else was over before the first day. */
const closedDays = (account: Account, usualLate: number, isOwn: boolean, numbers: Numbers) => {
  const until = isOwn ? of.startOn : of.today;
  for (;;) {
    const documentOn = dayAfter(of.historyFrom, numbers.below(daysFrom(of.historyFrom, of.today)));
    const late = usualLate + numbers.between(-4, 9);
    const clearedOn = dayAfter(account.terms.due(documentOn), late);
    if (!isWeekend(documentOn) && !isWeekend(clearedOn) && clearedOn < until)
      return { documentOn, clearedOn };
  }
};

const factorOf = (plan: CompanyPlan, others: readonly Invoice[], closed: readonly Invoice[]): number => {
  const ofQuarter = (invoices: readonly Invoice[]): number =>
    invoices
      .filter(({ documentOn }) => documentOn >= of.quarter.from && documentOn <= of.quarter.to)
      .reduce((sum, { amount }) => sum + amount, 0);
  const wanted = (plan.openMinor * of.quarter.days) / of.salesOutstandingDays;
  return Math.max(0.05, (wanted - ofQuarter(others)) / ofQuarter(closed));
};
