/**
 * What a customer's page costs on the local Cosmos DB, from cookie to answer, in a ledger of 10k invoices and of 100k,
 * and for an account of fifty and of five thousand.
 * From: `npm run bench -- portal`. Next: lines with the targets of the architecture. Counts do not depend on the machine.
 */
import { fill } from '../ports/account-store.suite.ts';
import { portalPage } from '../support/portal-page.ts';
import { linesOf } from './cost-lines.ts';
import type { Bench } from './kit.ts';
import { fillAccount } from './read-ledger.ts';

/** Of fifty invoices each. */
const [fewAccounts, manyAccounts] = [200, 2_000];
const largeAccount = 5_000;
const companyId = 'acme';

export const portalBench: Bench = {
  name: 'portal',
  run: async () => {
    const page = await portalPage();
    try {
      let posted = 0;
      const upTo = async (count: number): Promise<void> => {
        for (; posted < count; posted += 1)
          await fillAccount(page.accounts, { companyId, accountId: `a${posted}` });
      };
      await upTo(fewAccounts);
      const small = await page.costOf('a3');
      await upTo(manyAccounts);
      const large = await page.costOf('a3');
      await fill(page.accounts, { companyId, accountId: 'large' }, largeAccount);
      const wide = await page.costOf('large');
      return [
        ...linesOf('portal page, session to answer, 100k invoices', small.units, large.units, 10),
        ...linesOf('portal page, account of 5,000 open invoices', small.units, wide.units, 10),
      ];
    } finally {
      await page.close();
    }
  },
};
