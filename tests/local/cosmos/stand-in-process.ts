/**
 * The stand-in as a process of its own, to be killed.
 * From: `kills.test.ts` forks it with a state directory. Next: it tells its parent where it listens.
 */
import { createClock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { fixtureTopology } from './fixture-topology.ts';

const service = await startCosmos({
  ...{ port: 0, stateDir: process.argv[2], topology: fixtureTopology, clock: createClock() },
  ...{ faults: createFaultSwitch(), log: () => undefined },
});
process.send?.(service.url);
process.on('disconnect', () => process.exit());
