/**
 * Problems of posting to the ledger.
 * From: refusals of `functions/ledger` and the decisions it asks. Next: the one table of `problems.ts`.
 */
export const ledgerProblems = {
  'company-unknown': {
    status: 404,
    title: 'This company is not set up',
    whatToDo: 'Create the company in its settings, then send the work again.',
  },
  'part-not-found': {
    status: 404,
    title: 'A part of an import is not in the store',
    whatToDo: 'Send the import again; its file was removed before it was posted.',
  },
  'part-not-readable': {
    status: 422,
    title: 'A part of an import does not have the expected shape',
    whatToDo: 'It was written by another version: send the import again.',
  },
  'book-kept-here': {
    status: 409,
    title: 'This company keeps its book here',
    whatToDo: 'A snapshot of another book changes nothing: post documents, or set the company to ERP-led.',
  },
  'propose-instead': {
    status: 409,
    title: 'The book of this company is kept in its ERP',
    whatToDo: 'Propose it: once approved it is exported, and the ERP confirms it with its next file.',
  },
  'cleared-day-missing': {
    status: 422,
    title: 'A closed item does not say when it was cleared',
    whatToDo: 'Add the clearing date to the file and send the row again.',
  },
  'kept-here': {
    status: 409,
    title: 'This company keeps its book here',
    whatToDo: 'Record the payment or credit here; what another system cleared does not clear it.',
  },
} as const;
