/**
 * Customers, contacts, AP status and figures beside the accounts: uploaded, and there afterwards.
 */
import { expect, it } from 'vitest';
import { referenceLine } from '../../../functions/invoice-ingestion/reference-routes.ts';
import { referencesAnswer } from '../../../shared/contracts/references.ts';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { masterDataIdOf } from '../../../shared/domain/master-data.ts';
import type { MemorySender } from '../../support/memory/message-sender.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const year = { fromOn: dayFromText('2026-01-01'), toOn: dayFromText('2026-12-31') };
const invoices = csv(
  'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
  'F-1,C-1,Alpha,2026-10-01,2026-11-01,EUR,100.00',
);

it('a file of customers names the customer, beside the account and never in its journal', async () => {
  const books = await createBooks();
  const document = await books.send(
    csv(
      'account,account_name,address,country,closed,terms,currency,credit_limit,purchase_order_required',
      'C-1,Alpha GmbH,Weg 1,DE,false,net 30,EUR,5000.00,yes',
      'C-2,Beta,,FR,,,,,',
    ),
    { kind: 'customers' },
  );
  expect(await books.master('C-1')).toEqual({
    ...{ name: 'Alpha GmbH', nameFrom: 'customers', address: 'Weg 1', country: 'DE', isClosed: false },
    ...{ termsCode: 'net 30', currency: 'EUR', creditLimit: { amount: 500_000, currency: 'EUR' } },
    requiresPurchaseOrder: true,
  });
  expect(await books.master('C-2')).not.toHaveProperty('requiresPurchaseOrder');
  expect(JSON.stringify(await books.entries('C-1'))).not.toContain('Alpha');
  expect(await books.report(document)).toMatchObject({ state: 'done', posted: { rows: 2 } });
});

it('what two rows of one file say differently of one customer is held, and said of none', async () => {
  const books = await createBooks();
  const document = await books.send(
    csv('account,account_name,country', 'C-1,Alpha,DE', 'C-1,Omega,DE', 'C-2,Beta,FR', 'C-2,Beta,FR'),
    { kind: 'customers' },
  );
  expect((await books.rejected(document)).map(({ row, reasons }) => [row, reasons[0]?.code])).toEqual([
    [1, 'conflicting-duplicate'],
    [2, 'conflicting-duplicate'],
  ]);
  expect(await books.master('C-1')).toEqual({});
  expect(await books.report(document)).toMatchObject({ rows: { accepted: 1, rejected: 2, repeated: 1 } });
});

it('contacts are added to what is known of the customer', async () => {
  const books = await createBooks();
  await books.send(csv('account,account_name,country', 'C-1,Alpha,DE'), { kind: 'customers' });
  await books.send(
    csv('account,name,contact_email', 'C-1,Ann,ann@alpha.example', 'C-1,Bo,bo@alpha.example'),
    { kind: 'contacts' },
  );
  expect(await books.master('C-1')).toMatchObject({
    name: 'Alpha',
    contacts: [
      { name: 'Ann', email: 'ann@alpha.example' },
      { name: 'Bo', email: 'bo@alpha.example' },
    ],
  });
});

it('a contact a person confirmed stays as it is; the feed adds others', async () => {
  const books = await createBooks();
  await books.send(csv('account,name,contact_email,phone', 'C-1,Ann,ann@alpha.example,1'), {
    kind: 'contacts',
  });
  await confirmFirstContact(books, 'C-1');
  await books.send(
    csv('account,name,contact_email,phone', 'C-1,Anna,Ann@alpha.example,2', 'C-1,Bo,bo@alpha.example,3'),
    { kind: 'contacts' },
  );
  expect((await books.master('C-1')).contacts).toEqual([
    { name: 'Ann', email: 'ann@alpha.example', phone: '1', isConfirmed: true },
    { name: 'Bo', email: 'bo@alpha.example', phone: '3' },
  ]);
});

it('a limit below zero, or in no currency, refuses its row', async () => {
  const books = await createBooks();
  const columns = 'account,account_name,country,currency,credit_limit';
  const document = await books.send(csv(columns, 'C-1,Alpha,DE,EUR,-5.00', 'C-2,Beta,DE,,5.00'), {
    kind: 'customers',
  });
  expect(document.rejectedBy).toEqual({ 'invalid-amount': 1, 'unknown-currency': 1 });
});

