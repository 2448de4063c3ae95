/**
 * The promises of the product as a page: each requirement and invariant with the tests that show it.
 * From: `shown-promises.ts`. Next: `docs/reference/promises.md`.
 */
import { allShown, type Shown } from './shown-promises.ts';

const groups: [letter: string, heading: string][] = [
  ['R', 'What the product does'],
  ['D', 'Mail and dunning: what must never break'],
  ['P', 'Payments: what must never break'],
  ['A', 'Access: what must never break'],
  ['S', 'What a death in the middle must not harm'],
];

/** The whole page. The same tests give the same text. */
export const promisesPage = (shown: readonly Shown[] = allShown()): string =>
  [
    '# Promises and the tests that show them',
    'Generated from the headers and titles of the tests by `npx node scripts/make-reference.ts`; name a requirement there, in brackets, not here.',
    ...groups.flatMap(([letter, heading]) =>
      section(
        heading,
        shown.filter(({ code }) => code[0] === letter),
      ),
    ),
  ].join('\n\n') + '\n';

const section = (heading: string, shown: readonly Shown[]): string[] =>
  shown.length === 0 ? [] : [`## ${heading}`, ['| | shown by |', '|---|---|', ...rows(shown)].join('\n')];

const rows = (shown: readonly Shown[]): string[] =>
  [...Map.groupBy(shown, ({ code }) => code)].map(
    ([code, by]) =>
      `| ${code} | ${by.map(({ file, promise }) => `\`tests/${file}\`: ${cell(promise)}`).join('<br>')} |`,
  );

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\.$/, '');
