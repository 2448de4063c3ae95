/**
 * Problems of reading the ledger: exports, pages of accounts, statements.
 * From: `functions/ledger`. Next: the one table of `problems.ts`.
 */
export const readingProblems = {
  'export-too-long': {
    status: 422,
    title: 'A workbook can not hold that many rows',
    whatToDo: 'Export it as CSV (`format=csv`), which has no such limit.',
  },
  'too-many-written-off': {
    status: 422,
    title: 'More was written off than one look can go through',
    whatToDo: 'Ask for the list of what was written off (`written-off`) and go through it page by page.',
  },
} as const;
