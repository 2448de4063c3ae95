/**
 * An invented ledger for benches of reading: invoices as events of reports, and accounts of fifty items.
 * From: nothing. Next: `reads.ts`.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import { newAccount, type AccountKey } from '../../shared/domain/account.ts';
import { addDays, instantFromText, type Day } from '../../shared/domain/calendar.ts';
import { evolve } from '../../shared/domain/evolve.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { Item } from '../../shared/domain/item.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { everything } from '../support/test-edge.ts';

const first = '2026-01-01' as Day;
const [daysPosted, itemsPerAccount, itemsPerEntry] = [90, 50, 10];

/**
 * Invoices of a company, fifty to an account, ten to an entry, over three months; terms of 14, 30 and 60 days.
 * `count` is a multiple of fifty.
 */
export const invoiceEvents = (companyId: string, count: number): ArEvent[] => {
  const accounts = count / itemsPerAccount;
  const entries = itemsPerAccount / itemsPerEntry;
  return Array.from({ length: accounts * entries }, (_, n) => {
    const entry = Math.floor(n / accounts);
    const moves: Record<string, Record<string, number>> = {};
    for (let place = entry * itemsPerEntry; place < (entry + 1) * itemsPerEntry; place += 1) {
      const on = postedOn(place, n % accounts);
      const cell = `EUR open ${addDays(on, [14, 30, 60][place % 3]!)} ${on}`;
      moves[on] = { ...moves[on], [cell]: 100 + (moves[on]?.[cell] ?? 0) };
    }
    const at = `${Object.keys(moves).toSorted().at(-1)}T12:00:00Z`;
    return {
      ...{ v: 1, companyId, accountId: `a${n % accounts}`, kinds: ['itemPosted'], hash: 'h', facts: [] },
      ...{ version: entry + 1, at, moves },
    };
  });
};

/** Accounts are posted to on days of their own. */
const postedOn = (place: number, account: number): Day =>
  addDays(first, Math.floor((place * daysPosted) / itemsPerAccount) + (account % 2));

const itemAt = (n: number): Item => {
  const on = addDays(first, n);
  const dueOn = addDays(on, 30);
  const id = `item:invoice:RE-${n}`;
  return {
    ...{ id, kind: 'invoice', source: 'books', number: `RE-${n}`, part: '1', currency: 'EUR' },
    ...{ documentOn: on, postedOn: on, firstDueOn: dueOn, dueOn, discountTiers: [], stage: 0 },
    ...{ original: amountOf(10_000), open: amountOf(10_000), parties: {}, references: {} },
    ...{ isInsured: false, isIntercompany: false },
  };
};

/** Fifty open items, a customer with contacts, a pinned note. */
export const fillAccount = async (accounts: AccountStore, key: AccountKey): Promise<void> => {
  let account = newAccount(key);
  const facts: Fact[] = [
    { kind: 'masterDataNoted', masterData: 'contact:master:1', on: first },
    { kind: 'noteWritten', noteId: 'note:1', on: first },
  ];
  for (let n = 0; n < itemsPerAccount; n += 1) {
    const posted = postItem(account, itemAt(n));
    if (!posted.ok) throw new Error(posted.code);
    account = evolve(account, posted.value);
    facts.push(...posted.value);
  }
  const note = { id: 'note:1', text: 'pays on Fridays', by: 'tenant:ann', at: `${first}T12:00:00Z` };
  const contacts = [{ name: 'Ms Lee', email: 'lee@example.com' }];
  const appended = await accounts.append(
    everything,
    await accounts.load(everything, key),
    {
      ...{ at: instantFromText(`${first}T12:00:00Z`), actor: { kind: 'job', id: 'bench' } },
      ...{ cause: { kind: 'bench', id: '1' }, facts },
    },
    new Map(),
    [
      { id: 'contact:master:1', content: { name: 'Example Ltd', address: '1 Example Road', contacts } },
      { id: 'note:pinned', content: { notes: [note] } },
      { id: 'note:1', content: note },
    ],
  );
  if (appended.outcome !== 'appended') throw new Error(appended.outcome);
};
