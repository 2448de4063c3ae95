/**
 * The worklist on the local Cosmos DB: the suite of the port.
 */
import { describe } from 'vitest';
import { cosmosWorklist } from '../../../shared/azure/cosmos-worklist.ts';
import { worklistStoreSuite } from '../../ports/worklist-store.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container } = cosmosUnderTest();

describe('the worklist on Cosmos DB', () => {
  const store = cosmosWorklist(container('worklist'));
  worklistStoreSuite(() => store);
});
