/**
 * Problems of administration: companies, what people reach, groups.
 * From: the workflows of administration. Next: the one table of `problems.ts`.
 */
export const administrationProblems = {
  'setting-changed': {
    status: 409,
    title: 'Somebody has changed this meanwhile',
    whatToDo: 'Load it again, look at what is new, and send your change after that version.',
  },
  'own-rights': {
    status: 403,
    title: 'This is about your own rights',
    whatToDo: 'Ask another person to do it.',
  },
  'request-not-pending': {
    status: 409,
    title: 'This request is not waiting for a decision',
    whatToDo: 'Load the person again: it was decided already, or a newer request took its place.',
  },
  'unknown-company': {
    status: 422,
    title: 'There is no such company',
    whatToDo: 'Create the company first, or correct its id.',
  },
  'company-in-use': {
    status: 409,
    title: 'Something was posted to this company already',
    whatToDo: 'Mode and currency stay as they were; for another book or currency, create another company.',
  },
  'too-many-grants': {
    status: 422,
    title: 'More accounts are lent to this person than one may have',
    whatToDo: 'End grants that are no longer needed, then ask again.',
  },
  'account-in-other-group': {
    status: 409,
    title: 'One of the accounts is in another group',
    whatToDo: 'Take it out of its group first; the page of the account names it.',
  },
  'group-too-large': {
    status: 422,
    title: 'A group holds 500 accounts at most',
    whatToDo: 'Make several groups, or leave out accounts that owe nothing.',
  },
} as const;
