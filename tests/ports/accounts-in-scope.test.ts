/**
 * Accounts in memory keep each caller to their part, as the adapter does.
 */
import { memoryAccounts } from '../support/memory/account-store.ts';
import { accountsInScopeSuite } from './accounts-in-scope.suite.ts';

const store = memoryAccounts();
accountsInScopeSuite(() => store);
