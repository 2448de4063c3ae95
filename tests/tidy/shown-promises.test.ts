/**
 * Which requirements a test says it shows: named in brackets in the first paragraph of its header, or in a title.
 */
import { expect, it } from 'vitest';
import { promisesPage } from '../../scripts/generate/promises-page.ts';
import { shownIn } from '../../scripts/generate/shown-promises.ts';

const source = `/**
 * What was sent is recorded by itself (R32), once however often it comes (D1, D3): words
 * and receipts.
 * From: nowhere (R99). Next: nothing.
 */
import { it } from 'vitest';
it('a reply pauses the account (R31)', () => {});
it.each([['R5']])("%s isn't named (in brackets)", () => {});
`;

it('are read from header and titles, each with its words', () => {
  const header = 'What was sent is recorded by itself, once however often it comes: words and receipts.';
  expect(shownIn('a.test.ts', source)).toEqual([
    { code: 'R32', file: 'a.test.ts', promise: header },
    { code: 'D1', file: 'a.test.ts', promise: header },
    { code: 'D3', file: 'a.test.ts', promise: header },
    { code: 'R31', file: 'a.test.ts', promise: 'a reply pauses the account' },
  ]);
});

it('stand on a page, a row each with all tests that show it', () => {
  const page = promisesPage([
    { code: 'R31', file: 'a.test.ts', promise: 'A reply | pauses.' },
    { code: 'R31', file: 'b.test.ts', promise: 'it ends' },
    { code: 'D1', file: 'a.test.ts', promise: 'once' },
  ]);
  expect(page).toContain('| R31 | `tests/a.test.ts`: A reply \\| pauses<br>`tests/b.test.ts`: it ends |');
  expect(page).toContain('| D1 | `tests/a.test.ts`: once |');
});
