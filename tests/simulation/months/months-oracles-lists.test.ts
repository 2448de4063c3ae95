/**
 * The checks of the worklist are checked: each is seen to notice what it is there for.
 */
import { expect, it } from 'vitest';
import type { WorklistRow } from '../../../shared/domain/worklist-row.ts';
import { firstBreak, itemsAs, type Sabotage } from './sabotage.ts';

const rowsAs =
  (as: (row: WorklistRow) => WorklistRow): Sabotage =>
  ({ lists }) => {
    const { worklist } = lists;
    lists.worklist = {
      ...worklist,
      put: (scope, row) => worklist.put(scope, as(row)),
      replace: (scope, there, row) => worklist.replace(scope, there, as(row)),
    };
  };

it.each<[string, RegExp, Sabotage]>([
  [
    'a row says that it is kept, and is not',
    /W1 zqk03z has no row/,
    ({ lists }) => {
      const { worklist } = lists;
      lists.worklist = {
        ...worklist,
        put: async (scope, row) => (row.accountId === 'zqk03z' ? 'kept' : worklist.put(scope, row)),
        replace: async (scope, there, row) =>
          row.accountId === 'zqk03z' || worklist.replace(scope, there, row),
      };
    },
  ],
  [
    'who owes nothing any more stays on the list',
    /W1 zqk\d\dz has a row without reason/,
    ({ lists }) => {
      lists.worklist = { ...lists.worklist, remove: async () => undefined };
    },
  ],
  [
    'a part of the points is left out',
    /W2 zqk\d\dz has -?\d+, its parts /,
    rowsAs(({ phases: [first, ...rest], ...row }) => ({
      ...row,
      phases: [{ ...first, parts: first.parts.slice(1) }, ...rest],
    })),
  ],
  [
    'what is promised or disputed counts as to be collected',
    /W2 zqk\d\dz shows /,
    ({ lists }) => {
      const { accounts } = lists;
      lists.accounts = {
        ...accounts,
        load: async (...asked) => {
          const loaded = await accounts.load(...asked);
          const account = itemsAs(loaded.account, ({ heldParts: _parts, ...item }) => item);
          return { ...loaded, account };
        },
      };
    },
  ],
  [
    'the first row is not shown',
    /W3 the list is /,
    (_parts, { plain }) => {
      const ranked = plain.worklist.ranked.bind(plain.worklist);
      plain.worklist.ranked = async (...asked) => {
        const { rows, ...page } = await ranked(...asked);
        return { ...page, rows: rows.slice(1) };
      };
    },
  ],
])(
  '%s: it is seen',
  async (_what, seen, sabotage) => expect(await firstBreak(sabotage, seen)).toMatch(seen),
  300_000,
);
