/**
 * Problems of sending failed work again.
 * From: `functions/operations`. Next: spread into `problems.ts`.
 */
export const operationsProblems = {
  'delivery-gave-up': {
    status: 500,
    title: 'The bus gave up delivering a message',
    whatToDo: 'Its handler died or ran too long on every delivery: mend the cause, then send it again.',
  },
  'replay-not-possible': {
    status: 409,
    title: 'This cannot be sent again',
    whatToDo:
      'It is a finding, not work. Mend the cause: the next run or change of the same thing makes up for it.',
  },
  'replay-done': {
    status: 409,
    title: 'This was sent again already',
    whatToDo: 'Load the list again: if it failed once more, it is there anew.',
  },
} as const;
