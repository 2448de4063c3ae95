/**
 * What the nights of a snapshot of 100,000 open items cost on the local Cosmos DB through the SDK, from the uploaded
 * file to the accepted feed: 3 % of the accounts changed, the same file again, the same rows in another order.
 * From: `npm run bench -- snapshot`. Next: lines with the targets of the architecture. Blobs and the bus are in memory;
 * counts do not depend on the machine.
 */
import { CosmosClient } from '@azure/cosmos';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { cosmosFeeds } from '../../shared/azure/cosmos-feeds.ts';
import { cosmosImports } from '../../shared/azure/cosmos-imports.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { snapshotWorld } from '../functions/erp-exchange/snapshot-world.ts';
import { open, uploadWorld, type Cells } from '../functions/erp-exchange/upload-world.ts';
import { timedMs, type Bench, type BenchLine } from './kit.ts';

const accounts = 5_000;
const itemsPerAccount = 20;
const count = accounts * itemsPerAccount;
/** Every thirty-third account: 3 %. */
const isChanged = (account: number): boolean => account % 33 === 0;

const accountName = (account: number): string => `acc-${account}`;

/** All open items; on the second night an item of each changed account is gone. */
const rowsOf = (night: 1 | 2): Cells[] =>
  Array.from({ length: count }, (_, at) => at)
    .filter(
      (at) => night === 1 || !(isChanged(Math.floor(at / itemsPerAccount)) && at % itemsPerAccount === 0),
    )
    .map((at) => open(`n${at}`, 100, { account: accountName(Math.floor(at / itemsPerAccount)) }));

type Counts = { units: number; ledgerCalls: number; loaded: Set<string> };

/** The stores the night writes to, on Cosmos DB and counted; all else as in tests. */
const countedWorld = (client: CosmosClient) => {
  const counts: Counts = { units: 0, ledgerCalls: 0, loaded: new Set() };
  const container = (name: string) => () => client.database(topology.database).container(name);
  const charged = (_operation: string, units: number) => void (counts.units += units);
  const ledger = cosmosAccounts(container('ledger'), (operation, units) => {
    counts.ledgerCalls += 1;
    charged(operation, units);
  });
  const stores = {
    accounts: {
      ...ledger,
      load: (...call: Parameters<typeof ledger.load>) => {
        counts.loaded.add(call[1].accountId);
        return ledger.load(...call);
      },
    },
    feeds: cosmosFeeds(container('imports'), charged),
    imports: cosmosImports(container('imports'), charged),
  };
  const world = snapshotWorld();
  const counted = { ...world, ...stores, parts: { ...world.parts, ...stores } };
  return { counts, world: counted as unknown as typeof world };
};

const reset = (counts: Counts): void => {
  Object.assign(counts, { units: 0, ledgerCalls: 0, loaded: new Set() });
};

const nights = async (client: CosmosClient): Promise<BenchLine[]> => {
  const { counts, world } = countedWorld(client);
  const books = await uploadWorld(world);
  const send = async (n: number, rows: Cells[]): Promise<number> => {
    reset(counts);
    let state = '';
    const ms = await timedMs(async () => void (state = (await books.snapshot(n, rows)).state));
    if (state !== 'done') throw new Error(`the snapshot of day ${n} is ${state}`);
    return ms;
  };
  const firstMs = await send(10, rowsOf(1));
  const [second, inOrder] = [rowsOf(2), `first sight of ${count.toLocaleString('en')} open items`];
  const lines: BenchLine[] = [
    { job: `${inOrder}, file to accepted feed`, figure: count / (firstMs / 1_000), unit: 'items/s' },
  ];
  const secondMs = await send(11, second);
  const unchanged = [...counts.loaded].filter((id) => !isChanged(Number(id.slice('acc-'.length))));
  lines.push(
    most('nightly snapshot of 100k open items, 3 % of accounts changed', counts.units, 'RU', 40_000),
    most('the same night: unchanged accounts read', unchanged.length, 'accounts', 0),
    { job: 'the same night: file to accepted feed', figure: secondMs / 1_000, unit: 's' },
  );
  await send(11, second);
  lines.push(most('the same file of 100k items again', counts.ledgerCalls, 'ledger calls', 0));
  await send(12, second.toReversed());
  lines.push(most('the same 100k items in another order', counts.units, 'RU', 10_000));
  return lines;
};

const most = (job: string, figure: number, unit: string, limit: number): BenchLine => ({
  ...{ job, figure, unit, target: `≤ ${limit.toLocaleString('en')}`, met: figure <= limit },
});

export const snapshotBench: Bench = {
  name: 'snapshot',
  run: async () => {
    const clock = createClock();
    const cosmos = await startCosmos({
      ...{ port: 0, stateDir: undefined, topology, clock },
      ...{ faults: createFaultSwitch(), log: () => undefined },
    });
    const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
    try {
      return await nights(client);
    } finally {
      client.dispose();
      await cosmos.close();
      clock.close();
    }
  },
};
