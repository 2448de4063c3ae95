/**
 * The files a company's ERP and bank would send: open items, changes, a journal, history, customers, sales, statements.
 * From: the invented world. Next: `feeds.ts` uploads them. Amounts are written with a point and two decimals.
 */
import type { Account } from './accounts.ts';
import type { Invoice, World } from './world.ts';
import { cityOf, phoneOf } from './names.ts';
import { dayAfter } from './numbers.ts';
import { today } from './plan.ts';

export const decimal = (minor: number): string => {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** @param rows by the header's names; what is absent stays blank. */
export const csv = (
  header: readonly string[],
  rows: readonly Readonly<Record<string, string | undefined>>[],
): string => {
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => header.map((name) => cell(row[name] ?? '')).join(','));
  return [header.join(','), ...lines, ''].join('\n');
};

const documentColumns = [
  ...[
    'number',
    'account',
    'account_name',
    'type',
    'document_date',
    'due_date',
    'currency',
    'original_amount',
  ],
  ...['open_amount', 'purchase_order', 'discount_percent_1', 'discount_until_1', 'insured', 'method'],
  ...['retention_amount', 'retention_release', 'text'],
];

export const deltaColumns = [...documentColumns, 'change', 'changed_at', 'cleared_date', 'cleared_by'];

export const journalColumns = [
  ...[
    'record',
    'posting_date',
    'receipt_id',
    'value_date',
    'amount',
    'bank_reference',
    'reverses',
    'from_id',
  ],
  ...documentColumns,
];

/** @param open minor units; of a closed one none. */
export const documentRow = (one: Invoice, { terms, name }: Account, open?: number) => ({
  ...{ number: one.number, account: one.account, account_name: name, type: one.type ?? '' },
  ...{ document_date: one.documentOn, due_date: one.dueOn, currency: one.currency },
  original_amount: decimal(one.amount),
  ...(open === undefined ? {} : { open_amount: decimal(open) }),
  purchase_order: one.purchaseOrder,
  ...(terms.discount === undefined || one.type !== undefined
    ? {}
    : {
        discount_percent_1: String(terms.discount.percent),
        discount_until_1: dayAfter(one.documentOn, terms.discount.days),
      }),
  ...one.more,
});

export const accountsById = ({ accounts }: World): Map<string, Account> =>
  new Map(accounts.map((account) => [account.id, account]));

/** What is open at the end of a day. */
export const openOn = ({ invoices }: World, day: string): Invoice[] =>
  invoices.filter(
    ({ documentOn, clearedOn }) => documentOn <= day && (clearedOn === undefined || clearedOn > day),
  );

export const snapshotFile = (world: World, invoices: readonly Invoice[]): string => {
  const accounts = accountsById(world);
  return csv(
    documentColumns,
    invoices.map((one) => documentRow(one, accounts.get(one.account)!, one.amount)),
  );
};

/** What was settled by the end of a day. @param from older ones are left out, but for each customer's first. */
export const historyFile = (world: World, before: string, from: string): string => {
  const known = new Set<string>();
  const isFirst = ({ account }: Invoice): boolean => !known.has(account) && known.add(account).has(account);
  const accounts = accountsById(world);
  return csv(
    [...documentColumns, 'cleared_date'],
    world.invoices
      .filter(({ clearedOn }) => clearedOn !== undefined && clearedOn <= before)
      .filter((one) => isFirst(one) || one.documentOn >= from)
      .map((one) => ({ ...documentRow(one, accounts.get(one.account)!), cleared_date: one.clearedOn! })),
  );
};

const customerColumns = [
  ...[
    'account',
    'account_name',
    'address',
    'postal_code',
    'city',
    'country',
    'terms',
    'currency',
    'credit_limit',
  ],
  ...['language', 'parent', 'segment', 'contact_email'],
];

export const customerFile = ({ accounts }: World): string =>
  csv(
    customerColumns,
    accounts.map((one, at) => ({
      ...{
        account: one.id,
        account_name: one.name,
        address: `${at + 1} Mill Road`,
        city: cityOf(one.country, at),
      },
      ...{ postal_code: String(20_100 + at), country: one.country, terms: one.terms.code },
      ...{ currency: one.currency, credit_limit: decimal(one.limitMinor), language: one.language },
      ...{ parent: one.parent, segment: one.isKey ? 'key' : '' },
      contact_email: one.email,
    })),
  );

/** People at customers somebody speaks with; to the others mail goes to the address of the firm. */
export const contactFile = ({ accounts, invoices }: World): string =>
  csv(
    ['account', 'name', 'contact_email', 'phone', 'role', 'language'],
    accounts
      .filter(({ id }) => invoices.some((one) => one.account === id && isLate(one)))
      .map(({ id, contact, email, language, country }, at) => ({
        ...{ account: id, name: contact, contact_email: email, role: 'AP', language },
        phone: phoneOf(country, at),
      })),
  );

/** Open and past its day on the day of the demo. */
export const isLate = ({ clearedOn, dueOn, type }: Invoice): boolean =>
  clearedOn === undefined && type === undefined && dueOn < today;

/** Billed by month, as far as whole months have passed. */
export const salesFile = ({ invoices }: World, until: string): string => {
  const sums = new Map<string, number>();
  for (const { currency, documentOn, amount, type } of invoices) {
    if (type === 'payment' || documentOn.slice(0, 7) >= until.slice(0, 7)) continue;
    const name = `${documentOn.slice(0, 7)} ${currency}`;
    sums.set(name, (sums.get(name) ?? 0) + amount);
  }
  return csv(
    ['from', 'to', 'currency', 'gross'],
    [...sums].toSorted().map(([name, sum]) => {
      const [month = '', currency = ''] = name.split(' ');
      const next = `${dayAfter(`${month}-28`, 4).slice(0, 7)}-01`;
      return { from: `${month}-01`, to: dayAfter(next, -1), currency, gross: decimal(sum) };
    }),
  );
};
