/**
 * Personal data of customers who wait for an account: erased by right, and by time; found nowhere afterwards.
 */
import { expect, it } from 'vitest';
import { eraseCustomer, forgetCustomers } from '../../../functions/ledger/erase-customers.ts';
import { decideMatch } from '../../../functions/ledger/decide-customer.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { matchIdOf, type CustomerMatch } from '../../../shared/domain/customer-match.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const header = 'account,account_name,country,tax_id,postal_code,address';
const crm = csv(header, 'X-7,Canary Person,DE,DE555,10115,Canary Lane 7', 'X-8,Other,DE,,10115,');
const call = { scope: everything, now: tenOClock };
const ids = (number: string) => ({ companyId: 'acme', matchId: matchIdOf('crm', number, sha256) });

const waiting = async () => {
  const books = await createBooks();
  await books.send(csv('account,account_name,country', 'C-1,Alpha,DE'), { kind: 'customers', source: 'erp' });
  await books.send(crm, { kind: 'customers', source: 'crm' });
  return books;
};
type Books = Awaited<ReturnType<typeof waiting>>;
const kept = async (books: Books, number = 'X-7') =>
  (await books.customers.load(everything, 'acme', ids(number).matchId))?.record as CustomerMatch;
/** Records that lead to it. */
const traces = (books: Books) => books.customers.snapshot().split(ids('X-7').matchId).length - 1;
const night = (books: Books, at: string, place?: string) =>
  forgetCustomers('acme', place, { scope: everything, now: instantFromText(at) }, books.parts);

it('of a person who asked for it is gone from the record and from all keys, and is not written down again', async () => {
  const books = await waiting();
  expect(books.customers.snapshot()).toContain('Canary');
  expect(await eraseCustomer(books.parts, { ...call, scope: scopeOf([]) }, ids('X-7'))).toMatchObject({
    code: 'not-found',
  });
  expect(await eraseCustomer(books.parts, call, ids('X-7'))).toMatchObject({ ok: true });
  expect(books.customers.snapshot()).not.toMatch(/Canary|DE555/);
  // its own record alone: the id it is kept under, and its own mention of it
  expect(traces(books)).toBe(2);
  await books.send(crm, { kind: 'customers', source: 'crm', asOf: '2026-11-23T10:00:00Z' });
  expect(books.customers.snapshot()).not.toMatch(/Canary|DE555/);
  expect(await kept(books)).toMatchObject({ state: 'separate', why: 'erased' });
});

it('of one who has an account goes with the account, not here', async () => {
  const books = await waiting();
  const same = { as: 'same', account: 'C-1', reason: 'known' } as const;
  const clerk = { ...call, actor: { kind: 'staff', id: 'c' } as const, cause: { kind: 'request', id: '1' } };
  await decideMatch(books.parts, clerk, ids('X-7'), same);
  expect(await eraseCustomer(books.parts, call, ids('X-7'))).toMatchObject({
    code: 'customer-match-decided',
  });
});

it('is forgotten a year after its source last named it, and comes back when it is named again', async () => {
  const books = await waiting();
  expect(await night(books, '2027-11-21T10:00:00Z')).toBe('separate');
  expect((await kept(books)).state).toBe('waiting');
  await night(books, '2027-11-23T10:00:00Z');
  expect(await kept(books)).toMatchObject({ state: 'forgotten', why: 'erased' });
  expect(books.customers.snapshot()).not.toMatch(/Canary|DE555/);
  await books.send(crm, { kind: 'customers', source: 'crm', asOf: '2027-11-24T10:00:00Z' });
  expect(await kept(books)).toMatchObject({ state: 'waiting', row: { name: 'Canary Person' } });
});

it('of one who is nobody’s is erased after ninety days, and the decision stays', async () => {
  const books = await waiting();
  const clerk = { ...call, actor: { kind: 'staff', id: 'c' } as const, cause: { kind: 'request', id: '1' } };
  await decideMatch(books.parts, clerk, ids('X-7'), { as: 'separate', reason: 'a Canary neighbour' });
  await night(books, '2027-02-19T10:00:00Z', 'separate');
  expect((await kept(books)).row.name).toBe('Canary Person');
  expect(await night(books, '2027-02-21T10:00:00Z', 'separate')).toBeUndefined();
  expect(await kept(books)).toMatchObject({ state: 'separate', why: 'erased', by: 'c' });
  expect(books.customers.snapshot()).not.toMatch(/Canary|DE555/);
});
