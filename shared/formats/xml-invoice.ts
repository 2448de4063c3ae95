/**
 * Reads an e-invoice: bytes of UBL 2.1 (Peppol BIS 3, XRechnung) or CII (Factur-X, ZUGFeRD) to one document row.
 * From: an upload. Next: ingestion checks and posts the row. All or nothing: a document whose sums do not add up
 * or that lacks a mandatory term is refused with a code of `xml-refusal.ts`; what can be posted but must be held
 * stands in `row.faults` (`held-faults.ts`). What a person should know besides stands in `notes`:
 * `over-prepaid` (it leaves a credit), `discount-terms-unread`.
 * API: `readEInvoice(bytes, rules)`; where terms depend on the customer, `openEInvoice`, then `rowOfEInvoice`.
 */
import type { Outcome } from '../domain/outcome.ts';
import type { DocumentRow } from '../domain/feed-rows.ts';
import type { ItemKind } from '../domain/item.ts';
import { amountOf, negate, type AmountMinor } from '../domain/money.ts';
import type { PaymentTerms } from '../domain/terms.ts';
import { ciiContent, isCiiInvoice } from './cii-invoice.ts';
import { isUblInvoice, ublContent } from './ubl-invoice.ts';
import type { CustomerId, CustomerIdKind, InvoiceContent } from './xml-invoice-content.ts';
import { kindOfCode } from './xml-invoice-kinds.ts';
import { dueOf, type Due } from './xml-invoice-terms.ts';
import { checkTotals, isTaxPlausible } from './xml-invoice-totals.ts';
import { xmlRoot } from './xml-reader.ts';
import { refusing, stop, type FileRefusal } from './xml-refusal.ts';

export type EInvoiceRules = {
  /** Which id of the customer is the account's, first that is there; `defaultAccountFrom` when absent. */
  accountFrom?: readonly CustomerIdKind[];
  /** Turns the candidates into an account, where ids are mapped; goes before `accountFrom`. */
  accountOf?: (candidates: readonly CustomerId[]) => string | undefined;
  /** Terms where the document has neither a due day nor terms that are a code. */
  companyTerms?: PaymentTerms;
  needsPurchaseOrder?: boolean;
  needsAttachment?: boolean;
  /** Row number it gets; 1 when absent. */
  row?: number;
};

export type EInvoice = {
  row: DocumentRow;
  content: InvoiceContent;
  candidates: readonly CustomerId[];
  dueFrom: Due['dueFrom'];
  lineCount: number;
  notes: readonly string[];
};

/** The customer number we gave, else the number the buyer is known by. */
export const defaultAccountFrom: readonly CustomerIdKind[] = ['supplierAssignedId', 'buyerId'];

/** Reads one e-invoice; `xml-refusal.ts` names every code. */
export const readEInvoice = (bytes: Uint8Array, rules: EInvoiceRules): Outcome<EInvoice, FileRefusal> => {
  const opened = openEInvoice(bytes, rules);
  return opened.ok ? rowOfEInvoice(opened.value, rules) : opened;
};

/** What a document says, its sums proved, and whose account it is on. */
export type OpenedEInvoice = { content: InvoiceContent; accountId: string };

export const openEInvoice = (
  bytes: Uint8Array,
  rules: Pick<EInvoiceRules, 'accountFrom' | 'accountOf'>,
): Outcome<OpenedEInvoice, FileRefusal> =>
  refusing(() => {
    const root = xmlRoot(bytes);
    const content = isUblInvoice(root)
      ? ublContent(root)
      : isCiiInvoice(root)
        ? ciiContent(root)
        : stop('unknown-format', `"${root.name}" in "${root.space}" is no invoice that is read`);
    checkTotals(content);
    return { content, accountId: accountOf(content.customerIds, rules) };
  });

export const rowOfEInvoice = (
  opened: OpenedEInvoice,
  rules: Omit<EInvoiceRules, 'accountFrom' | 'accountOf'>,
): Outcome<EInvoice, FileRefusal> => refusing(() => invoiceOf(opened, rules));

