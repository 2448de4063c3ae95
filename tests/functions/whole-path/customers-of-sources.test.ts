/**
 * One customer as the ERP, a spreadsheet and the CRM tell it: one account, why, and where they differ.
 */
import { expect, it } from 'vitest';
import { decideConflicts, decideMatch } from '../../../functions/ledger/decide-customer.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import { listConflicts, listMatches, shownOf } from '../../../functions/ledger/show-customer.ts';
import { conflictsAnswer, customerFieldsUnder, matchesAnswer } from '../../../shared/contracts/customers.ts';
import { accountPostingsMessage } from '../../../shared/contracts/messages.ts';
import type { MasterData } from '../../../shared/domain/master-data.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { maskFields } from '../../../shared/edge/fields.ts';
import { Crash, crashAt, withFaults } from '../../support/faults.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const extracts = {
  erp: csv(
    'account,account_name,country,tax_id,postal_code,terms',
    'C-1,Alpha GmbH,DE,DE 123456789,10115,net 30',
    'C-2,Beta Ltd,GB,,EC1,',
  ),
  sheet: csv('account,account_name,country,ledger_account,terms,address', 'S9,Alpha,DE,C-1,net 14,Weg 1'),
  crm: csv(
    'account,account_name,country,tax_id,postal_code,segment',
    'X-7,Alpha Gmbh Berlin,DE,DE-123456789,,key',
    'X-8,Beta Limited,GB,,EC1,',
    'X-9,Gamma,FR,,75001,',
  ),
};
type Source = keyof typeof extracts;
const orders: Source[][] = [
  ...([
    ['erp', 'sheet', 'crm'],
    ['erp', 'crm', 'sheet'],
    ['sheet', 'erp', 'crm'],
  ] as Source[][]),
  ...([
    ['sheet', 'crm', 'erp'],
    ['crm', 'erp', 'sheet'],
    ['crm', 'sheet', 'erp'],
  ] as Source[][]),
];
type Books = Awaited<ReturnType<typeof createBooks>>;
const clerk = {
  ...{ scope: everything, now: tenOClock, actor: { kind: 'staff', id: 'tenant:clerk' } as const },
  cause: { kind: 'request', id: '1' },
};
const page = { limit: 20 };

const startBooks = async (): Promise<Books> => {
  const books = await createBooks();
  const place = { scope: 'company:acme', name: 'company' };
  const { value, ...said } = (await books.settings.read(everything, place))!;
  const { by, at, reason } = said;
  const led = { ...(value as object), leadingSource: 'erp' };
  await books.settings.save(everything, place, said.version, { value: led, by, at, reason });
  return books;
};
const bring = (books: Books, source: Source) => books.send(extracts[source], { kind: 'customers', source });
const known = async (books: Books, accountId: string): Promise<MasterData> => {
  const { masterData } = (await books.load(accountId)).head;
  return ((masterData &&
    (await books.accounts.paper(everything, { companyId: 'acme', accountId }, masterData))) ??
    {}) as MasterData;
};
const seen = async (books: Books) => {
  const matches = await listMatches(books.parts, everything, 'acme', { ...page, state: 'waiting' });
  const conflicts = await listConflicts(books.parts, everything, 'acme', page);
  if (!matches.ok || !conflicts.ok) throw new Error('the company is there');
  const account = shownOf(await known(books, 'C-1'));
  return {
    ...{ account, merged: await books.master('C-1'), matches: matchesAnswer.parse(matches.value).matches },
    conflicts: conflictsAnswer.parse(conflicts.value).accounts,
  };
};
const entriesOf = async (books: Books) =>
  (await Promise.all(['C-1', 'C-2', 'X-7', 'X-8', 'S9'].map((id) => books.entries(id)))).map(
    (all) => all.length,
  );
const three = async (order: readonly Source[]): Promise<Books> => {
  const books = await startBooks();
  for (const source of order) await bring(books, source);
  return books;
};

