/**
 * The portal's in-memory ports pass the suites its adapters pass.
 */
import { describe } from 'vitest';
import { memoryCheckouts } from '../support/memory/checkout-store.ts';
import { memoryMembers, memorySessions } from '../support/memory/session-store.ts';
import { checkoutStoreSuite, memberStoreSuite, sessionStoreSuite } from './portal-stores.suite.ts';

describe('in memory', () => {
  const [checkouts, sessions, members] = [memoryCheckouts(), memorySessions(), memoryMembers()];
  checkoutStoreSuite(() => checkouts);
  sessionStoreSuite(() => sessions);
  memberStoreSuite(() => members);
});
