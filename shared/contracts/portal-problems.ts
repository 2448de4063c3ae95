/**
 * Problems a customer can meet, in words for customers: each says what to do.
 * From: the portal's access layer and workflows. Next: the one table of `problems.ts`.
 */
export const portalProblems = {
  'link-expired': {
    status: 401,
    title: 'This link has ended',
    whatToDo: 'Enter your address to get a new one, or use the link of our latest message.',
  },
  'sign-in-link-over': {
    status: 401,
    title: 'This sign-in link cannot be used any more',
    whatToDo: 'A link works once and for ten minutes. Ask for a new one.',
  },
  'origin-not-right': {
    status: 403,
    title: 'This request did not come from our pages',
    whatToDo: 'Open the portal itself and do it there.',
  },
  'too-many-payments': {
    status: 429,
    title: 'Several payments were started just now',
    whatToDo: 'Wait ten minutes, or pay by bank transfer with the reference shown.',
  },
  'payment-under-way': {
    status: 409,
    title: 'A payment of these invoices is under way',
    whatToDo: 'Wait until it is confirmed; nothing needs to be paid again meanwhile.',
  },
  'payments-not-set-up': {
    status: 409,
    title: 'Online payment is not offered here',
    whatToDo: 'Pay by bank transfer with the reference shown.',
  },
  'checkout-refused': {
    status: 422,
    title: 'This payment cannot be made online',
    whatToDo: 'Pay by bank transfer with the reference shown, or write to us.',
  },
  'checkout-too-small': {
    status: 422,
    title: 'The sum is too small to be paid online',
    whatToDo: 'Choose more invoices, take off fewer credits, or pay by bank transfer.',
  },
  'checkout-too-large': {
    status: 422,
    title: 'The sum is too large to be paid online at once',
    whatToDo: 'Choose fewer invoices, or pay by bank transfer with the reference shown.',
  },
  'nothing-to-pay': {
    status: 409,
    title: 'Nothing is left to pay of this invoice',
    whatToDo: 'Load the page again; a payment may have come in meanwhile.',
  },
  'too-many-words': {
    status: 429,
    title: 'You have told us a lot today',
    whatToDo: 'Wait for our answer, or write to the address in our mails.',
  },
  'promise-not-possible': {
    status: 422,
    title: 'We cannot take this promise',
    whatToDo: 'Choose an earlier day or less, as the detail says, or write to us.',
  },
  'plan-asked': {
    status: 409,
    title: 'A payment plan is running, or was asked for already',
    whatToDo: 'Wait for our answer, or write to us: a person can change what was agreed or asked for.',
  },
  'plan-not-possible': {
    status: 422,
    title: 'We cannot take a payment plan like this',
    whatToDo:
      'Choose open invoices of one currency, and instalments on later and later days whose sum is what is open of them.',
  },
  'paper-not-ready': {
    status: 409,
    title: 'This paper cannot be made just now',
    whatToDo: 'Look at the page instead, or ask us for the paper with “ask a question”.',
  },
  'statement-too-long': {
    status: 422,
    title: 'There are more open invoices than this paper can hold',
    whatToDo: 'Load the statement as a sheet, or ask us for it with “ask a question”.',
  },
  'question-answered': {
    status: 409,
    title: 'This question was answered already',
    whatToDo: 'Load it again and read the answer; ask another question if something is missing.',
  },
  'not-a-contact': {
    status: 409,
    title: 'Your address is not among the contacts of this account',
    whatToDo: 'Propose yourself as a contact; we write in your language once somebody has confirmed it.',
  },
  'too-many-proposals': {
    status: 429,
    title: 'Several changes of contacts wait to be looked at',
    whatToDo: 'Wait until we have looked at them, or write to the address in our mails.',
  },
  'too-many-invited': {
    status: 429,
    title: 'No more people can be invited just now',
    whatToDo: 'End an invitation that is not needed any more, or try again tomorrow.',
  },
  'payment-differs': {
    status: 409,
    title: 'What the payment provider took is not what was started here',
    whatToDo: 'Compare the payment at the provider with the checkout named, and enter the receipt by hand.',
  },
  'signature-not-right': {
    status: 400,
    title: 'The message is not signed by the payment provider',
    whatToDo: 'Check the secret of the webhook; the provider sends the message again.',
  },
  'event-not-readable': {
    status: 400,
    title: 'The message is no event of the payment provider',
    whatToDo: 'Check the address the webhook is set up with.',
  },
  'event-of-other-account': {
    status: 400,
    title: 'The event is of another account, or of the other mode',
    whatToDo:
      'Test events go where the test key is set, live events where the live key is; check the webhook.',
  },
  'signature-used': {
    status: 409,
    title: 'This delivery was taken in before',
    whatToDo: 'Nothing: the provider signs each delivery anew, and what was sent is kept.',
  },
  'payment-account-unknown': {
    status: 404,
    title: 'There is no such payment account',
    whatToDo: 'Check the address the webhook is set up with.',
  },
} as const;
