/**
 * Handing a mail to the mail service, once: the operation id is what both sides know it by.
 * From: the mail workflow, after the claim. Next: `shared/azure/acs-mailer.ts`, in memory `tests/support/memory`.
 */
import type { Mail } from '../domain/mail.ts';

export type HandOver =
  | { is: 'accepted' }
  /** It will never be taken as it is: `code` is the service's own. */
  | { is: 'refused'; code: string; detail: string }
  /** Not taken: nothing goes before this instant (ISO). `why`: code of a fault of ours, where it is no limit. */
  | { is: 'quota'; until: string; why?: string }
  /** Nobody knows whether it was taken. */
  | { is: 'unknown'; detail: string };

export type OperationStatus =
  | { is: 'accepted' }
  /** Taken and then dropped by the service: nobody got it. */
  | { is: 'failed'; code: string }
  | { is: 'not-found' }
  | { is: 'unknown'; detail: string };

export interface Mailer {
  /** One try, never repeated by itself. It does not throw for what the service or the network does. */
  send(operationId: string, mail: Mail): Promise<HandOver>;
  /** What the service knows of an operation. */
  status(operationId: string): Promise<OperationStatus>;
}
