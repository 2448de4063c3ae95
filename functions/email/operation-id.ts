/**
 * The name under which a mail is handed over, and what a missing answer allows under it.
 * From: hashes of what a mail is. Next: the mail service, which remembers an operation for five minutes.
 */

/** Whoever posted it may still be at it: a message is locked no longer than this. */
export const handsOffSeconds = 60;
/** Stays away from the end of the service's memory. */
export const sameAgainSeconds = 240;

/** The shape of a UUID of version 8, which is made of whatever one likes. */
export const uuidOf = (hash: string): string =>
  [
    ...[hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`],
    hash.slice(20, 32),
  ].join('-');
