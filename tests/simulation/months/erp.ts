/**
 * What happens outside: customers are invoiced, pay by wire, the bank's file comes in the morning, the ERP posts money
 * some days later and shows it with its next snapshot. Where Dunwell keeps the book, items are posted by its own hand.
 * From: the seed. Next: files of `arrive` and `send`; `isBookAsFed` compares the book with the file taken last.
 */
import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { textOfInstant } from '../../../shared/domain/calendar.ts';
import {
  arrive,
  bookOf,
  feedOf,
  idOf,
  send,
  type Open,
} from '../../functions/erp-exchange/snapshot-world.ts';
import { factsOf, itemWith } from '../../support/account-examples.ts';
import { wire } from '../../support/cash-world.ts';
import { everything } from '../../support/test-edge.ts';
import { countries, languageIn } from './contact-rules.ts';
import { hostile } from './text-checks.ts';
import { companyId, firstDay, type Month } from './world.ts';

export type Invoice = { accountId: string; number: string; open: number; original: number; dueOn: Day };
export type Erp = Awaited<ReturnType<typeof erpOf>>;

export const accountIds = Array.from({ length: 20 }, (_, n) => `zqk${String(n + 1).padStart(2, '0')}z`);
/** Those it can be written to at. */
export const addressesOf = (accountId: string) =>
  [`ap@${accountId}.example`, `cfo@${accountId}.example`] as const;
const language = ['en', 'de', 'fr', 'he', ''];

