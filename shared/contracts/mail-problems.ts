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
  'text-refused': {
    status: 422,
    title: 'This text breaks the rules of texts to customers',
    whatToDo: 'The detail names every line and what to write instead: correct them and save again.',
  },
  'book-not-complete': {
    status: 409,
    title: 'No snapshot of the ERP tells the book up to when mail was stopped',
    whatToDo:
      'Bring in a snapshot of each source that was made after mail was stopped, wait until it is posted, then say it again.',
  },
  'mails-still-looked-for': {
    status: 409,
    title: 'Mails that went out before the book was set back are still looked for',
    whatToDo: 'Say that the book is complete, wait until `lookedFor` tells what came of it, then ask again.',
  },
  'sender-not-allowed': {
    status: 422,
    title: 'The mail service does not send from this address',
    whatToDo:
      'The detail names the domains it sends from: use an address of one of them, or have yours linked.',
  },
} as const;
