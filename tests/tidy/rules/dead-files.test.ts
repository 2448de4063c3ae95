/** Shows the dead file rule red and green. From: examples below. Next: `tidy.test.ts` may trust it. */
import { expect, it } from 'vitest';
import { deadFiles } from './dead-files.ts';

const start = { path: 'functions/start.ts', text: "import { a } from './main.ts';" };
const local = { path: 'local/main.ts', text: "const child = 'local/worker.ts';" };
const main = { path: 'functions/main.ts', text: 'export const a = 1;' };
const worker = { path: 'local/worker.ts', text: "import './helper.ts';" };
const helper = { path: 'local/helper.ts', text: '' };
const alive = [start, local, main, worker, helper];

it('is quiet when every file is reached, by import or as a named process', () => {
  expect(deadFiles(alive)).toEqual([]);
});

it('finds a file that nothing imports', () => {
  const orphan = { path: 'shared/domain/orphan.ts', text: '' };
  expect(deadFiles([...alive, orphan])).toEqual([
    'shared/domain/orphan.ts: nothing leads here; use it or delete it',
  ]);
});

it('finds a file that only its own test keeps alive', () => {
  const wrapper = { path: 'shared/edge/wrapper.ts', text: '' };
  const test = { path: 'tests/edge/wrapper.test.ts', text: "import '../../shared/edge/wrapper.ts';" };
  expect(deadFiles([...alive, wrapper, test])).toEqual([
    'shared/edge/wrapper.ts: only tests lead here; use it or delete it',
  ]);
});

it.each([
  ['a rule', 'shared/domain/rule.ts', 'tests/domain/rule.test.ts', '../../shared/domain/rule.ts'],
  ['a port', 'shared/ports/store.ts', 'tests/ports/store.test.ts', '../../shared/ports/store.ts'],
  ['an adapter', 'shared/azure/db.ts', 'tests/local/ports/db.test.ts', '../../../shared/azure/db.ts'],
])('lets %s land before the piece that uses it, once its test reaches it', (_what, path, testPath, from) => {
  const landed = { path, text: "import '../contracts/document.ts';" };
  const used = { path: 'shared/contracts/document.ts', text: '' };
  const test = { path: testPath, text: `import '${from}';` };
  expect(deadFiles([...alive, landed, used, test])).toEqual([]);
});

it('finds a rule that only a bench or another suite reaches', () => {
  const rule = { path: 'shared/domain/rule.ts', text: '' };
  const test = { path: 'tests/e2e/rule.test.ts', text: "import '../../shared/domain/rule.ts';" };
  expect(deadFiles([...alive, rule, test])).toEqual([
    'shared/domain/rule.ts: only tests lead here; use it or delete it',
  ]);
});

it('finds two files that only import each other', () => {
  const left = { path: 'local/left.ts', text: "import './right.ts';" };
  const right = { path: 'local/right.ts', text: "import './left.ts';" };
  expect(deadFiles([...alive, left, right])).toHaveLength(2);
});

it('finds a test helper that no test uses', () => {
  const unused = { path: 'tests/support/unused.ts', text: '' };
  expect(deadFiles([...alive, unused])).toEqual([
    'tests/support/unused.ts: nothing leads here; use it or delete it',
  ]);
});

it('finds an entry that is gone', () => {
  expect(deadFiles([local, worker, helper])).toEqual(['functions/start.ts: this entry is not there']);
});
