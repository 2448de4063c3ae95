/**
 * How the tests run: `house` are the house rules, `quick` and `access` what a developer runs all day, `local` starts the
 * local Azure and kills it. No project retries a test. Files of `quick` share a process, as everything shares a host that
 * lives long: what one leaves behind in a module may break another, and is seen. `access` registers whole apps, which a
 * process does once.
 */
import { defineConfig } from 'vitest/config';

const under = (...names: string[]): string[] => names.map((name) => `tests/${name}/**/*.test.ts`);
const house = under('tidy', 'infra');
const access = under('access');
const local = under('local', 'e2e', 'walk', 'demo');

export default defineConfig({
  test: {
    // what hangs is found; what is slow is told by the bench and by the whole run's own limit
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 0,
    maxWorkers: 2,
    // most of what tests make is thrown away at once: less of it is copied
    execArgv: ['--max-semi-space-size=64'],
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: under('**'),
          exclude: [...house, ...access, ...local, ...under('bench')],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'house', include: house } },
      { extends: true, test: { name: 'access', include: access } },
      { extends: true, test: { name: 'local', include: local, testTimeout: 120_000 } },
    ],
  },
});