const invoiceOf = ({ content, accountId }: OpenedEInvoice, rules: EInvoiceRules): EInvoice => {
  const due = dueOf(content, rules.companyTerms);
  const money = moneyOf(content);
  const row: DocumentRow = {
    row: rules.row ?? 1,
    accountId,
    ...(content.customerName === undefined ? {} : { accountName: content.customerName }),
    ...(content.contactEmail === undefined ? {} : { contactEmail: content.contactEmail }),
    kind: money.kind,
    number: content.number,
    part: '1',
    ...(content.references.preceding[0] === undefined
      ? {}
      : { originalNumber: content.references.preceding[0] }),
    documentOn: content.documentOn,
    postedOn: content.documentOn,
    dueOn: due.dueOn,
    currency: content.currency,
    original: money.original,
    open: money.open,
    ...(content.totals.tax === undefined ? {} : { tax: money.signed(content.totals.tax) }),
    discountTiers: due.discountTiers,
    parties: content.shipTo === undefined ? {} : { shipTo: content.shipTo },
    references: itemReferences(content),
    ...(content.paymentMeans === undefined ? {} : { method: content.paymentMeans }),
    isInsured: false,
    isIntercompany: false,
    faults: [...due.faults, ...money.faults, ...faultsOf(content, rules)],
  };
  return {
    row,
    content,
    candidates: content.customerIds,
    dueFrom: due.dueFrom,
    lineCount: content.lineAmounts.length,
    notes: [...due.notes, ...money.notes],
  };
};

const accountOf = (
  candidates: readonly CustomerId[],
  rules: Pick<EInvoiceRules, 'accountFrom' | 'accountOf'>,
): string => {
  const kinds = rules.accountFrom ?? defaultAccountFrom;
  const byKind = kinds.flatMap((kind) => candidates.filter((candidate) => candidate.kind === kind));
  const accountId = rules.accountOf?.(candidates) ?? byKind[0]?.value;
  return accountId ?? stop('missing-account', `no id of the customer of the kinds ${kinds.join(', ')}`);
};

type Money = {
  kind: ItemKind;
  original: AmountMinor;
  open: AmountMinor;
  signed: (amount: AmountMinor) => AmountMinor;
  faults: string[];
  notes: string[];
};

/**
 * Signed from the debit side. What is over-prepaid leaves a credit: original and open are what is owed back,
 * for an open amount lies between nothing and its original. A negative invoice is a credit note.
 */
const moneyOf = (content: InvoiceContent): Money => {
  const { totals } = content;
  const declared = kindOfCode(content.typeCode);
  const isCredit = content.isCreditNote || declared === 'creditNote';
  const signed = (amount: AmountMinor): AmountMinor => (isCredit ? negate(amount) : amount);
  const open = signed(totals.payable);
  const gross = signed(amountOf(totals.payable + totals.prepaid));
  const isCrossed = (open > 0 && gross < 0) || (open < 0 && gross > 0) || Math.abs(open) > Math.abs(gross);
  const original = isCrossed ? open : gross;
  const kind =
    original < 0 ? 'creditNote' : declared === 'creditNote' && original > 0 ? 'debitNote' : declared;
  const faults = gross === 0 ? ['zero-total'] : [];
  const notes = isCrossed ? ['over-prepaid'] : [];
  return { kind: isCredit && original === 0 ? 'creditNote' : kind, original, open, signed, faults, notes };
};

const faultsOf = (content: InvoiceContent, rules: EInvoiceRules): string[] => [
  ...(isTaxPlausible(content) ? [] : ['tax-differs']),
  ...(rules.needsPurchaseOrder === true && content.references.purchaseOrder === undefined
    ? ['po-missing']
    : []),
  ...(rules.needsAttachment === true && content.attachments.length === 0 ? ['attachment-missing'] : []),
];

const itemReferences = ({ references }: InvoiceContent): DocumentRow['references'] => {
  const text = references.contract ?? references.buyerReference;
  return {
    ...(references.purchaseOrder === undefined ? {} : { purchaseOrder: references.purchaseOrder }),
    ...(references.salesOrder === undefined ? {} : { order: references.salesOrder }),
    ...(references.delivery === undefined ? {} : { delivery: references.delivery }),
    ...(text === undefined ? {} : { text }),
  };
};
