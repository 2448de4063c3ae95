/** Feeds in memory pass the suite that feeds on Cosmos DB pass. */
import { describe } from 'vitest';
import { memoryFeeds } from '../support/memory/feed-store.ts';
import { feedStoreSuite } from './feed-store.suite.ts';

describe('feeds in memory', () => {
  const store = memoryFeeds();
  feedStoreSuite(() => store);
});
