/**
 * What posting costs on the local Cosmos DB through the SDK: request units and store calls of one invoice.
 * From: `npm run bench -- posting`. Next: lines with the targets of the architecture. Counts do not depend on the
 * machine.
 */
import { CosmosClient } from '@azure/cosmos';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { topology } from '../../shared/contracts/topology.ts';
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { rowOf, snapshot } from '../support/posting-examples.ts';
import { emptyBooks, post, putPart } from '../functions/ledger/post-part-support.ts';
import { timedMs, type Bench, type BenchLine } from './kit.ts';

const accounts = 200;
const invoices = 50;
const accountsPerPart = 10;

/** The book of one morning; on the second, 3 % of the accounts have lost one item. */
const linesOf = (morning: number, ids: readonly number[]): AccountWork[] =>
  ids.map((id) => {
    const first = morning === 1 ? 0 : 1;
    const numbers = Array.from({ length: invoices - first }, (_, n) => `${id}-${n + first}`);
    return {
      ...snapshot(
        morning,
        numbers.map((number) => rowOf(number, 10_000)),
      ),
      accountId: `a${id}`,
    };
  });

export const postingBench: Bench = {
  name: 'posting',
  run: async () => {
    const clock = createClock();
    const cosmos = await startCosmos({
      ...{ port: 0, stateDir: undefined, topology, clock },
      ...{ faults: createFaultSwitch(), log: () => undefined },
    });
    const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
    let [calls, units] = [0, 0];
    const store = cosmosAccounts(
      () => client.database(topology.database).container('ledger'),
      (_operation, requestUnits) => {
        calls += 1;
        units += requestUnits;
      },
    );
    const books = { ...(await emptyBooks()), accounts: store };
    const all = Array.from({ length: accounts }, (_, id) => id);
    const night = async (importId: string, morning: number, ids: readonly number[]): Promise<number> => {
      [calls, units] = [0, 0];
      return timedMs(async () => {
        for (let from = 0; from < ids.length; from += accountsPerPart) {
          const part = `p${from}`;
          await putPart(books, importId, part, linesOf(morning, ids.slice(from, from + accountsPerPart)));
          await post(books, importId, part);
        }
      });
    };
    try {
      const rows = accounts * invoices;
      const ms = await night('first', 1, all);
      const lines: BenchLine[] = [
        perInvoice('post through the SDK', units / rows, 'RU', 6.5),
        perInvoice('post through the SDK', calls / rows, 'store calls', 0.1),
        { job: 'post through the SDK', figure: (rows / ms) * 1_000, unit: 'invoices/s' },
      ];
      const changed = all.filter((id) => id % 33 === 0);
      await night('second', 2, changed);
      const perNight = (units / rows) * 100_000;
      return [
        ...lines,
        {
          ...{
            job: 'nightly snapshot, 3 % of accounts changed, per 100k items',
            figure: perNight,
            unit: 'RU',
          },
          ...{ target: '≤ 40,000', met: perNight <= 40_000 },
        },
      ];
    } finally {
      client.dispose();
      await cosmos.close();
      clock.close();
    }
  },
};

const perInvoice = (job: string, figure: number, what: string, most: number): BenchLine => ({
  ...{ job, figure, unit: `${what}/invoice`, target: `≤ ${most}`, met: figure <= most },
});
