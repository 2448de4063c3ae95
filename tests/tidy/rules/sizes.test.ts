/** Shows the size rules red and green. From: examples below. Next: `tidy.test.ts` may trust them. */
import { expect, it } from 'vitest';
import { fileSizes, functionSizes } from './sizes.ts';

const linesOf = (count: number, line = 'go();'): string => `${line}\n`.repeat(count);
const file = (path: string, text: string) => [{ path, text }];

it.each([
  ['local/email/start.ts', 201, '201 lines, at most 200'],
  ['tests/local/email/send.test.ts', 351, '351 lines, at most 350'],
  ['infra/bicep/modules/cosmos.bicep', 151, '151 lines, at most 150'],
])('%s of %i lines is too long', (path, lines, finding) => {
  expect(fileSizes(file(path, linesOf(lines)))).toEqual([expect.stringContaining(finding)]);
  expect(fileSizes(file(path, linesOf(lines - 1)))).toEqual([]);
});

it('a long data file is no finding', () => {
  expect(fileSizes(file('package-lock.json', linesOf(9000)))).toEqual([]);
});

it.each([
  ['local/email/start.ts', 61, 'a function of 61 lines, at most 60'],
  ['shared/domain/aging.ts', 41, 'a function of 41 lines, at most 40'],
])('in %s a function of %i lines is too long', (path, lines, finding) => {
  const text = (count: number) => `const run = () => {\n${linesOf(count - 2)}};\n`;
  expect(functionSizes(file(path, text(lines)))).toEqual([`${path}:1: ${finding}; name its steps`]);
  expect(functionSizes(file(path, text(lines - 1)))).toEqual([]);
});

it('a function declaration and a method are measured as well', () => {
  const body = linesOf(60);
  const text = `function run() {\n${body}}\nconst store = {\n  save() {\n${body}  },\n};\n`;
  expect(functionSizes(file('local/email/start.ts', text))).toHaveLength(2);
});

it('a maker is measured without the functions it names, each of which counts alone', () => {
  const part = (name: string) => `  const ${name} = () => {\n${linesOf(30)}  };\n`;
  const maker = `const make = () => {\n${part('a')}${part('b')}  return { a, b };\n};\n`;
  expect(functionSizes(file('local/email/start.ts', maker))).toEqual([]);
});

it('a nameless callback does not make its function shorter', () => {
  const text = `const run = () => {\n  rows.map((row) => {\n${linesOf(60)}  });\n};\n`;
  expect(functionSizes(file('local/email/start.ts', text))).toHaveLength(2);
});

it('cases within a describe count alone', () => {
  const one = (name: string) => `  it('${name}', () => {\n${linesOf(20)}  });\n`;
  const suite = `describe('all', () => {\n${one('a')}${one('b')}${one('c')}});\n`;
  expect(functionSizes(file('tests/domain/aging.test.ts', suite))).toEqual([]);
});
