/**
 * Problems of typing documents in, and of files beside items.
 * From: refusals of the entry and attachment workflows. Next: the one table of `problems.ts`.
 */
const text = (status: number, title: string, whatToDo: string) => ({ status, title, whatToDo });

export const entryProblems = {
  'number-taken': text(
    409,
    'A document of this number is there already',
    'Look at it: if it is the same, nothing is to be done; if not, correct the number.',
  ),
  'number-being-posted': text(
    409,
    'A document of this number is being posted to another account right now',
    'Look which of the two accounts it belongs to; if it is this one, send it again.',
  ),
  'document-day-not-possible': text(
    422,
    'This day is not possible for a document',
    'Correct the day: issued at most ten years ago, posted by today, due within three years.',
  ),
  'due-before-document': text(
    422,
    'The document is due before it was issued',
    'Correct the day of issue or the due day.',
  ),
  'due-date-missing': text(422, 'Nothing says when it is due', 'Give a due day or a code of payment terms.'),
  'tax-mismatch': text(
    422,
    'Net, tax and gross do not agree',
    'Correct the amount that is wrong; gross is net and tax together.',
  ),
  'discount-not-possible': text(
    422,
    'These discounts are not possible',
    'Each discount is smaller and ends later than the one before, and none ends before the document is issued.',
  ),
  'enter-in-erp': text(
    409,
    'The book of this company is kept in its ERP',
    'Enter the document there; it comes here with the next file.',
  ),
  'not-typed-in': text(
    409,
    'This document was not typed in here',
    'Only its own source takes it back: have it cancelled or credited there.',
  ),
  'entry-used': text(
    409,
    'This document has been used since',
    'Take back what settled it first, or credit it with a credit note.',
  ),
  'entry-not-waiting': text(
    409,
    'This entry has been decided already',
    'Look at it: it was posted or dropped by somebody.',
  ),
  'payment-perhaps-known': text(
    409,
    'This money may be here already',
    'Compare it with the receipt named; if it is another payment, say so (`isAnother`) and send it again.',
  ),
  'payment-day-not-possible': text(
    422,
    'This day is not possible for a payment',
    'Correct the day: money that was received came by today and at most ten years ago.',
  ),
  'payment-reference-missing': text(
    422,
    'Nothing says how the bank or the cheque names this payment',
    "Give its reference: by it the bank's own line is known as the same money.",
  ),
  'payment-lines-exceed': text(
    422,
    'The documents come to more than was paid',
    'Correct the amounts; of a document that is paid in part give what is paid.',
  ),
  'payment-used': text(
    409,
    'This payment has been used since',
    'A bank line, a feed, an advice or a return knows it: record what is wrong as a return or divide it anew.',
  ),
  'paper-not-readable': text(
    422,
    'This is no paper that can be kept',
    'Send a PDF, PNG or JPEG as its program saved it, whole and with nothing added.',
  ),
  'too-many-attachments': text(
    409,
    'There are as many papers beside this document as can be',
    'Put those that belong together into one file.',
  ),
  'paper-key-missing': text(
    422,
    'Nothing says which document this paper belongs to',
    'Give type and number of the document, or call the file like `invoice_4711.pdf`.',
  ),
} as const;
