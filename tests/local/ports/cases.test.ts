/**
 * Cases, alerts and single-use links on the local Cosmos DB: the suites of their ports, lost answers, and when a link is gone.
 */
import { describe, expect, it } from 'vitest';
import { cosmosAlerts } from '../../../shared/azure/cosmos-alerts.ts';
import { cosmosCases } from '../../../shared/azure/cosmos-cases.ts';
import { cosmosStaffMails } from '../../../shared/azure/cosmos-staff-mails.ts';
import { cosmosTokens } from '../../../shared/azure/cosmos-tokens.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { alertStoreSuite, caseIndexSuite } from '../../ports/case-index.suite.ts';
import { staffMailSuite } from '../../ports/staff-mail-store.suite.ts';
import { tokenStoreSuite } from '../../ports/token-store.suite.ts';
import { tenOClock } from '../../support/test-edge.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(500);

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
