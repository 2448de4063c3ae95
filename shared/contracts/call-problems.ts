/**
 * Problems of calls and of whose work it is.
 * From: refusals of `shared/domain`. Next: the one table of `problems.ts`.
 */
export const callProblems = {
  'outcome-unknown': {
    status: 422,
    title: 'A call cannot end like this',
    whatToDo: 'Take one of the outcomes the call card lists.',
  },
  'answer-missing': {
    status: 422,
    title: 'This outcome asks for more',
    whatToDo: 'Answer what the detail names; the call card says what each outcome asks for.',
  },
  'call-limit-reached': {
    status: 409,
    title: 'This customer was called often enough',
    whatToDo: 'Call from the day in the detail on; if the customer called or asked for the call, say so.',
  },
  'undo-too-late': {
    status: 409,
    title: 'This call cannot be taken back any more',
    whatToDo: 'Log what is right now, and end promise, hold, task or case where it stands.',
  },
  'already-pulled': {
    status: 409,
    title: 'A colleague has this account already',
    whatToDo: 'Pull the next one.',
  },
  'release-days-wrong': {
    status: 422,
    title: 'An order is not let go for these days',
    whatToDo: 'Name a last day from today on, within the days the detail names.',
  },
  'order-not-held': {
    status: 404,
    title: 'No such order waits for payment',
    whatToDo: 'Look at the list of blocked orders; the newest file may have freed it.',
  },
  'nobody-to-stand-in': {
    status: 422,
    title: 'Nobody can stand in like this',
    whatToDo: 'Name a deputy who is somebody else, for days that end after they begin.',
  },
} as const;
