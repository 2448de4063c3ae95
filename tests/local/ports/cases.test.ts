/**
 * Cases, alerts and single-use links on the local Cosmos DB: the suites of their ports, lost answers, and when a link is gone.
 */
import { CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { cosmosAlerts } from '../../../shared/azure/cosmos-alerts.ts';
import { cosmosCases } from '../../../shared/azure/cosmos-cases.ts';
import { cosmosStaffMails } from '../../../shared/azure/cosmos-staff-mails.ts';
import { cosmosTokens } from '../../../shared/azure/cosmos-tokens.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { alertStoreSuite, caseIndexSuite } from '../../ports/case-index.suite.ts';
import { staffMailSuite } from '../../ports/staff-mail-store.suite.ts';
import { tokenStoreSuite } from '../../ports/token-store.suite.ts';
import { tenOClock } from '../../support/test-edge.ts';

const faults = createFaultSwitch();
let clock: Clock;
let cosmos: LocalCosmos;
let client: CosmosClient;

beforeAll(async () => {
  clock = createClock();
  cosmos = await startCosmos({ port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined });
  client = new CosmosClient({
    endpoint: cosmos.url,
    key: cosmos.key(ownerName),
    connectionPolicy: { requestTimeout: 500, enableBackgroundEndpointRefreshing: false },
  });
});
beforeEach(() => faults.set({}));
afterAll(async () => {
  client.dispose();
  await cosmos.close();
  clock.close();
});

const container = (name: string) => () => client.database(topology.database).container(name);
const tokens = () => cosmosTokens(container('access'));
const hash = (letter: string): string => letter.repeat(64);
const token = {
  ...{ purpose: 'decide', subject: {}, person: 'u' },
  ...{ madeAt: '2026-11-22T09:00:00Z', endsAt: '2026-11-22T11:00:00Z' },
};

describe('cases on Cosmos DB', () => caseIndexSuite(() => cosmosCases(container('cases'))));
describe('alerts on Cosmos DB', () => alertStoreSuite(() => cosmosAlerts(container('alerts'))));
describe('mails to people of the house on Cosmos DB', () =>
  staffMailSuite(() => cosmosStaffMails(container('alerts'))));
describe('single-use links on Cosmos DB', () => tokenStoreSuite(tokens));

it('whoever used a link knows so, even when the answer was lost', async () => {
  await tokens().keep(hash('a'), token);
  const operation = `PUT /dbs/${topology.database}/colls/access/docs/${hash('a')}`;
  faults.set({ rules: [{ kind: 'lost-answer', operation, times: 1 }] });
  const asked = { purpose: 'decide', now: tenOClock };
  await tokens()
    .use(hash('a'), { ...asked, use: 'one' })
    .catch(() => undefined);
  expect(await tokens().use(hash('a'), { ...asked, use: 'one' })).toEqual(token);
  expect(await tokens().use(hash('a'), { ...asked, use: 'two' })).toBeUndefined();
});
