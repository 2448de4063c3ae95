/**
 * What a page of the worklist costs on the local Cosmos DB, of a company of 10k invoices and of one of 1M.
 * From: `npm run bench -- worklist`. Next: lines with the targets of the architecture. Counts do not depend on the
 * machine. An account has 50 invoices and one row; a collector has 200 accounts.
 */
import { CosmosClient, type Container, type JSONObject } from '@azure/cosmos';
import { createClock } from '../../local/clock.ts';
import { startCosmos } from '../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { ownerName } from '../../local/kit/keys.ts';
import { readWorklist } from '../../functions/collections/read-worklist.ts';
import { cosmosWorklist } from '../../shared/azure/cosmos-worklist.ts';
import { documentOf } from '../../shared/azure/worklist-shapes.ts';
import { topology } from '../../shared/contracts/topology.ts';
import { worklistQuery } from '../../shared/contracts/worklist.ts';
import { addDays, dayFromText, instantFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { scopeOver } from '../../shared/domain/scope.ts';
import { daysAhead, type WorklistPhase, type WorklistRow } from '../../shared/domain/worklist-row.ts';
import type { CompanyRows } from '../../functions/collections/worklist-frame.ts';
import type { Bench } from './kit.ts';

const [few, many] = [10_000 / 50, 1_000_000 / 50];
const accountsOfCollector = 200;
const rowsPerBatch = 50;
const today = dayFromText('2026-11-24');

/** A row whose points rise on each of its days, as they do while items grow older. */
const rowOf = (companyId: string, at: number): WorklistRow => {
  const points = 2_000 + ((at * 7_919) % 90_001);
  const phases = Array.from({ length: daysAhead }, (_, ahead): WorklistPhase => ({
    ...{ from: addDays(today, ahead), claim: amountOf(points * 300), oldestDueOn: addDays(today, -40) },
    points: amountOf(points + ahead * 40),
    parts: [
      { factor: 'time', points: amountOf(points) },
      { factor: 'decay', points: amountOf(ahead * 40) },
    ],
  }));
  return {
    ...{ companyId, accountId: `a-${at}`, collectorId: `c-${Math.floor(at / accountsOfCollector)}` },
    ...{
      salesOwners: [],
      name: `Customer ${at} Ltd`,
      currency: 'EUR',
      version: 9,
      writtenOn: today,
      stage: 2,
    },
    phases: phases as [WorklistPhase, ...WorklistPhase[]],
    ...{ turnsOn: addDays(today, daysAhead), best: phases.at(-1)!.points, dues: [] },
  };
};

const fill = async (container: Container, companyId: string, accounts: number): Promise<void> => {
  for (let first = 0; first < accounts; first += rowsPerBatch) {
    const rows = Array.from({ length: rowsPerBatch }, (_, n) => rowOf(companyId, first + n));
    const operations = rows.map((row) => ({
      operationType: 'Create' as const,
      resourceBody: JSON.parse(JSON.stringify(documentOf(row))) as JSONObject,
    }));
    const { code } = await container.items.batch(operations, [companyId, rows[0]!.collectorId]);
    if (code !== 200) throw new Error(`rows were refused: ${code}`);
  }
};

export const worklistBench: Bench = {
  name: 'worklist',
  run: async () => {
    const clock = createClock();
    const cosmos = await startCosmos({
      ...{ port: 0, stateDir: undefined, topology, clock },
      ...{ faults: createFaultSwitch(), log: () => undefined },
    });
    const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key(ownerName) });
    const container = client.database(topology.database).container('worklist');
    let units = 0;
    const worklist = cosmosWorklist(
      () => container,
      (_operation, requestUnits) => void (units += requestUnits),
    );
    const costOf = async (companyId: string, list: 'mine' | 'team'): Promise<number> => {
      const frame = { today, currency: 'EUR', company: { companyId } } as unknown as CompanyRows;
      const parts = { worklist, rowsOf: async () => frame };
      const call = { scope: scopeOver('all'), now: instantFromText(`${today}T10:00:00Z`), callerId: 'c-0' };
      units = 0;
      await readWorklist(parts, companyId, worklistQuery.parse({ list }), call);
      return units;
    };
    try {
      await fill(container, 'small', few);
      await fill(container, 'large', many);
      const [mineSmall, mine] = [await costOf('small', 'mine'), await costOf('large', 'mine')];
      const [teamSmall, team] = [await costOf('small', 'team'), await costOf('large', 'team')];
      const lineOf = (whose: string, figure: number, limit: number) => [
        {
          ...{ job: `worklist page, ${whose}, 1M invoices`, figure, unit: 'RU', target: '≤ 10' },
          ...{ met: figure <= 10, limit },
        },
        {
          ...{
            job: `worklist page, ${whose}, 1M to 10k`,
            figure: figure / limit,
            unit: 'ratio',
            target: '≤ 1.2',
          },
          met: figure / limit <= 1.2,
        },
      ];
      return [...lineOf('one collector', mine, mineSmall), ...lineOf('a team', team, teamSmall)];
    } finally {
      client.dispose();
      await cosmos.close();
      clock.close();
    }
  },
};
