/**
 * What aging costs somebody who sells to twenty accounts, in a company of few accounts and of many.
 * From: `npm run bench -- sellers`; local Cosmos DB. Next: lines of the bench table: it must not grow with the company.
 */
import { CosmosClient } from '@azure/cosmos';
import { readAging } from '../../functions/reporting/read-aging.ts';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { agingQuery } from '../../shared/contracts/reporting.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { newAccount } from '../../shared/domain/account.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { postItem } from '../../shared/domain/post-item.ts';
import { scopeOf } from '../../shared/domain/scope.ts';
import { day, factsOf, itemWith, money } from '../support/account-examples.ts';
import { memoryReports } from '../support/memory/report-store.ts';
import { ownBook } from '../support/own-book.ts';
import { everything } from '../support/test-edge.ts';
import type { Bench, BenchLine } from './kit.ts';

const now = instantFromText('2026-04-05T12:00:00Z');
const mine = 20;
const fillAtOnce = 16;

type Accounts = ReturnType<typeof cosmosAccounts>;

const fill = async (accounts: Accounts, companyId: string, n: number): Promise<void> => {
  const key = { companyId, accountId: `a${n}` };
  const item = itemWith({
    id: `item:invoice:${n}`,
    number: String(n),
    original: money(100),
    open: money(100),
  });
  const owners = [n < mine ? 'me' : `other-${n % 50}`];
  const facts = [
    ...factsOf(postItem(newAccount(key), item)),
    { kind: 'salesOwnersNamed', owners, on: day('2026-03-01') } as const,
  ];
  const change = {
    at: now,
    actor: { kind: 'job', id: 'bench' },
    cause: { kind: 'bench', id: '1' },
    facts,
  } as const;
  const { outcome } = await accounts.append(everything, await accounts.load(everything, key), change);
  if (outcome !== 'appended') throw new Error(outcome);
};

/** Request units of the aging of one seller beside so many accounts. */
export const costOfSeller = async (count: number): Promise<number> => {
  const options = { port: 0, stateDir: undefined, topology, clock: createClock(), log: () => undefined };
  const cosmos = await startCosmos({ ...options, faults: createFaultSwitch() });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  let spent = 0;
  const container = client.database(topology.database).container('ledger');
  const accounts = cosmosAccounts(
    () => container,
    (_operation, units) => void (spent += units),
  );
  const companyId = 'c1';
  for (let from = 0; from < count; from += fillAtOnce)
    await Promise.all(
      Array.from({ length: Math.min(fillAtOnce, count - from) }, (_, n) =>
        fill(accounts, companyId, from + n),
      ),
    );
  spent = 0;
  const scope = scopeOf([{ companies: [companyId], accounts: { by: 'salesOwner', ids: ['me'] } }]);
  const zoneOf = async (): Promise<string> => 'UTC';
  const parts = { accounts, reports: memoryReports(), zoneOf, bookOf: ownBook };
  const answer = await readAging(agingQuery.parse({ company: companyId }), scope, now, parts);
  if (!answer.ok || answer.value.groups[0]?.currencies[0]?.receivables.total !== mine * 100)
    throw new Error(`not their accounts alone: ${JSON.stringify(answer).slice(0, 300)}`);
  client.dispose();
  await cosmos.close();
  return spent;
};

const [few, many] = [200, 2_000];

const run = async (): Promise<BenchLine[]> => {
  const [small, large] = [await costOfSeller(few), await costOfSeller(many)];
  const job = `aging of a seller of ${mine} accounts among ${many}`;
  return [
    { job, figure: large, unit: 'RU', limit: small },
    {
      job: `${job}, to ${few}`,
      figure: large / small,
      unit: 'ratio',
      target: '≤ 1.2',
      met: large / small <= 1.2,
    },
  ];
};

export const sellersBench: Bench = { name: 'sellers', run };
