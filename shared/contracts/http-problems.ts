/**
 * Problems of a request itself, before anything decides about it.
 * From: the HTTP wrappers of `shared/edge`. Next: the one table of `problems.ts`.
 */
export const httpProblems = {
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take this method',
    whatToDo: 'Use one of the methods named in the header Allow.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is larger than this address takes',
    whatToDo: 'Send less at once; files go up in blocks.',
  },
  'body-type-not-right': {
    status: 415,
    title: 'The body is of a type this address does not take',
    whatToDo: 'Send the content type named in the detail.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'The change does not name itself',
    whatToDo: 'Send an Idempotency-Key header, new for each change and the same when you repeat one.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key belongs to another request',
    whatToDo: 'Send the change under a new key.',
  },
  'request-in-progress': {
    status: 409,
    title: 'The same request is being worked on',
    whatToDo: 'Wait for the seconds named in Retry-After and send it again with the same key.',
  },
  'too-many-calls': {
    status: 429,
    title: 'You have asked more than one person may at once',
    whatToDo: 'Wait for the seconds named in Retry-After and send it again.',
  },
  'export-running': {
    status: 409,
    title: 'Another export of yours is running',
    whatToDo: 'Wait until it has come, then ask for this one; exports run one at a time.',
  },
  'field-not-allowed': {
    status: 403,
    title: 'Your role may not change this field',
    whatToDo: 'Leave the field out, or ask somebody whose role includes it.',
  },
} as const;
