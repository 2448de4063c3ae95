/**
 * What the page of an account costs on the local Cosmos DB, in a small and in a large ledger.
 */
import { expect, it } from 'vitest';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosReports } from '../../../shared/azure/cosmos-reports.ts';
import { fill } from '../../ports/account-store.suite.ts';
import { all, now, readWorld } from '../../functions/ledger/read-world.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container } = cosmosUnderTest();

it('costs no more than 10 request units, and no more with ten times the accounts or items', async () => {
  let spent = 0;
  const charged = (_operation: string, requestUnits: number): void => void (spent += requestUnits);
  const accounts = cosmosAccounts(container('ledger'), charged);
  const { parts } = await readWorld();
  const reading = { ...parts, accounts, reports: cosmosReports(container('reports'), charged) };
  const costOf = async (accountId: string): Promise<number> => {
    spent = 0; // the company's setting and its book are remembered
    const key = { companyId: 'acme', accountId };
    const answer = await readAccountPage(reading, key, { scope: all, systemScope: all, now });
    expect(answer.ok).toBe(true);
    return spent;
  };
  for (let n = 0; n < 10; n += 1) await fill(accounts, { companyId: 'acme', accountId: `a${n}` }, 50);
  const small = await costOf('a3');
  for (let n = 10; n < 100; n += 1) await fill(accounts, { companyId: 'acme', accountId: `a${n}` }, 50);
  const large = await costOf('a3');
  await fill(accounts, { companyId: 'acme', accountId: 'huge' }, 1_000);
  const huge = await costOf('huge');
  process.stdout.write(
    `account page: ${small} RU of 500 items, ${large} RU of 5,000 items, ${huge} RU of 1,000 on it\n`,
  );
  expect([small, large, huge].every((cost) => cost <= 10)).toBe(true);
  expect(large / small).toBeLessThanOrEqual(1.2);
});
