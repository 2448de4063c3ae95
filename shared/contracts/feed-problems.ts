/**
 * What can be wrong with a feed, a held file or a posting export.
 * From: the guards, `functions/erp-exchange`. Next: the one table of `problems.ts`.
 */
export const feedProblems = {
  'snapshot-older': {
    status: 409,
    title: 'A newer snapshot was accepted before this one',
    whatToDo: 'Nothing is lost: send the newest open-item file, its instant of extraction decides.',
  },
  'snapshot-shrank': {
    status: 409,
    title: 'Much less is open than in the file before',
    whatToDo: 'Check that the file is whole. If it is, release it with a reason; if not, refuse it.',
  },
  'too-many-rejects': {
    status: 409,
    title: 'Too many rows of the file were refused',
    whatToDo: 'Correct the rows or the mapping profile and send it again, or release it with a reason.',
  },
  'scope-absent': {
    status: 422,
    title: 'The file holds nothing of its scope',
    whatToDo: 'Its items were left alone. If nothing is open there, send a file of the whole company.',
  },
  'import-not-held': {
    status: 409,
    title: 'The file is not waiting for a decision',
    whatToDo: 'Load the import again; somebody may have decided, or the file went on by itself.',
  },
  'import-refused-by-person': {
    status: 409,
    title: 'A person refused the file',
    whatToDo: 'The reason stands beside it. Correct the file at its source and send it again.',
  },
  'second-person-needed': {
    status: 403,
    title: 'Somebody else has to release it',
    whatToDo: 'Ask a credit manager other than the one who asked for it.',
  },
  'morning-check-not-red': {
    status: 409,
    title: 'The morning check is not red',
    whatToDo: 'Load it again; there is nothing to release.',
  },
  'posting-export-empty': {
    status: 404,
    title: 'Nothing is waiting to be posted',
    whatToDo: 'Ask again when a receipt or a proposal has come in.',
  },
  'posting-line-unknown': {
    status: 422,
    title: 'A line is not of this export',
    whatToDo: 'Acknowledge the lines of the export by the ids that stand in it.',
  },
} as const;
