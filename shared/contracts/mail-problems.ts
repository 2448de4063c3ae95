/**
 * Problems of mail.
 * From: refusals of `functions/email`. Next: the one table of `problems.ts`.
 */
export const mailProblems = {
  'not-rendered': {
    status: 422,
    title: 'The text of a message could not be made',
    whatToDo: 'The detail says what is missing: complete it, and the next run plans the message again.',
  },
  'mail-refused': {
    status: 422,
    title: 'The mail service does not take this mail',
    whatToDo: 'The detail holds its reason: correct the address or setting it names.',
  },
  'message-not-waiting': {
    status: 409,
    title: 'This message does not wait for that',
    whatToDo: 'Load it again: it was sent, withheld or decided meanwhile.',
  },
  'report-not-readable': {
    status: 422,
    title: 'A delivery report cannot be read',
    whatToDo: 'It is kept as it came; compare it with the mail service’s description of its events.',
  },
} as const;