it.each(orders)('one merged account, whichever comes first: %s, %s, %s', async (...order) => {
  const books = await three(order);
  const { account, merged, matches, conflicts } = await seen(books);
  expect(merged).toMatchObject({ name: 'Alpha GmbH', termsCode: 'net 30', address: 'Weg 1', segment: 'key' });
  expect(account.sources.map(({ source, number, reason }) => [source, number, reason])).toEqual([
    ['crm', 'X-7', 'same-tax-id'],
    ['erp', 'C-1', 'same-number'],
    ['sheet', 'S9', 'named-account'],
  ]);
  expect(account.conflicts).toMatchObject({
    name: { values: { crm: 'Alpha Gmbh Berlin', erp: 'Alpha GmbH', sheet: 'Alpha' } },
    termsCode: { values: { erp: 'net 30', sheet: 'net 14' } },
  });
  expect(conflicts.map((one) => one.account)).toEqual(['C-1']);
  expect(matches.map(({ number, why, account: proposed }) => [number, why, proposed]).toSorted()).toEqual([
    ['X-8', 'same-name-and-place', 'C-2'],
    ['X-9', 'not-matched', null],
  ]);
  expect((await books.load('X-7')).head.version).toBe(0);
  expect(await seen(books)).toEqual(await seen(await three(orders[0]!)));
});

it('a file sent again changes nothing, also with a later instant', async () => {
  const books = await three(orders[0]!);
  const before = [await entriesOf(books), books.customers.snapshot()];
  for (const source of orders[3]!) {
    await bring(books, source);
    const later = { kind: 'customers', source, asOf: '2026-11-23T10:00:00Z' } as const;
    await books.send(extracts[source], later);
  }
  expect([await entriesOf(books), books.customers.snapshot()]).toEqual(before);
});

it.each([['crm', 'erp', 'sheet'] as const, ['erp', 'sheet', 'crm'] as const])(
  'each part delivered twice, and dead before and after each effect, comes to the same: %s, %s, %s',
  async (...order) => {
    const expected = await seen(await three(order));
    for (let number = 1; ; number += 1) {
      let crashes = 0;
      for (const when of ['before', 'after'] as const) {
        const books = await startBooks();
        for (const source of order) {
          // parts of files before are not done again: whatever a dying one left, it has to make up for itself
          const before = books.sent('account-postings').length;
          await books.upload(extracts[source], { kind: 'customers', source });
          for (const { body } of books.sent('account-postings').slice(before))
            crashes += await postDying(books, body, number, when);
        }
        expect([number, when, await seen(books)]).toEqual([number, when, expected]);
      }
      if (crashes === 0) break;
      expect(number).toBeLessThan(100);
    }
  },
);

/** Posts with a process that dies once, then whole, twice. @returns how often it died. */
const postDying = async (books: Books, body: unknown, number: number, when: 'before' | 'after') => {
  const message = accountPostingsMessage.parse(body);
  const gate = crashAt(number, when);
  const dying = {
    ...books.parts,
    accounts: withFaults(books.parts.accounts, gate, 'accounts'),
    customers: withFaults(books.parts.customers, gate, 'customers'),
    imports: withFaults(books.parts.imports, gate, 'imports'),
  };
  const call = { now: tenOClock, scope: everything };
  const died = await postPart(message, call, dying).then(
    () => 0,
    (fault: unknown) => {
      if (!(fault instanceof Crash)) throw fault;
      return 1;
    },
  );
  for (let times = 0; times < 2; times += 1) await postPart(message, call, books.parts);
  return died;
};