export const erpOf = async (month: Month) => {
  const { draw, stores, agenda, mode, parts, bus } = month;
  const book = new Map<string, Invoice>();
  const files = new Map<string, Record<string, number>>();
  const wires: { invoice: Invoice; amount: number }[] = [];
  let [numbers, lines, greeted] = [0, 0, 0];

  const livesIn = new Map<string, string>();
  const speaks = new Map<string, string>();

  const greet = async (accountId: string): Promise<void> => {
    const badly = greeted % 2 === 0 ? hostile : '';
    greeted += 1;
    const name = `${accountId} Trading${badly}`;
    const contacts = [
      { name: `Kim ${accountId}${badly}`, email: addressesOf(accountId)[0], role: 'Accounts Payable' },
      { name: `Sam ${accountId}`, email: addressesOf(accountId)[1], role: 'Finance', phone: '+49 30 2' },
    ];
    const spoken = draw.pick(language);
    const policyId = draw.pick(['standard', 'standard', 'watch', 'small', 'key', 'public', undefined]);
    const country = draw.pick(countries);
    livesIn.set(accountId, country);
    speaks.set(accountId, spoken === '' ? languageIn(country) : spoken);
    const content = {
      ...{ name, contacts, country, ...(spoken === '' ? {} : { language: spoken }) },
      ...(policyId === undefined ? {} : { treatment: { policyId } }),
    };
    const key = { companyId, accountId };
    const id = 'contact:master:0000000001' as const;
    const change = {
      at: agenda.now(),
      actor: { kind: 'job', id: 'setup' } as const,
      cause: { kind: 'setup', id: 's' },
    };
    const loaded = await stores.plain.accounts.load(everything, key);
    const facts = [{ kind: 'masterDataNoted', masterData: id, on: firstDay } as const];
    await stores.plain.accounts.append(everything, loaded, { ...change, facts }, undefined, [
      { id, content },
    ]);
  };

  const invent = (accountId: string, dueOn: Day): Invoice => {
    const number = `${accountId}-${(numbers += 1)}`;
    const original = 100 * (10 + draw.below(4_000));
    return { accountId, number, original, open: original, dueOn };
  };
  /** Told as one that stands in the ERP; by hand where the book is kept here. */
  const post = async (invoice: Invoice): Promise<void> => {
    book.set(invoice.number, invoice);
    if (mode === 'dunwellLed')
      bus.again(agenda.nowMs(), 'post', async () => {
        const key = { companyId, accountId: invoice.accountId };
        const loaded = await parts.files.parts.accounts.load(everything, key, [idOf(invoice.number)]);
        if (loaded.account.items.has(idOf(invoice.number))) return;
        const facts = factsOf(postItem(loaded.account, itemOf(invoice)));
        const change = {
          at: agenda.now(),
          facts,
          actor: { kind: 'job', id: 'post' } as const,
          cause: { kind: 'row', id: invoice.number },
        };
        const appended = await parts.files.parts.accounts.append(everything, loaded, change);
        if (appended.outcome !== 'appended') throw new Error(appended.outcome);
      });
  };
  const snapshot = async (day: number): Promise<void> => {
    const importId = `s${day}`;
    const open = [...book.values()].filter((one) => one.open > 0).map(rowOfInvoice);
    files.set(importId, Object.fromEntries(open.map(([, number, amount]) => [number, amount])));
    await arrive(parts.files, importId, { asOf: textOfInstant(agenda.now()), open });
  };
  const bankFile = async (day: number): Promise<void> => {
    const rows = wires.splice(0).map(({ invoice, amount }) => {
      const id = `w${(lines += 1)}`;
      const text = `invoice ${invoice.number}`;
      return wire(id, amount, {
        accountId: invoice.accountId,
        valueOn: month.today(),
        postedOn: month.today(),
        text,
      });
    });
    if (rows.length > 0)
      await send(parts.files, `b${day}`, 'bankStatement', rows, textOfInstant(agenda.now()));
  };
  for (const accountId of accountIds) await greet(accountId);
  return {
    book,
    countryOf: (accountId: string): string => livesIn.get(accountId) ?? '',
    languageOf: (accountId: string): string => speaks.get(accountId) ?? '',
    /** Invoices there were before the month, some of them late already. */
    found: async (): Promise<void> => {
      for (const accountId of accountIds)
        for (let n = draw.below(4); n > 0; n -= 1)
          await post(invent(accountId, addDays(firstDay, 10 - draw.below(60))));
      if (mode === 'erpLed')
        for (let n = 0; n < 40; n += 1)
          book.set(`zqk99z-${n}`, { ...invent('zqk99z', addDays(firstDay, 90)), number: `zqk99z-${n}` });
    },
    night: async (day: number): Promise<void> => {
      for (const accountId of accountIds)
        if (draw.chance(0.05)) await post(invent(accountId, addDays(firstDay, day + 3 - draw.below(10))));
      await bankFile(day);
      if (mode === 'erpLed' && draw.chance(0.95)) await snapshot(day);
    },
    /** The customer sends money; where the ERP keeps the book, it posts it some days later. */
    pay: (number: string, amount: number): void => {
      const invoice = book.get(number);
      if (invoice === undefined) return;
      wires.push({ invoice, amount });
      settles(number, amount);
    },
    settles: (number: string, amount: number): void => settles(number, amount),
    /** What it has now: items entered by hand that the book forgot are entered again. */
    know: async (now: ReadonlyMap<string, Invoice>): Promise<void> => {
      for (const invoice of now.values()) await post(invoice);
    },
    /** B1: once no file is on its way, the book is the one that was taken last, to the cent. */
    isBookAsFed: async (): Promise<string[]> => {
      const isBusy = agenda.awaits((what) => ['imports', 'snapshots', 'account-postings'].includes(what));
      if (mode !== 'erpLed' || isBusy) return [];
      const { accepted } = await feedOf(parts.files);
      if (accepted === undefined) return [];
      const is = await bookOf(parts.files, ...accountIds, 'zqk99z');
      const said = files.get(accepted.importId) ?? {};
      const differing = [...new Set([...Object.keys(is), ...Object.keys(said)])].filter(
        (number) => is[number] !== said[number],
      );
      return differing.map(
        (number) => `B1 ${number} is ${is[number]}, ${accepted.importId} said ${said[number]}`,
      );
    },
  };

  function settles(number: string, amount: number): void {
    const later = agenda.nowMs() + (1 + draw.below(3)) * 86_400_000;
    agenda.at(later, 'erp', async () => {
      const invoice = book.get(number);
      if (invoice !== undefined) book.set(number, { ...invoice, open: Math.max(0, invoice.open - amount) });
    });
  }
};

/** What the customer calls the order, as it was typed in. */
const references = { purchaseOrder: `PO${hostile}` };

const rowOfInvoice = ({ accountId, number, open, original, dueOn }: Invoice): Open => [
  ...([accountId, number, open] as const),
  {
    ...{ original: amountOf(original), dueOn, references },
    ...{ documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30) },
  },
];

const itemOf = ({ number, open, dueOn }: Invoice): Item =>
  itemWith({
    ...{ id: idOf(number), number, original: amountOf(open), open: amountOf(open), dueOn, firstDueOn: dueOn },
    ...{ documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30), references },
  });
