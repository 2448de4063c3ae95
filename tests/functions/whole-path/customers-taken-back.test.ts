/**
 * A customer of the CRM that was linked to the wrong account is taken back: fields, queue, later files, money, undo.
 */
import { expect, it } from 'vitest';
import { decideConflicts, decideMatch } from '../../../functions/ledger/decide-customer.ts';
import { postPart } from '../../../functions/ledger/post-part.ts';
import { listMatches } from '../../../functions/ledger/show-customer.ts';
import { takeBackMatch } from '../../../functions/ledger/take-back-customer.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { takenBackAnswer } from '../../../shared/contracts/customers.ts';
import { accountPostingsMessage } from '../../../shared/contracts/messages.ts';
import { matchIdOf, type CustomerMatch } from '../../../shared/domain/customer-match.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { Crash, crashAt, withFaults } from '../../support/faults.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const header = 'account,account_name,country,tax_id,terms,segment,sales_owner,credit_limit,currency';
const clerk = {
  ...{ scope: everything, now: tenOClock, actor: { kind: 'staff', id: 'tenant:clerk' } as const },
  cause: { kind: 'request', id: '1' },
};
const x7 = { companyId: 'acme', matchId: matchIdOf('crm', 'X-7', sha256) };
const wrong = { as: 'waiting', reason: 'another Alpha' } as const;
const crm = csv(header, 'X-7,Alpha Berlin,DE,DE123456789,net 60,key,seller-2,500.00,EUR');

const linked = async () => {
  const books = await createBooks();
  const place = { scope: 'company:acme', name: 'company' };
  const { value, version, by, at, reason } = (await books.settings.read(everything, place))!;
  const led = { ...(value as object), leadingSource: 'erp' };
  await books.settings.save(everything, place, version, { value: led, by, at, reason });
  await books.send(csv(header, 'C-1,Alpha,DE,DE 123456789,,,seller-1,,', 'C-2,Beta,DE,,,,,,'), {
    ...{ kind: 'customers', source: 'erp' },
  });
  await books.send(
    csv(
      'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
      '4711,C-1,Alpha,2026-11-01,2026-12-01,EUR,100.00',
    ),
    { source: 'erp' },
  );
  await books.send(crm, { kind: 'customers', source: 'crm' });
  return books;
};
type Books = Awaited<ReturnType<typeof linked>>;
const takeBack = async (books: Books, body: typeof wrong | { as: 'separate'; reason: string } = wrong) => {
  const taken = await takeBackMatch(books.parts, clerk, x7, body);
  if (!taken.ok) throw new Error(taken.code);
  return taken.value;
};
const match = async (books: Books) =>
  (await books.customers.load(everything, 'acme', x7.matchId))!.record as CustomerMatch;
const headOf = async (books: Books) => {
  const { segment, salesOwners, balances } = (await books.load('C-1')).head;
  return { segment, salesOwners, open: balances['EUR']?.open };
};

it('leaves the account what its other sources say, and says which fields changed and which money stays', async () => {
  const books = await linked();
  expect(await match(books)).toMatchObject({ state: 'linked', accountId: 'C-1', why: 'same-tax-id' });
  expect(await books.master('C-1')).toMatchObject({ name: 'Alpha', termsCode: 'net 60', segment: 'key' });
  expect(await headOf(books)).toMatchObject({ segment: 'key' });
  const { match: kept, ...taken } = await takeBack(books);
  expect(taken).toEqual({
    ...{ account: 'C-1', changed: ['termsCode', 'currency', 'creditLimit', 'segment'], withdrawn: [] },
    stays: [{ currency: 'EUR', open: 10_000 }],
  });
  takenBackAnswer.shape.stays.parse(taken.stays);
  expect(kept).toMatchObject({ state: 'waiting', why: 'taken-back', by: 'tenant:clerk' });
  const master = await books.master('C-1');
  expect(master).toMatchObject({ name: 'Alpha', taxId: 'DE 123456789' });
  expect(JSON.stringify(master)).not.toMatch(/net 60|key|500/);
  expect(await headOf(books)).toEqual({ segment: '', salesOwners: ['seller-1'], open: 10_000 });
  expect((await books.item('C-1', '4711'))?.open).toBe(10_000);
});

it('waits for a person from then on, whatever its own file or the ERP says', async () => {
  const books = await linked();
  await takeBack(books);
  const later = { kind: 'customers', asOf: '2026-11-23T10:00:00Z' } as const;
  await books.send(crm.replace('Berlin', 'Bonn'), { ...later, source: 'crm' });
  await books.send(csv(header, 'C-1,Alpha,DE,DE123456789,net 10,,,,'), { ...later, source: 'erp' });
  const { accountId, ...kept } = await match(books);
  expect([accountId, kept.state, kept.why, kept.row.name]).toEqual([
    ...[undefined, 'waiting', 'taken-back', 'Alpha Bonn'],
  ]);
  expect(await books.master('C-1')).toMatchObject({ name: 'Alpha', termsCode: 'net 10' });
  const same = { as: 'same', account: 'C-2', reason: 'rang them' } as const;
  expect(await decideMatch(books.parts, clerk, x7, same)).toMatchObject({ ok: true });
  expect(await books.master('C-2')).toMatchObject({ name: 'Beta', segment: 'key' });
});

