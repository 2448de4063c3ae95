/**
 * What the broker refuses, in the service's own words and condition names.
 * From: `core/`. Next: `amqp/` puts condition and description on the wire; the SDK makes its error codes of them.
 */
export class BusError extends Error {
  readonly condition: string;
  /** The status code of a `$management` answer. */
  readonly status: number;
  constructor(condition: string, status: number, description: string) {
    super(description);
    this.name = 'BusError';
    this.condition = condition;
    this.status = status;
  }
}

export const messageLockLost = () =>
  new BusError(
    'com.microsoft:message-lock-lost',
    410,
    'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.',
  );

export const sessionLockLost = (sessionId: string) =>
  new BusError(
    'com.microsoft:session-lock-lost',
    410,
    `The session lock has expired on the session with id ${sessionId}. Accept a new session.`,
  );

export const sessionCannotBeLocked = (sessionId: string) =>
  new BusError(
    'com.microsoft:session-cannot-be-locked',
    410,
    `The requested session '${sessionId}' cannot be accepted. It may be locked by another receiver.`,
  );

export const sessionTimeout = () =>
  new BusError(
    'com.microsoft:timeout',
    408,
    'The operation did not complete within the allotted timeout: no session with messages became available.',
  );

export const messageNotFound = (sequence: number) =>
  new BusError(
    'com.microsoft:message-not-found',
    404,
    `The message with sequence number ${sequence} could not be found.`,
  );

export const entityNotFound = (path: string) =>
  new BusError(
    'amqp:not-found',
    404,
    `The messaging entity '${path}' could not be found. Entities come from infra/topology.json only.`,
  );

export const notAllowed = (description: string) => new BusError('amqp:not-allowed', 400, description);

export const argumentError = (description: string) =>
  new BusError('com.microsoft:argument-error', 400, description);

export const notImplemented = (description: string) => new BusError('amqp:not-implemented', 501, description);

export const unauthorized = (description: string) =>
  new BusError('amqp:unauthorized-access', 401, description);

export const serverBusy = () =>
  new BusError(
    'com.microsoft:server-busy',
    503,
    'The request was terminated because the entity is being throttled. Please wait and try again.',
  );

export const unavailable = () =>
  new BusError('com.microsoft:timeout', 500, 'The service was unable to process the request; please retry.');
