/**
 * What the service says no with: a status, a substatus, a code word and a sentence.
 * From: the store and the HTTP parts throw it. Next: `http/answers.ts` writes it as the service does;
 * a batch turns it into the outcome of one operation.
 */
export const codeWords: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  424: 'FailedDependency',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

/** Substatus codes the SDK or the product looks at. */
export const substatus = {
  none: 0,
  keyMismatch: 1001,
  parentNotFound: 1003,
  notServableAcrossPartitions: 1004,
  conditionNotMet: 1110,
  throttled: 3200,
  managementRefused: 5300,
  rightMissing: 5302,
} as const;

export class Refusal extends Error {
  readonly status: number;
  readonly substatus: number;
  /** More members of the error body, such as `additionalErrorInfo`. */
  readonly extra: Record<string, string>;
  constructor(status: number, message: string, sub: number = substatus.none, extra = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.substatus = sub;
    this.extra = extra;
  }
}

export const badRequest = (message: string, sub?: number): Refusal => new Refusal(400, message, sub);

export const notFound = (what: string): Refusal =>
  new Refusal(404, `Entity with the specified id does not exist in the system: ${what}`);

/** The parent container or database is not there (substatus 1003). */
export const parentNotFound = (what: string): Refusal =>
  new Refusal(404, `Owner resource does not exist: ${what}`, substatus.parentNotFound);