it('is undone by linking it again: the account is as it was', async () => {
  const books = await linked();
  // a later file says one field alone; the others stay said
  await books.send(csv('account,account_name,country,segment', 'X-7,Alpha Berlin,DE,big'), {
    ...{ kind: 'customers', source: 'crm', asOf: '2026-11-23T10:00:00Z' },
  });
  const before = [await books.master('C-1'), await headOf(books)];
  expect(before[0]).toMatchObject({ termsCode: 'net 60', segment: 'big' });
  await takeBack(books);
  expect([await books.master('C-1'), await headOf(books)]).not.toEqual(before);
  const same = { as: 'same', account: 'C-1', reason: 'it was right' } as const;
  expect(await decideMatch(books.parts, clerk, x7, same)).toMatchObject({ ok: true });
  expect([await books.master('C-1'), await headOf(books)]).toEqual(before);
  expect(await match(books)).toMatchObject({ state: 'linked', accountId: 'C-1', takenFrom: [] });
});

it('takes with it what a person had decided by its word, and says so; what they typed stays', async () => {
  const books = await linked();
  const key = { companyId: 'acme', accountId: 'C-1' };
  const choice = { fields: { name: { source: 'crm' }, language: { value: 'de' } }, reason: 'looks right' };
  expect(await decideConflicts(books.parts, clerk, key, choice)).toMatchObject({ ok: true });
  expect((await books.master('C-1')).name).toBe('Alpha Berlin');
  expect(await takeBack(books)).toMatchObject({ withdrawn: ['name'] });
  expect(await books.master('C-1')).toMatchObject({ name: 'Alpha', language: 'de', confirmed: ['language'] });
});

it('of one who is nobody’s leaves the queue; there is nothing to take back twice, or outside the scope', async () => {
  const books = await linked();
  const stranger = { ...clerk, scope: scopeOf([]) };
  expect(await takeBackMatch(books.parts, stranger, x7, wrong)).toMatchObject({ code: 'not-found' });
  await takeBack(books, { as: 'separate', reason: 'a neighbour' });
  const page = await listMatches(books.parts, everything, 'acme', { limit: 9, state: 'waiting' });
  expect(page).toMatchObject({ ok: true, value: { matches: [] } });
  const { version } = (await books.load('C-1')).head;
  expect(await takeBack(books)).toMatchObject({ match: { state: 'separate' }, changed: [] });
  expect((await books.load('C-1')).head.version).toBe(version);
  const never = { companyId: 'acme', matchId: matchIdOf('crm', 'X-8', sha256) };
  await books.send(crm.replace('X-7', 'X-8').replace('DE123456789', ''), {
    kind: 'customers',
    source: 'crm',
  });
  expect(await takeBackMatch(books.parts, clerk, never, wrong)).toMatchObject({
    code: 'customer-not-linked',
  });
});

it('dead before and after each effect, and called again, comes to the same', async () => {
  const end = async (books: Books) => [await books.master('C-1'), await headOf(books), await match(books)];
  const whole = await linked();
  await takeBack(whole);
  const expected = await end(whole);
  for (let number = 1; number < 6; number += 1)
    for (const when of ['before', 'after'] as const) {
      const books = await linked();
      const gate = crashAt(number, when);
      const dying = {
        ...books.parts,
        accounts: withFaults(books.parts.accounts, gate, 'accounts'),
        customers: withFaults(books.parts.customers, gate, 'customers'),
      };
      await takeBackMatch(dying, clerk, x7, wrong).catch((fault: unknown) => {
        if (!(fault instanceof Crash)) throw fault;
      });
      await takeBack(books);
      expect(await end(books)).toEqual(expected);
    }
});

it('a file that was being posted meanwhile does not link it again', async () => {
  const books = await linked();
  const seen = books.sent('account-postings').length;
  await books.upload(crm.replace('net 60', 'net 90'), {
    ...{ kind: 'customers', source: 'crm', asOf: '2026-11-23T10:00:00Z' },
  });
  const { accounts } = books.parts;
  let isFirst = true;
  const append: typeof accounts.append = async (...given) => {
    if (isFirst) {
      isFirst = false;
      await takeBack(books);
    }
    return accounts.append(...given);
  };
  for (const { body } of books.sent('account-postings').slice(seen)) {
    const message = accountPostingsMessage.parse(body);
    const call = { now: tenOClock, scope: everything };
    await postPart(message, call, { ...books.parts, accounts: { ...accounts, append } });
  }
  expect(isFirst).toBe(false);
  expect((await books.master('C-1')).termsCode).toBeUndefined();
});
