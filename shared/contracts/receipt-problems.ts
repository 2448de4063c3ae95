/**
 * The problems of receipts, portions, exchange, short payments and refunds.
 * From: refusals of `shared/domain/receipt.ts` and its neighbours. Next: the one table in `problems.ts`.
 */

export const receiptProblems = {
  'receipt-not-found': {
    status: 404,
    title: 'There is no such receipt',
    whatToDo: 'Check its id; it may belong to another company.',
  },
  'receipt-differs': {
    status: 409,
    title: 'This receipt came before with other content',
    whatToDo: 'Compare both at the bank; send what is new under an id of its own.',
  },
  'payment-out-unknown': {
    status: 422,
    title: 'Money went out, and nothing says of which receipt it was',
    whatToDo: 'Find the receipt it reverses or the refund it pays, and record the return there.',
  },
  'advice-amount-not-positive': {
    status: 422,
    title: 'A remittance advice comes to more than nothing',
    whatToDo: 'Check the signs of its lines; where credits take all of it, no money is to come for it.',
  },
  'advice-differs': {
    status: 409,
    title: 'The money of this advice came and was divided by it as it was told before',
    whatToDo: 'Compare both tellings; divide the receipt by hand where the new one is right.',
  },
  'receipt-amount-not-positive': {
    status: 422,
    title: 'A receipt is of more than nothing',
    whatToDo: 'Correct the amount. Money that goes out is a refund or a chargeback of its receipt.',
  },
  'portion-not-positive': {
    status: 422,
    title: 'A portion of a receipt is of more than nothing',
    whatToDo: 'Correct the amounts; a credit is allocated in its account, not by a receipt.',
  },
  'portion-twice': {
    status: 422,
    title: 'The same item is there twice in one reservation',
    whatToDo: 'Add the amounts for the item up and send it again.',
  },
  'portions-exceed-receipt': {
    status: 409,
    title: 'The receipt does not hold that much any more',
    whatToDo: 'Load the receipt again and allocate no more than is free.',
  },
  'reservation-differs': {
    status: 409,
    title: 'This reservation was made with other portions',
    whatToDo: 'Load the receipt again; use a new reservation for other portions.',
  },
  'portion-unknown': {
    status: 404,
    title: 'The receipt has no such portion',
    whatToDo: 'Load the receipt again and use the id of one of its portions.',
  },
  'portion-gone': {
    status: 409,
    title: 'The portion was released or reversed',
    whatToDo: 'Load the receipt again and reserve a new portion if the money is still to go there.',
  },
  'portion-posted': {
    status: 409,
    title: 'The portion is posted already',
    whatToDo: 'Reverse it in the account; the receipt follows.',
  },
  'portion-not-posted': {
    status: 409,
    title: 'The portion is not posted',
    whatToDo: 'Release it instead, or load the receipt again.',
  },
  'refusal-of-another': {
    status: 409,
    title: "The account's refusal is of another portion",
    whatToDo: 'Send the refusal that the account recorded for this portion.',
  },
  'receipt-identified-otherwise': {
    status: 409,
    title: 'The receipt has another payer already',
    whatToDo: 'Load the receipt again; if the payer is wrong, move its portions instead.',
  },
  'exchange-rate-missing': {
    status: 422,
    title: 'There is no stored rate for these currencies and this day',
    whatToDo:
      "Load the exchange rates of the value day or of the seven days before, or pay an item of the receipt's currency.",
  },
  'exchange-rate-not-fitting': {
    status: 422,
    title: 'The rate is of other currencies or another day',
    whatToDo:
      "Use the stored rate of the receipt's value day, or of the seven days before, for just these two currencies.",
  },
  'exchange-too-far': {
    status: 422,
    title: 'What is settled lies too far off the rate',
    whatToDo: 'Correct the amount that is settled; the rest stays open or on account.',
  },
  'return-not-positive': {
    status: 422,
    title: 'Money that goes back is more than nothing',
    whatToDo: 'Correct the amount and send it again.',
  },
  'return-differs': {
    status: 409,
    title: 'This refund or chargeback was recorded with another amount',
    whatToDo: 'Load the receipt again; a new return needs an id of its own.',
  },
  'return-exceeds-receipt': {
    status: 409,
    title: 'More would go back than was received',
    whatToDo: 'Load the receipt again and ask for no more than is left of it.',
  },
  'return-still-applied': {
    status: 409,
    title: 'The money is applied to items',
    whatToDo: 'Reverse or release the portions it is in, then return it.',
  },
  'payment-not-short': {
    status: 422,
    title: 'The payment is not short of the item',
    whatToDo: 'Post it as it is; what is over the item stays on account.',
  },
  'limits-lack-currency': {
    status: 422,
    title: 'No limits are set for this currency',
    whatToDo: 'Ask your administrator to set the factor of this currency for the limits.',
  },
  'refund-details-unverified': {
    status: 409,
    title: "The payee's bank details are not verified",
    whatToDo: 'Have them released by another person; a day later they are in force. Then approve again.',
  },
  'refund-before-posting': {
    status: 409,
    title: 'The ERP does not have this money yet',
    whatToDo: 'Wait until its feed shows the receipt, then ask for the refund again.',
  },
  'refund-second-person': {
    status: 403,
    title: 'A refund needs a second person',
    whatToDo: 'Ask somebody other than the one who proposed it to approve.',
  },
  'refund-exceeds-credit': {
    status: 409,
    title: 'The refund is more than the credit',
    whatToDo: 'Load the account again and refund no more than the credit that is open.',
  },
} as const;
