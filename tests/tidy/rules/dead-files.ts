/**
 * Files that nothing leads to: dead code is deleted, git remembers it.
 * From: all code files and the entries below. Next: findings; a new entry is one line in `entries`.
 */
import { isCode, isToolConfig, type Rule, type SourceText } from '../repository.ts';
import { importsOf, stringsOf } from '../syntax.ts';
import { resolveImport } from './imports.ts';

/** What is started by Azure, npm or CI rather than imported. */
export const entries = ['functions/start.ts', 'local/main.ts'];

const isEntry = (path: string): boolean =>
  entries.includes(path) || isToolConfig(path) || /^scripts\/[^/]+\.ts$/.test(path);

const isTestEntry = (path: string): boolean => path.endsWith('.test.ts') || path === 'tests/bench/main.ts';

/**
 * Rules, ports and their adapters land before the pieces that use them, each with the tests that prove it:
 * there, and only there, a file is alive when those tests reach it.
 */
const landsFirst = (path: string): boolean => /^shared\/(domain|ports|azure)\//.test(path);
const provesFirst = (path: string): boolean =>
  /^tests\/(domain|ports|local\/ports)\/.+\.test\.ts$/.test(path);

/**
 * Source that no entry reaches (elsewhere than above, tests do not keep code alive) and test helpers that
 * no test reaches. A file started as a process or worker counts as reached where a string names it.
 */
export const deadFiles: Rule = (files) => {
  const code = new Map(files.filter(({ path }) => isCode(path)).map((file) => [file.path, file]));
  const proven = [...reached(code, [...code.keys()].filter(provesFirst))].filter(landsFirst);
  const fromSource = reached(code, [...[...code.keys()].filter(isEntry), ...proven]);
  const fromTests = reached(code, [...code.keys()].filter(isTestEntry));
  const absent = entries.filter((path) => !code.has(path)).map((path) => `${path}: this entry is not there`);
  const dead = [...code.keys()].filter((path) =>
    path.startsWith('tests/') ? !fromTests.has(path) : !fromSource.has(path),
  );
  return [...absent, ...dead.map((path) => `${path}: ${deadBecause(path, fromTests)}; use it or delete it`)];
};

const deadBecause = (path: string, fromTests: Set<string>): string =>
  !path.startsWith('tests/') && fromTests.has(path) ? 'only tests lead here' : 'nothing leads here';

const reached = (code: Map<string, SourceText>, from: string[]): Set<string> => {
  const seen = new Set(from);
  const waiting = [...from];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = code.get(path);
    if (!file) continue;
    for (const next of leadsTo(file, code)) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return seen;
};

function* leadsTo(file: SourceText, code: Map<string, SourceText>): Generator<string> {
  for (const { specifier } of importsOf(file))
    if (specifier.startsWith('.')) yield resolveImport(file.path, specifier);
  for (const { text } of stringsOf(file)) {
    if (!/^[\w./-]+\.(ts|tsx|mjs)$/.test(text)) continue;
    for (const path of [text, resolveImport(file.path, text)]) if (code.has(path)) yield path;
  }
}
