/**
 * What a dunning morning costs in request units on the local Cosmos DB.
 * From: `npm run bench -- dunning-night`. Next: lines with the targets of the architecture.
 */
import { CosmosClient } from '@azure/cosmos';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { cosmosAccounts } from '../../shared/azure/cosmos-accounts.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { dunningWorld } from '../functions/dunning/world.ts';
import { at, look, post } from './dunning-memory.ts';
import type { Bench, BenchLine } from './kit.ts';

const open = 50;
const overdue = 5;
const dunned = 40;

const onCosmos = async (): Promise<BenchLine[]> => {
  const clock = createClock();
  const cosmos = await startCosmos({
    ...{ port: 0, stateDir: undefined, topology, clock },
    ...{ faults: createFaultSwitch(), log: () => undefined },
  });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
  let units = 0;
  const accounts = cosmosAccounts(
    () => client.database(topology.database).container('ledger'),
    (_operation, requestUnits) => (units += requestUnits),
  );
  const parts = { ...(await dunningWorld()).parts(), accounts };
  const unitsOf = async (prefix: string, lateCount: number): Promise<number> => {
    for (let n = 0; n < dunned; n += 1) {
      await post(accounts, `${prefix}${n}`, open, lateCount);
      await look(parts, `${prefix}${n}`, at(-1, '09:00'));
    }
    units = 0;
    for (let n = 0; n < dunned; n += 1) await look(parts, `${prefix}${n}`, at(0, '09:00'));
    return units / dunned;
  };
  try {
    const quiet = (await unitsOf('q', 0)) / open;
    const whole = await unitsOf('d', overdue);
    return [
      line('dunning morning, per open invoice with nothing due', quiet, 'RU', 0.5),
      line('dunning morning, per dunned invoice', (whole - (open - overdue) * quiet) / overdue, 'RU', 3.5),
      { job: 'dunning morning, per account of 50 open, 5 dunned', figure: whole, unit: 'RU' },
    ];
  } finally {
    client.dispose();
    await cosmos.close();
    clock.close();
  }
};

const line = (job: string, figure: number, unit: string, most: number): BenchLine => ({
  ...{ job, figure, unit, target: `≤ ${most}`, met: figure <= most },
});

export const dunningNightBench: Bench = {
  name: 'dunning-night',
  run: onCosmos,
};
