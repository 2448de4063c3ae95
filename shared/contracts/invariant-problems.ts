/**
 * Problems the nightly check of the ledger finds: something that must always hold does not.
 * From: `shared/domain/invariants*.ts`. Next: spread into `problems.ts`, shown where failed work is.
 */
const status = 500;
const lookAgain = 'When it is mended, send this again: the account is looked at once more.';

export const invariantProblems = {
  'open-items-differ': {
    status,
    title: 'The open items of an account do not come to its balance',
    whatToDo: `Hold automated letters to the account and tell your vendor. ${lookAgain}`,
  },
  'item-beyond-its-size': {
    status,
    title: 'An item is open with more than it ever was',
    whatToDo: `Look at the item's history for what was posted twice. ${lookAgain}`,
  },
  'ledger-sides-differ': {
    status,
    title: 'Debit and credit of an account do not come to the same',
    whatToDo: `Hold automated letters to the account and tell your vendor. ${lookAgain}`,
  },
  'more-given-than-there-was': {
    status,
    title: 'A payment or credit was used for more than its amount',
    whatToDo: `Look at what it was applied to and take back what is too much. ${lookAgain}`,
  },
  'write-off-not-approved': {
    status,
    title: 'Something was written off that nobody else approved, or more came back than was written off',
    whatToDo: `Ask who wrote it off and have it approved or corrected. ${lookAgain}`,
  },
  'reminded-twice': {
    status,
    title: 'An item was carried twice to the same stage of its policy',
    whatToDo: `Look at the messages of the account and tell the customer which one counts. ${lookAgain}`,
  },
  'held-not-as-promised': {
    status,
    title: 'Items of an account are held for a promise that is not open, or for nothing',
    whatToDo: `Look at the promises and holds of the account; tell your vendor. ${lookAgain}`,
  },
  'stage-went-back': {
    status,
    title: 'An item went back to an earlier stage of its policy',
    whatToDo: `Look at its messages and who changed its stage. ${lookAgain}`,
  },
  'dunning-beyond-bounds': {
    status,
    title: 'An account has two messages under way, or keeps more than it may',
    whatToDo: `Stop sending to the account and tell your vendor. ${lookAgain}`,
  },
  'report-differs': {
    status,
    title: 'Reports show an account differently from its journal',
    whatToDo: `Trust the account, not the report; tell your vendor. ${lookAgain}`,
  },
  'report-behind': {
    status,
    title: 'Reports lack what happened more than an hour ago',
    whatToDo: `Look at dead letters of the reports and send them again. ${lookAgain}`,
  },
  'journal-broken': {
    status,
    title: 'The journal of an account was changed behind its back',
    whatToDo:
      'Treat it as tampering: keep the store as it is, compare it with the anchors, restore the account.',
  },
  'account-not-as-its-journal': {
    status,
    title: 'An account is not what its journal comes to',
    whatToDo: `Trust the journal; hold letters to the account and tell your vendor. ${lookAgain}`,
  },
  'book-not-as-fed': {
    status,
    title: 'The book of a company is not what its last accepted file said',
    whatToDo: 'Hold dunning of the company, compare the sums per currency, and send a fresh snapshot.',
  },
  'held-not-as-cases': {
    status,
    title: 'What items of an account hold back for disputes is not what its cases say',
    whatToDo: `Look at the cases of the account; reminders leave out what is held. ${lookAgain}`,
  },
  'receipt-does-not-sum': {
    status,
    title: 'The parts of a receipt do not come to its amount',
    whatToDo: 'Do not use what is left of the receipt; tell your vendor with the id named in the detail.',
  },
} as const;