it('a proposed match waits for a person; once said the next file goes straight there', async () => {
  const books = await three(orders[0]!);
  const proposed = (await seen(books)).matches.find(({ number }) => number === 'X-8')!;
  const place = { companyId: 'acme', matchId: proposed.id };
  const same = { as: 'same', account: 'C-2', reason: 'rang them' } as const;
  expect(await decideMatch(books.parts, clerk, place, same)).toMatchObject({ ok: true });
  const versions = await entriesOf(books);
  expect(await decideMatch(books.parts, clerk, place, same)).toMatchObject({ ok: true });
  expect(await entriesOf(books)).toEqual(versions);
  const { sources } = shownOf(await known(books, 'C-2'));
  expect(sources[0]).toMatchObject({ source: 'crm', number: 'X-8', reason: 'person', by: 'tenant:clerk' });
  await books.send(csv('account,account_name,country,segment', 'X-8,Renamed,GB,small'), {
    ...{ kind: 'customers', source: 'crm' },
  });
  expect(await books.master('C-2')).toMatchObject({ name: 'Beta Ltd', segment: 'small' });
  expect(await decideMatch(books.parts, clerk, place, { ...same, account: 'C-1' })).toMatchObject({
    code: 'customer-has-another',
  });
});

it('one that is nobody’s leaves the queue and stays out of it', async () => {
  const books = await three(orders[0]!);
  const { id: matchId } = (await seen(books)).matches.find(({ number }) => number === 'X-8')!;
  const place = { companyId: 'acme', matchId };
  await decideMatch(books.parts, clerk, place, { as: 'separate', reason: 'other people' });
  await books.send(csv('account,account_name,country', 'C-2,Beta,GB'), { kind: 'customers', source: 'erp' });
  expect((await seen(books)).matches.map(({ number }) => number)).toEqual(['X-9']);
  expect(shownOf(await known(books, 'C-2')).sources).toHaveLength(1);
});

it('what a person decided between sources stays, and leaves the queue', async () => {
  const books = await three(orders[0]!);
  const key = { companyId: 'acme', accountId: 'C-1' };
  const choice = { fields: { termsCode: { source: 'sheet' }, name: { value: 'Alpha' } }, reason: 'contract' };
  expect(await decideConflicts(books.parts, clerk, key, choice)).toMatchObject({ ok: true });
  const version = (await books.load('C-1')).head.version;
  expect(await decideConflicts(books.parts, clerk, key, choice)).toMatchObject({ ok: true });
  expect((await books.load('C-1')).head.version).toBe(version);
  await books.send(csv('account,account_name,country,terms', 'C-1,Alpha AG,DE,net 60'), {
    ...{ kind: 'customers', source: 'erp', asOf: '2026-11-23T10:00:00Z' },
  });
  expect(await books.master('C-1')).toMatchObject({ name: 'Alpha', termsCode: 'net 14' });
  expect((await seen(books)).conflicts).toEqual([]);
  const silent = { fields: { language: { source: 'crm' } }, reason: 'x' };
  expect(await decideConflicts(books.parts, clerk, key, silent)).toMatchObject({
    code: 'customer-source-silent',
  });
});

it('who does not reach the company finds nothing there, whatever it is', async () => {
  const books = await three(orders[0]!);
  const { id: matchId } = (await seen(books)).matches[0]!;
  const stranger = { ...clerk, scope: scopeOf([]) };
  const ids = { companyId: 'acme', matchId };
  const same = { as: 'same', account: 'C-1', reason: 'x' } as const;
  const choice = { fields: { name: { value: 'A' } }, reason: 'x' };
  const absent = { companyId: 'acme', accountId: 'C-1' };
  expect(await listMatches(books.parts, stranger.scope, 'acme', { ...page, state: 'waiting' })).toMatchObject(
    {
      code: 'company-unknown',
    },
  );
  expect(await decideMatch(books.parts, stranger, ids, same)).toMatchObject({ code: 'not-found' });
  expect(await decideConflicts(books.parts, stranger, absent, choice)).toMatchObject({ code: 'not-found' });
});

it('the bookkeeper sees no tax id, in what sources say nor in where they differ', async () => {
  const books = await three(orders[0]!);
  const { account } = await seen(books);
  const shown = JSON.stringify(maskFields({ customer: account }, customerFieldsUnder('customer'), ['BKK']));
  expect(JSON.stringify(account)).toContain('123456789');
  expect(shown).not.toContain('123456789');
  expect(shown).toContain('Alpha GmbH');
});
