/**
 * Problems of deciding about an account: items, payments on it, write-offs.
 * From: refusals of `shared/domain`. Next: the one table of `problems.ts`.
 */
export const accountProblems = {
  'item-not-found': {
    status: 404,
    title: 'There is no such item on this account',
    whatToDo: 'Check the number and the account; it may be posted to another one.',
  },
  'item-differs': {
    status: 409,
    title: 'This document is on the account with other content',
    whatToDo: 'Compare both; amend the item or send the document under its own number.',
  },
  'number-on-other-account': {
    status: 409,
    title: 'Another account of the company has a document of this number',
    whatToDo:
      'Look at both: where the debtor was replaced, cancel it there and send the row again; else correct the number.',
  },
  'same-number-other-source': {
    status: 409,
    title: 'Another source has posted a document of this number',
    whatToDo: 'Look at both: if they are the same, keep one; if not, give one its own number.',
  },
  'amount-not-possible': {
    status: 422,
    title: 'This amount is not possible here',
    whatToDo: 'Send whole minor units of the right sign, no more open than there was originally.',
  },
  'more-than-open': {
    status: 422,
    title: 'More than is open',
    whatToDo: 'Load the item again and take at most what is open.',
  },
  'more-than-left': {
    status: 422,
    title: 'More than is left to give',
    whatToDo: 'Load the payment or credit again and take at most what is left of it.',
  },
  'currency-differs': {
    status: 422,
    title: 'The currencies differ',
    whatToDo: 'Settle items in the currency of the money received, or exchange it first.',
  },
  'kind-not-right': {
    status: 422,
    title: 'This kind of item does not go here',
    whatToDo: 'Check which item gives and which one owes.',
  },
  'change-not-found': {
    status: 404,
    title: 'There is no such change on this item',
    whatToDo: 'Look at the changes of the item; this one was never made.',
  },
  'change-differs': {
    status: 409,
    title: 'A change of this id was made with other content',
    whatToDo: 'Compare both; send what is new under an id of its own.',
  },
  'too-many-changes': {
    status: 409,
    title: 'This item has been changed very often',
    whatToDo: 'Look at its source: it sends the same item again and again with other amounts.',
  },
  'above-limit': {
    status: 403,
    title: 'This is above your limit',
    whatToDo: 'Ask somebody whose limit is high enough.',
  },
  'not-approved': {
    status: 409,
    title: 'This has not been approved',
    whatToDo: 'Have another person approve it first.',
  },
  'same-person': {
    status: 403,
    title: 'You asked for this yourself',
    whatToDo: 'Another person has to approve it.',
  },
  'reason-missing': {
    status: 422,
    title: 'A reason is missing',
    whatToDo: 'Choose the reason and send it again.',
  },
  'customer-match-decided': {
    status: 409,
    title: 'It is decided already which account this customer is',
    whatToDo: 'Look at the match again; what was decided stays.',
  },
  'customer-not-linked': {
    status: 409,
    title: 'No account is linked to this customer',
    whatToDo: 'Look at the match again; there is nothing to take back.',
  },
  'customer-has-another': {
    status: 409,
    title: 'The source has another number for this account',
    whatToDo: 'One of the two is a double in the source: mend it there, or choose another account.',
  },
  'customer-source-silent': {
    status: 422,
    title: 'This source says nothing of the field',
    whatToDo: 'Name a source that says something, or give the value itself.',
  },
  'customer-waits': {
    status: 409,
    title: 'No account is known to be this customer',
    whatToDo: 'It waits among the open matches: say there which account it is.',
  },
  'customer-separate': {
    status: 409,
    title: 'A person said that this customer is none of the accounts',
    whatToDo: 'Nothing; decide the match anew if that has changed.',
  },
} as const;