it('where an invoice stands in the AP portal is noted with its history, amounts stay', async () => {
  const books = await createBooks();
  await books.send(invoices);
  const columns = 'account,number,status,status_date';
  await books.send(csv(columns, 'C-1,F-1,received,2026-10-03'), { kind: 'apStatus' });
  const last = await books.send(csv(columns, 'C-1,F-1,approved,2026-10-05', 'C-1,F-9,paid,2026-10-05'), {
    kind: 'apStatus',
  });
  expect(await books.item('C-1', 'F-1')).toMatchObject({ apStatus: 'approved', open: 10_000 });
  const told = (await books.entries('C-1')).flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'itemAmended' ? [fact.amendment.apStatus] : [])),
  );
  expect(told).toEqual(['received', 'approved']);
  expect(await books.report(last)).toMatchObject({ posted: { refusedBy: { 'item-not-found': 1 } } });
});

it('sales, orders on hold and exchange rates are kept, and the newest of each is read', async () => {
  const books = await createBooks();
  const rates = 'from_currency,to_currency,rate_date,rate';
  const first = await books.send(csv(rates, 'EUR,USD,2026-11-02,1.08', 'EUR,GBP,2026-11-02,0.84'), {
    kind: 'exchangeRates',
  });
  expect(await books.report(first)).toMatchObject({ state: 'done', posted: { rows: 2 } });
  await books.send(csv(rates, 'EUR,USD,2026-11-02,1.09'), {
    kind: 'exchangeRates',
    asOf: '2026-11-23T10:00:00Z',
  });
  const kept = await books.references.newest(everything, 'acme', 'exchangeRate', year);
  expect(kept.map(({ row }) => 'toMinor' in row && [row.to, row.toMinor, row.fromMinor])).toEqual([
    ['GBP', 21, 25],
    ['USD', 109, 100],
  ]);
  await books.send(csv('from,to,currency,gross', '2026-01-01,2026-01-31,EUR,5000.00'), { kind: 'sales' });
  await books.send(csv('account,order,currency,amount,held_date', 'C-1,O-7,EUR,12.50,2026-11-20'), {
    kind: 'orderHolds',
  });
  expect(await books.references.newest(everything, 'acme', 'sales', year)).toMatchObject([
    { row: { gross: 500_000 }, source: 'erp' },
  ]);
  const kinds = ['sales', 'orderHold', 'exchangeRate'] as const;
  const all = await Promise.all(kinds.map((kind) => books.references.newest(everything, 'acme', kind, year)));
  expect(referencesAnswer.parse({ rows: all.flat().map(referenceLine), after: null }).rows).toMatchObject([
    { kind: 'sales', on: '2026-01-01', toOn: '2026-01-31', account: null, gross: 500_000 },
    { kind: 'orderHold', on: '2026-11-20', account: 'C-1', order: 'O-7', amount: 1_250 },
    { kind: 'exchangeRate', from: 'EUR', to: 'GBP', toMinor: 21, fromMinor: 25 },
    { kind: 'exchangeRate', from: 'EUR', to: 'USD', toMinor: 109, fromMinor: 100 },
  ]);
  expect(await books.references.newest(everything, 'acme', 'orderHold', year)).toMatchObject([
    { row: { accountId: 'C-1', orderNumber: 'O-7', amount: 1_250 } },
  ]);
  // whoever works the account hears of the order at once
  const sender = books.parts.sender as MemorySender;
  expect(sender.sent.get('worklist-ticks')).toMatchObject([{ body: { job: 'renew-worklist' } }]);
});

it('two rates for one day in one file are both held', async () => {
  const books = await createBooks();
  const document = await books.send(
    csv('from_currency,to_currency,rate_date,rate', 'EUR,USD,2026-11-02,1.08', 'EUR,USD,2026-11-02,1.09'),
    { kind: 'exchangeRates' },
  );
  expect(await books.references.newest(everything, 'acme', 'exchangeRate', year)).toEqual([]);
  expect(await books.report(document)).toMatchObject({ rows: { accepted: 0, rejected: 2 } });
});

/** What a person does who has spoken to the contact. */
const confirmFirstContact = async (
  books: Awaited<ReturnType<typeof createBooks>>,
  accountId: string,
): Promise<void> => {
  const { accounts } = books.parts;
  const loaded = await accounts.load(everything, { companyId: 'acme', accountId });
  const id = masterDataIdOf(loaded.account.head.version + 1);
  const master = await books.master(accountId);
  const [first, ...others] = master.contacts ?? [];
  const content = { ...master, contacts: [{ ...first, isConfirmed: true }, ...others] };
  await accounts.append(
    everything,
    loaded,
    {
      ...{ at: tenOClock, actor: { kind: 'staff', id: 'tenant:clerk' }, cause: { kind: 'person', id: '1' } },
      facts: [{ kind: 'masterDataNoted', masterData: id, on: dayFromText('2026-11-22') }],
    },
    new Map(),
    [{ id, content }],
  );
};
