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
} as const;
