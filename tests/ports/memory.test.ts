/**
 * The in-memory ports pass the suites the adapters pass.
 */
import { describe } from 'vitest';
import { memoryParkedWork } from '../support/memory/parked-work-store.ts';
import { memoryRuns } from '../support/memory/run-store.ts';
import { parkedWorkStoreSuite } from './parked-work-store.suite.ts';
import { runStoreSuite } from './run-store.suite.ts';

describe('runs in memory', () => {
  const store = memoryRuns();
  runStoreSuite(() => store);
});

describe('parked work in memory', () => {
  const store = memoryParkedWork();
  parkedWorkStoreSuite(() => store);
});
