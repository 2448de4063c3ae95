/** Shows the rules about words, comments, machines and generated files red and green. From: examples below. Next: `tidy.test.ts`. */
import { describe, expect, it } from 'vitest';
import { headComments, unfinishedWords } from './code-words.ts';
import { generatedCurrent } from './generated.ts';
import { machineTraces } from './machine-traces.ts';

const file = (path: string, text: string) => [{ path, text }];

describe('unfinished or switched off', () => {
  it.each([
    `// ${'TO' + 'DO'} later`,
    `// ${'FIX' + 'ME'}: wrong`,
    `// good enough for ${'now'}`,
    `// eslint-${'disable'}-next-line`,
    `// @ts-${'ignore'}`,
    `// @ts-${'expect-error'} old`,
  ])('%s', (line) => {
    expect(unfinishedWords(file('shared/domain/aging.ts', `ok();\n${line}\n`))).toEqual([
      expect.stringMatching(/^shared\/domain\/aging\.ts:2: /),
    ]);
    expect(unfinishedWords(file('infra/bicep/main.bicep', line))).toHaveLength(1);
  });

  it('a plain sentence is free', () => {
    expect(unfinishedWords(file('shared/domain/aging.ts', '// what is to do today, and before now'))).toEqual(
      [],
    );
  });
});

describe('head comments', () => {
  it.each([
    ['shared/domain/aging.ts', 'export const a = 1;'],
    ['shared/domain/aging.ts', '// a line comment\n'],
    ['infra/bicep/main.bicep', "param location string = 'x'"],
    ['eslint.config.mjs', "import x from 'x';"],
  ])('%s does not begin with %s', (path, text) => {
    expect(headComments(file(path, text))).toHaveLength(1);
  });

  it.each([
    ['shared/domain/aging.ts', '/** How old a debt is. */'],
    ['scripts/check.ts', '#!/usr/bin/env node\n/** Checks. */'],
    ['infra/bicep/main.bicep', '// Everything.'],
  ])('%s may begin with %s', (path, text) => {
    expect(headComments(file(path, text))).toEqual([]);
  });
});

describe('traces of a machine', () => {
  it.each([
    `const dir = '/${'tmp'}/state';`,
    `see /${'home'}/someone/dunwell`,
    `"/${'Users'}/someone/dunwell"`,
    `const dir = 'C:\\\\${'Users'}\\\\someone';`,
    `"resolved": "https://${'registry'}.example.org/zod.tgz"`,
  ])('%s', (text) => {
    expect(machineTraces(file('docs/how-to/add-a-queue.md', text))).toHaveLength(1);
  });

  it.each([
    'functions/work/triggers.ts',
    "route: 'api/tmp/x'",
    `/${'home'}/site/wwwroot`,
    'https://example.com/',
  ])('%s is free', (text) => {
    expect(machineTraces(file('docs/how-to/add-a-queue.md', text))).toEqual([]);
  });
});

describe('generated files', () => {
  const rule = generatedCurrent([{ path: 'docs/reference/x.md', text: () => 'new', command: 'npx make' }]);

  it.each(['old', undefined])('are not current when they hold %s', (text) => {
    expect(rule(text === undefined ? [] : file('docs/reference/x.md', text))).toEqual([
      'docs/reference/x.md: is not current; run npx make',
    ]);
  });

  it('are current when they hold what the command writes', () => {
    expect(rule(file('docs/reference/x.md', 'new'))).toEqual([]);
  });
});
