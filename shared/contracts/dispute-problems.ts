/**
 * Problems of cases: opening, deciding, closing them, and links that work once.
 * From: refusals of `shared/domain/*dispute*.ts` and `functions/disputes`. Next: the one table of `problems.ts`.
 */
export const disputeProblems = {
  'items-missing': {
    status: 422,
    title: 'A case is about at least one item',
    whatToDo: 'Name the items and how much of each is contested.',
  },
  'amount-not-right': {
    status: 422,
    title: 'A contested amount is above 0',
    whatToDo: 'Correct the amount and send it again.',
  },
  'above-open': {
    status: 422,
    title: 'More is contested than is open and not in another case',
    whatToDo:
      'Contest at most the amount named, or leave the amount out for all that is left; where nothing is left it is paid or another case has it.',
  },
  'too-many-cases': {
    status: 409,
    title: 'The account has as many open cases as it can have',
    whatToDo: 'Close or join some of them, then open this one.',
  },
  'code-unknown': {
    status: 422,
    title: 'There is no such code',
    whatToDo: 'Take a code of the company’s settings for problems.',
  },
  'nobody-to-ask': {
    status: 409,
    title: 'Nobody is named for this department',
    whatToDo: 'Name its owner in the settings for problems, or hand the case to a person.',
  },
  'wrong-state': {
    status: 409,
    title: 'The case is not where this can be done',
    whatToDo: 'Look at its state and next step; somebody may have been faster.',
  },
  'no-more-time': {
    status: 409,
    title: 'More time is given once and for a few days',
    whatToDo: 'Decide, or hand the case to who can.',
  },
  'posting-missing': {
    status: 409,
    title: 'The books do not show what was decided yet',
    whatToDo: 'Wait until the credit or write-off is posted; the case closes then.',
  },
  'cause-missing': {
    status: 422,
    title: 'A case is closed with a cause and the department that answers for it',
    whatToDo: 'Name both.',
  },
  'owner-same': {
    status: 409,
    title: 'The case is theirs already',
    whatToDo: 'Name somebody else.',
  },
  'code-same': {
    status: 409,
    title: 'The case has this code already',
    whatToDo: 'Name another code.',
  },
  'above-authority': {
    status: 403,
    title: 'The sum is above what you may decide',
    whatToDo: 'Hand it to one of the roles named in the detail.',
  },
  'not-the-sum': {
    status: 422,
    title: 'What is given up is more than is contested',
    whatToDo: 'Let the parts come to no more than the contested amount.',
  },
  'not-decided': {
    status: 409,
    title: 'The case is not decided yet',
    whatToDo: 'A case is opened again once it was decided.',
  },
  'paper-not-new': {
    status: 422,
    title: 'A case is opened again only for a paper it has not had',
    whatToDo: 'Add the new paper first and name it.',
  },
} as const;
