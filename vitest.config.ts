/**
 * How the tests run: `quick` is what a developer runs all day, `local` starts the local Azure,
 * `slow` kills processes. No project retries a test.
 */
import { defineConfig } from 'vitest/config';

const long = ['local', 'e2e', 'walk', 'demo'].map((name) => `tests/${name}/**/*.test.ts`);

export default defineConfig({
  test: {
    // what hangs is found; what is slow is told by the bench and by the whole run's own limit
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['tests/**/*.test.ts'], exclude: [...long, 'tests/bench/**'] },
      },
      { extends: true, test: { name: 'local', include: long, testTimeout: 120_000 } },
    ],
  },
});
