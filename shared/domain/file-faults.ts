/**
 * What the readers of files call the faults a row is taken with, in the words of `held-faults.ts`.
 * From: rows of tables and e-invoices. Next: the account holds delivery and chasing of such a document (R16).
 */
import type { HeldFault } from './held-faults.ts';

const words: Readonly<Record<string, HeldFault>> = {
  'missing-purchase-order': 'po-missing',
  'tax-mismatch': 'tax-differs',
  'price-differs-from-order': 'price-differs',
  'due-date-not-by-terms': 'due-date-differs',
  'due-date-terms-mismatch': 'due-date-differs',
  'due-before-document': 'due-date-differs',
  'missing-attachment': 'attachment-missing',
};

/** Those that hold nothing keep their own word. */
export const faultsInWords = (faults: readonly string[]): string[] => [
  ...new Set(faults.map((fault) => words[fault] ?? fault)),
];
