/**
 * What a customer's page costs (R71): request units of everything from cookie to answer do not grow with the ledger.
 */
import { expect, it } from 'vitest';
import { fill } from '../../ports/account-store.suite.ts';
import { portalPage } from '../../support/portal-page.ts';

it('at most 10 request units for a contact of the account, and the same with 40 and with 400 open invoices', async () => {
  const page = await portalPage();
  try {
    await fill(page.accounts, { companyId: 'acme', accountId: 'small' }, 40);
    await fill(page.accounts, { companyId: 'acme', accountId: 'large' }, 400);
    const [small, large] = [await page.costOf('small'), await page.costOf('large')];
    const units = [small.units, large.units];
    expect(Math.max(...units) / Math.min(...units)).toBeLessThanOrEqual(1.2);
    expect([small, large].filter((one) => one.units > 10)).toEqual([]);
  } finally {
    await page.close();
  }
});
