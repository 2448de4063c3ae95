/**
 * Faults of a document that is posted all the same, with delivery and chasing held until somebody has looked.
 * From: the row of a file, what the checks of the file found, the master data of its account. Next: `faults` of the
 * item; the gate and the worklist read them. What makes a row unreadable, a duplicate or of no known currency
 * is refused before and never comes here (R16).
 */
import type { DocumentRow } from './feed-rows.ts';
import type { MasterData } from './master-data.ts';
import { dueUnder, termsFromCode } from './terms.ts';

/** Each with the words a person reads. */
export const heldFaults = {
  'po-missing': 'The customer wants a purchase order on every invoice; this one has none.',
  'bill-to-differs': 'The name or tax number billed is not the one of the customer.',
  'price-differs': 'The price is not the one of the order.',
  'tax-differs': 'Net, tax and gross do not agree.',
  'due-date-differs': 'The due date is not what the terms say.',
  'zero-total': 'The document comes to nothing.',
  'customer-closed': 'The customer is closed.',
  'attachment-missing': 'A paper the customer asks for is missing.',
  'source-row-refused': 'The newest row of this item could not be read; it stays as it was.',
} as const;
export type HeldFault = keyof typeof heldFaults;

export const isHeldFault = (text: string): text is HeldFault => Object.hasOwn(heldFaults, text);

/** All that is wrong with a row, each once, in the order of the list above. */
export const heldFaultsOf = (row: DocumentRow, master: MasterData | undefined): HeldFault[] => {
  const found = new Set<string>([...row.faults, ...(isBill(row) ? faultsAgainst(row, master) : [])]);
  return (Object.keys(heldFaults) as HeldFault[]).filter((fault) => found.has(fault));
};

/** Credits, payments and what was deducted are not sent to be paid. */
const isBill = ({ kind }: DocumentRow): boolean => kind === 'invoice' || kind === 'debitNote';

const faultsAgainst = (row: DocumentRow, master: MasterData = {}): HeldFault[] => [
  ...(row.original === 0 ? (['zero-total'] as const) : []),
  ...(master.requiresPurchaseOrder && !row.references.purchaseOrder ? (['po-missing'] as const) : []),
  ...(isOtherName(row.accountName, nameOf(master)) ? (['bill-to-differs'] as const) : []),
  ...(isOtherDue(row, master.termsCode) ? (['due-date-differs'] as const) : []),
  ...(master.isClosed ? (['customer-closed'] as const) : []),
];

/** What the customer is called, as far as somebody said so who knows. */
const nameOf = ({ name, nameFrom, confirmed }: MasterData): string | undefined =>
  nameFrom === 'customers' || confirmed?.includes('name') ? name : undefined;

/** Capitals, spaces and punctuation do not make another name; without both names nothing is said. */
const isOtherName = (billed: string | undefined, known: string | undefined): boolean =>
  billed !== undefined && known !== undefined && bareName(billed) !== bareName(known);

const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const isOtherDue = ({ documentOn, dueOn }: DocumentRow, termsCode: string | undefined): boolean => {
  if (termsCode === undefined) return false;
  const terms = termsFromCode(termsCode);
  return terms.ok && dueUnder(terms.value, documentOn).dueOn !== dueOn;
};
