/**
 * Problems of uploads and imports. What is wrong with single rows is told per row and is no problem of the file.
 * From: refusals of ingestion and of the readers in `shared/formats`. Next: the one table of `problems.ts`.
 */
const text = (status: number, title: string, whatToDo: string) => ({ status, title, whatToDo });

export const importProblems = {
  'as-of-missing': text(
    422,
    'A snapshot has to say as of when it is',
    'Send `asOf`, the instant it was extracted.',
  ),
  'too-many-uploads': text(
    429,
    'You have sent as much as is taken in a day',
    'Go on tomorrow, or have the source sent as a feed.',
  ),
  'upload-not-open': text(
    409,
    'This upload takes no more blocks',
    'Look at the import: it was committed or refused.',
  ),
  'blocks-missing': text(
    409,
    'Blocks of this upload are missing',
    'Send the blocks named, then commit again.',
  ),
  'upload-differs': text(
    409,
    'What arrived is not what was announced',
    'Send all blocks again; size and SHA-256 must be those of the file.',
  ),
  'file-kind-not-read': text(
    422,
    'This kind of file is not read in this format',
    'Choose the kind and format that the file has.',
  ),
  'profile-unknown': text(
    422,
    'No layout is known for this file',
    'Name a mapping profile, or make one for these columns, and send the file again.',
  ),
  'profile-unclear': text(
    422,
    'More than one layout fits this file',
    'Name the mapping profile to use and send it again.',
  ),
  'unknown-locale': text(422, 'This locale is not known', 'Choose one of the locales listed.'),
  'locale-needed': text(
    422,
    'How numbers and days are written is not declared',
    'Declare the locale of the source, or its notation in the mapping profile.',
  ),
  'column-missing': text(
    422,
    'A column of the layout is missing',
    'Send the file with it, or change the mapping profile.',
  ),
  'control-total-mismatch': text(
    422,
    'The file does not add up to what was declared',
    'Extract it again: rows or amounts are missing or doubled. Nothing of it was posted.',
  ),
  'file-not-readable': text(
    422,
    'This file can not be read',
    'See the detail; export it again in the format it is said to have. Nothing of it was posted.',
  ),
  'unsafe-xml': text(
    422,
    'The XML holds what is never read',
    'Export it without DOCTYPE and entities. Nothing of it was posted.',
  ),
  'file-too-large': text(
    422,
    'The file is larger than is read in this format',
    'Split it, or send it as CSV.',
  ),
  'row-not-open': text(
    409,
    'This row was corrected or dropped before',
    'Look at what became of it; send what is new as a new document.',
  ),
  'conflicting-duplicate': text(
    409,
    'The same document is there with other content',
    'Find out which is right; both are held until then.',
  ),
  'row-outside-scope': text(
    422,
    'The row lies outside of what the file says to be about',
    'Declare the scope the file has, or extract it for the scope declared.',
  ),
  'unknown-customer': text(422, 'There is no such customer', 'Check the number, or load the customer first.'),
  'batch-out-of-balance': text(
    422,
    'The batch does not add up to its total',
    'Correct an item or the total; nothing of it was posted.',
  ),
} as const;
