/**
 * Problems of dunning: policies, messages that wait, promises, plans, tasks.
 * From: refusals of `shared/domain` and `functions/dunning`. Next: the one table of `problems.ts`.
 */
export const dunningProblems = {
  'policy-not-there': {
    status: 404,
    title: 'There is no such version of the policies',
    whatToDo: 'Read the policies again and name a version that is there.',
  },
  'same-author': {
    status: 409,
    title: 'Whoever wrote the policies does not approve them',
    whatToDo: 'Ask another person with the right to approve them.',
  },
  'nothing-proposed': {
    status: 409,
    title: 'No policies wait to be approved',
    whatToDo: 'Propose them first, or read them again: they may be in force already.',
  },
  'message-differs': {
    status: 409,
    title: 'The message is not the one you looked at',
    whatToDo: 'Look at it again: items or sums changed since; then release it.',
  },
  'not-to-release': {
    status: 409,
    title: 'This is not for you to release',
    whatToDo: 'The message needs the duty it names; ask whoever has it.',
  },
  'message-not-claimed': {
    status: 409,
    title: 'The message is not under way',
    whatToDo: 'Read the account again; somebody settled it meanwhile.',
  },
  'not-in-doubt': {
    status: 409,
    title: 'It is known what became of this message',
    whatToDo: 'Read the account again; somebody settled it meanwhile.',
  },
  'hold-not-there': {
    status: 404,
    title: 'The account has no such hold',
    whatToDo: 'Read the account again; it may have been lifted.',
  },
  'too-many-holds': {
    status: 409,
    title: 'The account has as many holds as it can keep',
    whatToDo: 'Lift one that is not needed, or hold the whole account.',
  },
  'promise-too-far': {
    status: 422,
    title: 'The promised day is too far ahead',
    whatToDo: 'Agree an earlier day, or ask a manager, who may go further.',
  },
  'promise-in-past': {
    status: 422,
    title: 'The promised day has passed',
    whatToDo: 'Give a day from today on.',
  },
  'promise-too-often': {
    status: 409,
    title: 'An item was promised as often as it may be',
    whatToDo: 'Agree a payment plan, or ask a manager.',
  },
  'promise-after-broken': {
    status: 409,
    title: 'A promise broke a short while ago',
    whatToDo: 'Call us: a person can agree a new day with you.',
  },
  'promise-differs': {
    status: 409,
    title: 'There is another promise of this name',
    whatToDo: 'Read the promises again and change the one that is there.',
  },
  'promise-not-there': {
    status: 404,
    title: 'There is no such open promise',
    whatToDo: 'Read the promises again; it may have been judged.',
  },
  'too-many-items': {
    status: 422,
    title: 'Too many items, or none',
    whatToDo: 'Name 1 to 40 items, each once.',
  },
  'too-many-promises': {
    status: 409,
    title: 'The account has as many open promises as it can keep',
    whatToDo: 'Change one of them instead.',
  },
  'plan-there': {
    status: 409,
    title: 'A payment plan is running',
    whatToDo: 'Let it end, or change what is left by a new agreement once it ended.',
  },
  'plan-too-long': {
    status: 422,
    title: 'The plan is longer than you may agree',
    whatToDo: 'Propose it: somebody who may go further approves it.',
  },
  'plan-sum-differs': {
    status: 422,
    title: 'The instalments are not what is open of the items',
    whatToDo: 'Make their sum the open amount of the items, to the cent.',
  },
  'plan-not-in-order': {
    status: 422,
    title: 'The instalments are not in order',
    whatToDo: 'Give each an amount above 0 and a later day than the one before.',
  },
  'plan-not-there': {
    status: 404,
    title: 'There is no such proposed plan',
    whatToDo: 'Read the tasks again; it may have been decided.',
  },
  'task-not-there': {
    status: 404,
    title: 'There is no such open task',
    whatToDo: 'Read the tasks again; somebody may have done it.',
  },
  'stage-not-possible': {
    status: 422,
    title: 'An item cannot be put to this stage',
    whatToDo: 'Name a stage of its policy above the one it stands at.',
  },
  'too-many-notices': {
    status: 409,
    title: 'Too many messages to this customer are under way',
    whatToDo: 'Wait until some of them have gone out.',
  },
  'too-much-history': {
    status: 422,
    title: 'This is more history than one replay can go through',
    whatToDo: 'Ask for fewer days, or account by account.',
  },
} as const;
