/**
 * Customers, contacts, AP status and figures beside the accounts: uploaded, and there afterwards.
 */
import { expect, it } from 'vitest';
import { dayFromText } from '../../../shared/domain/calendar.ts';
import { everything } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const year = { fromOn: dayFromText('2026-01-01'), toOn: dayFromText('2026-12-31') };
const invoices = csv(
  'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount',
  'F-1,C-1,Alpha,2026-10-01,2026-11-01,EUR,100.00',
);

it('a file of customers names the customer, beside the account and never in its journal', async () => {
  const books = await createBooks();
  const document = await books.send(
    csv('account,account_name,address,country,closed', 'C-1,Alpha GmbH,Weg 1,DE,false', 'C-2,Beta,,FR,'),
    { kind: 'customers' },
  );
  expect(await books.master('C-1')).toMatchObject({ name: 'Alpha GmbH', address: 'Weg 1', country: 'DE' });
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
  expect(await books.references.newest(everything, 'acme', 'orderHold', year)).toMatchObject([
    { row: { accountId: 'C-1', orderNumber: 'O-7', amount: 1_250 } },
  ]);
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
