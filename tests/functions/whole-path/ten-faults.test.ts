/**
 * The ten faults an invoice may have (R16), in one file through the whole path: what can not be posted is refused,
 * all else is posted and held from delivery and chasing until somebody has looked.
 */
import { expect, it } from 'vitest';
import { masterDataIdOf } from '../../../shared/domain/master-data.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';
import { createBooks, csv } from './world.ts';

const columns =
  'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount,net_amount,tax_amount,order_amount,po_number,attachment';

it('the unreadable, the doubled and the one of no currency are refused, seven are posted and held', async () => {
  const books = await createBooks();
  await books.send(
    csv(
      'account,account_name,country,terms,closed',
      'C-1,Alpha,DE,N30,',
      'C-2,Gone,DE,,true',
      'C-3,Needy,DE,,',
    ),
    { kind: 'customers' },
  );
  await wantsPurchaseOrders(books, 'C-3');
  const good = (number: string, rest = '119.00,,,,PO-1,a.pdf') =>
    `${number},C-1,Alpha,2026-10-01,2026-10-31,EUR,${rest}`;
  const document = await books.send(
    csv(
      columns,
      good('GOOD'),
      good('BAD', '1.2.3,,,,PO-1,a.pdf'),
      good('TWICE'),
      good('TWICE', '120.00,,,,PO-1,a.pdf'),
      'MONEY,C-1,Alpha,2026-10-01,2026-10-31,QQQ,119.00,,,,PO-1,a.pdf',
      'NO-PO,C-3,Needy,2026-10-01,2026-10-31,EUR,119.00,,,,,a.pdf',
      'OTHER-NAME,C-1,Omega,2026-10-01,2026-10-31,EUR,119.00,,,,PO-1,a.pdf',
      good('PRICE', '119.00,,,100.00,PO-1,a.pdf'),
      good('TAX', '119.00,100.00,18.00,,PO-1,a.pdf'),
      'DUE,C-1,Alpha,2026-10-01,2026-12-31,EUR,119.00,,,,PO-1,a.pdf',
      good('ZERO', '0.00,,,,PO-1,a.pdf'),
      'CLOSED,C-2,Gone,2026-10-01,2026-10-31,EUR,119.00,,,,PO-1,a.pdf',
    ),
  );
  const refused = (await books.rejected(document)).map(({ row, reasons }) => `${row} ${reasons[0]?.code}`);
  expect(refused).toEqual([
    '2 invalid-amount',
    '3 conflicting-duplicate',
    '4 conflicting-duplicate',
    '5 unknown-currency',
  ]);
  const faults = async (account: string, number: string) => (await books.item(account, number))?.faults;
  expect(await books.item('C-1', 'GOOD')).toMatchObject({ open: 11_900 });
  expect(await faults('C-1', 'GOOD')).toBeUndefined();
  expect(await faults('C-3', 'NO-PO')).toEqual(['po-missing']);
  expect(await faults('C-1', 'OTHER-NAME')).toEqual(['bill-to-differs']);
  expect(await faults('C-1', 'PRICE')).toEqual(['price-differs']);
  expect(await faults('C-1', 'TAX')).toEqual(['tax-differs']);
  expect(await faults('C-1', 'DUE')).toEqual(['due-date-differs']);
  expect(await faults('C-1', 'ZERO')).toEqual(['zero-total']);
  expect(await faults('C-2', 'CLOSED')).toEqual(['customer-closed']);
  for (const number of ['BAD', 'TWICE', 'MONEY']) expect(await books.item('C-1', number)).toBeUndefined();
  expect(await books.report(document)).toMatchObject({ rows: { accepted: 8, rejected: 4 } });
});

/** What a person noted of a customer: every invoice has to name its purchase order. */
const wantsPurchaseOrders = async (
  books: Awaited<ReturnType<typeof createBooks>>,
  accountId: string,
): Promise<void> => {
  const { accounts } = books.parts;
  const loaded = await accounts.load(everything, { companyId: 'acme', accountId });
  const { version } = loaded.account.head;
  const id = masterDataIdOf(version + 1);
  const on = (await books.entries(accountId))[0]!.facts[0]!.on;
  const content = { ...(await books.master(accountId)), requiresPurchaseOrder: true };
  await accounts.append(
    everything,
    loaded,
    {
      ...{ at: tenOClock, actor: { kind: 'staff', id: 'tenant:clerk' }, cause: { kind: 'person', id: '1' } },
      facts: [{ kind: 'masterDataNoted', masterData: id, on }],
    },
    new Map(),
    [{ id, content }],
  );
};
