/**
 * Accounts on the local Cosmos DB keep each caller to their part, and whoever reaches all pays nothing for it.
 */
import { describe, expect, it } from 'vitest';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { fill, freshKey, idOf } from '../../ports/account-store.suite.ts';
import { accountsInScopeSuite } from '../../ports/accounts-in-scope.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container } = cosmosUnderTest();

let operations: string[] = [];

const store = cosmosAccounts(container('ledger'), (operation) => operations.push(operation));

describe('accounts on Cosmos DB, seen in part', () => accountsInScopeSuite(() => store));

it('a scope over the company reads what it asks for, one over some accounts the head besides', async () => {
  const key = freshKey();
  await fill(store, key, 1);
  const collector = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
  const callsOf = async (scope: typeof collector) => {
    operations = [];
    await store.load(scope, key, [idOf(0)]);
    return operations;
  };
  expect(await callsOf(scopeOver('all'))).toEqual(['head', 'item']);
  expect(await callsOf(collector)).toEqual(['head']);
});
