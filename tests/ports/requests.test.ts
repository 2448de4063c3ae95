/**
 * Requests and counts in memory pass the suites the adapters pass.
 */
import { memoryCallCounter } from '../support/memory/call-counter.ts';
import { memoryRequests } from '../support/memory/request-store.ts';
import { callCounterSuite } from './call-counter.suite.ts';
import { requestStoreSuite } from './request-store.suite.ts';

const store = memoryRequests();
requestStoreSuite(() => store);

const counter = memoryCallCounter();
callCounterSuite(() => counter);
