/**
 * The portal's stores on the local Cosmos DB, and when a session is forgotten.
 */
import { describe, expect, it } from 'vitest';
import { cosmosCheckouts } from '../../../shared/azure/cosmos-checkouts.ts';
import { cosmosMembers } from '../../../shared/azure/cosmos-members.ts';
import { cosmosSessions } from '../../../shared/azure/cosmos-sessions.ts';
import { checkoutStoreSuite, memberStoreSuite, sessionStoreSuite } from '../../ports/portal-stores.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, pass } = cosmosUnderTest();

describe('on Cosmos DB', () => {
  checkoutStoreSuite(() => cosmosCheckouts(container('access')));
  sessionStoreSuite(() => cosmosSessions(container('access')));
  memberStoreSuite(() => cosmosMembers(container('people')));
});

it('a session is gone three hours after it was last written', async () => {
  const store = cosmosSessions(container('access'));
  const at = '2026-11-22T10:00:00Z';
  await store.open({ emailHash: 'e9', secretHash: 's9', openedAt: at, lastSeenAt: at });
  await pass(3 * 3_600_000 + 1_000);
  expect(await store.read('e9', 's9')).toBeUndefined();
});
