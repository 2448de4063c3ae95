/**
 * Many customers under one name, and customers who came before the account of their number.
 */
import { describe, expect, it } from 'vitest';
import { listMatches } from '../../../functions/ledger/show-customer.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { accountPostingsMessage } from '../../../shared/contracts/messages.ts';
import { Crash, crashAt, withFaults } from '../../support/faults.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

type Books = Awaited<ReturnType<typeof createBooks>>;
const header = 'account,account_name,country,postal_code';
const startBooks = async (): Promise<Books> => {
  const books = await createBooks();
  const place = { scope: 'company:acme', name: 'company' };
  const { value, version, ...said } = (await books.settings.read(everything, place))!;
  const led = { ...(value as object), leadingSource: 'erp' };
  const { by, at, reason } = said;
  await books.settings.save(everything, place, version, { value: led, by, at, reason });
  return books;
};
const matches = async (books: Books, state: 'waiting' | 'linked' = 'waiting') => {
  const found = [];
  let after: string | undefined;
  do {
    const page = await listMatches(books.parts, everything, 'acme', { limit: 50, state, after });
    if (!page.ok) throw new Error(page.detail);
    found.push(...page.value.matches.map(({ number, why, account }) => [number, why, account] as const));
    ({ after } = page.value);
  } while (after !== undefined);
  return found.toSorted();
};
const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}-${String(n + 1).padStart(3, '0')}`);

describe('more customers under one key than a page holds', () => {
  it('are all found by the account that comes later, also the last of 120', async () => {
    const books = await startBooks();
    const numbers = numbered('X', 120);
    const rows = numbers.map((number) => `${number},Alpha,DE,10115`);
    await books.send(csv(header, ...rows), { kind: 'customers', source: 'crm' });
    expect(await matches(books)).toEqual(numbers.map((number) => [number, 'not-matched', null]));
    await books.send(csv(header, 'C-1,Alpha,DE,10115'), { kind: 'customers', source: 'erp' });
    expect(await matches(books)).toEqual(numbers.map((number) => [number, 'same-name-and-place', 'C-1']));
  });

  it('hide no account: the only one of 60 that still has the name is found', async () => {
    const books = await startBooks();
    const numbers = numbered('C', 60);
    // the one that stands last in the order of the store
    const last = numbers.toSorted((a, b) => (sha256(a) < sha256(b) ? -1 : 1)).at(-1);
    const as = (name: (number: string) => string, asOf: string) =>
      books.send(csv(header, ...numbers.map((number) => `${number},${name(number)},DE,10115`)), {
        ...{ kind: 'customers', source: 'erp', asOf },
      });
    await as(() => 'Alpha', '2026-11-21T06:00:00Z');
    await as((number) => (number === last ? 'Alpha' : `Other ${number}`), '2026-11-21T07:00:00Z');
    await books.send(csv(header, 'X-1,Alpha,DE,10115'), { kind: 'customers', source: 'crm' });
    expect(await matches(books)).toEqual([['X-1', 'same-name-and-place', last]]);
  });
});

describe('a customer who came before the account of its number', () => {
  const invoices = csv(
    'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
    '4711,X-7,Billed,2026-11-01,2026-12-01,EUR,100.00',
    '4712,N-1,Billed,2026-11-01,2026-12-01,EUR,50.00',
  );
  const invoiced = { source: 'erp' } as const;
  const crm = csv(
    `${header},ledger_account`,
    'X-7,Alpha,DE,10115,',
    'X-8,Beta,DE,10115,N-1',
    'X-9,Gamma,DE,1,',
  );

  it('is found by the account that documents alone make', async () => {
    const books = await startBooks();
    await books.send(crm, { kind: 'customers', source: 'crm' });
    expect(await matches(books)).toHaveLength(3);
    await books.send(invoices, invoiced);
    expect(await matches(books, 'linked')).toEqual([
      ['X-7', 'same-number', 'X-7'],
      ['X-8', 'named-account', 'N-1'],
    ]);
    expect(await books.master('X-7')).toMatchObject({ name: 'Alpha', postalCode: '10115' });
    expect(await books.master('N-1')).toMatchObject({ name: 'Beta' });
    expect(await matches(books)).toEqual([['X-9', 'not-matched', null]]);
  });

  it('is found whichever effect of posting the documents was the last before a crash', async () => {
    for (let number = 1; ; number += 1) {
      let crashes = 0;
      for (const when of ['before', 'after'] as const) {
        const books = await startBooks();
        await books.send(crm, { kind: 'customers', source: 'crm' });
        const before = books.sent('account-postings').length;
        await books.upload(invoices, invoiced);
        for (const { body } of books.sent('account-postings').slice(before)) {
          const message = accountPostingsMessage.parse(body);
          const call = { now: tenOClock, scope: everything };
          const gate = crashAt(number, when);
          const dying = {
            ...books.parts,
            accounts: withFaults(books.parts.accounts, gate, 'accounts'),
            customers: withFaults(books.parts.customers, gate, 'customers'),
            files: withFaults(books.parts.files, gate, 'files'),
            imports: withFaults(books.parts.imports, gate, 'imports'),
          };
          await postPart(message, call, dying).catch((fault: unknown) => {
            if (!(fault instanceof Crash)) throw fault;
            crashes += 1;
          });
          await postPart(message, call, books.parts);
        }
        expect([number, when, (await matches(books, 'linked')).length]).toEqual([number, when, 2]);
        expect((await books.master('X-7')).name).toBe('Alpha');
      }
      if (crashes === 0) break;
      expect(number).toBeLessThan(100);
    }
  });
});
