/**
 * Requests in memory pass the suite the adapter passes.
 */
import { memoryRequests } from '../support/memory/request-store.ts';
import { requestStoreSuite } from './request-store.suite.ts';

const store = memoryRequests();
requestStoreSuite(() => store);
