/**
 * The full templates: every field of every feed shape and of the other files, one column each, named alike.
 * From: `sameNamed` (`dueDate` is read from `due_date`). Next: `profile-list.ts`; a source that can write these
 * needs no profile of its own. Their notation is declared at upload.
 */
import type { MappingProfile, RecordKind } from '../domain/mapping-profile.ts';
import type { FileKind } from '../domain/imports.ts';
import { sameNamed, template } from './profile-template.ts';

const documentFields = [
  ...['account', 'accountName', 'contactEmail', 'type', 'number', 'fiscalYear', 'part', 'originalNumber'],
  ...['documentDate', 'postingDate', 'dueDate', 'terms', 'currency', 'originalAmount', 'openAmount'],
  ...['taxAmount', 'netAmount', 'orderAmount', 'purchaseOrder', 'order', 'delivery', 'text'],
  ...['discountPercent1', 'discountUntil1', 'discountPercent2', 'discountUntil2'],
  ...['discountPercent3', 'discountUntil3', 'soldTo', 'shipTo', 'site', 'salesOwner', 'method', 'assignedTo'],
  ...['insured', 'intercompany', 'retentionAmount', 'retentionRelease', 'apStatus', 'attachment'],
];
const news = ['change', 'changedAt', 'clearedDate', 'clearingDocument', 'clearedBy'];
const receiptFields = [
  ...['receiptId', 'valueDate', 'amount', 'bankReference', 'structuredReference'],
  ...['payerName', 'payerBankAccount', 'reverses'],
];
const allocationFields = ['fromId', 'discount', 'difference', 'reasonCode', 'claimNumber', 'isReversal'];

const generic = (
  name: string,
  file: FileKind,
  record: RecordKind | 'byRecordField',
  recognisedBy: readonly string[],
  fields: readonly string[],
): MappingProfile => ({
  ...template,
  name: `generic-${name}`,
  version: 1,
  file,
  record,
  recognisedBy: [recognisedBy],
  fields: {
    ...sameNamed(...fields),
    ...(fields.includes('terms') && { erpBlock: { columns: ['dispute_code', 'dunning_block'] } }),
  },
});

const snapshotColumns = ['number', 'account', 'document_date', 'currency', 'open_amount'];

export const genericProfiles: readonly MappingProfile[] = [
  generic('snapshot', 'snapshot', 'document', snapshotColumns, documentFields),
  generic(
    'delta',
    'delta',
    'delta',
    ['number', 'account', 'document_date', 'currency', 'change', 'changed_at'],
    [...documentFields, ...news],
  ),
  generic(
    'journal',
    'journal',
    'byRecordField',
    ['record', 'account', 'currency'],
    ['record', ...documentFields, ...receiptFields, ...allocationFields],
  ),
  generic(
    'bank-statement',
    'bankStatement',
    'bankLine',
    ['posting_date', 'account', 'currency', 'amount', 'text'],
    [
      ...['account', 'postingDate', 'valueDate', 'currency', 'amount', 'balance', 'bankReference'],
      ...['structuredReference', 'text', 'payerName', 'payerBankAccount'],
    ],
  ),
  generic(
    'remittance',
    'remittance',
    'allocation',
    ['from_id', 'number', 'currency', 'amount', 'posting_date'],
    [
      ...['account', 'type', 'number', 'fiscalYear', 'part', 'currency', 'amount', 'postingDate'],
      ...allocationFields,
    ],
  ),
  generic(
    'closed-items',
    'closedItems',
    'closedItem',
    ['number', 'account', 'document_date', 'currency', 'original_amount', 'cleared_date'],
    [...documentFields, 'clearedDate', 'clearingDocument'],
  ),
  generic(
    'customers',
    'customers',
    'customer',
    ['account', 'account_name', 'country'],
    [
      ...['account', 'accountName', 'address', 'country', 'taxId', 'terms', 'currency', 'creditLimit'],
      ...['segment', 'language', 'parent', 'salesOwner', 'closed', 'purchaseOrderRequired'],
      ...['postalCode', 'city', 'ledgerAccount', 'contactEmail'],
    ],
  ),
  generic(
    'contacts',
    'contacts',
    'contact',
    ['account', 'name', 'contact_email'],
    ['account', 'name', 'contactEmail', 'phone', 'role', 'language'],
  ),
  generic(
    'sales',
    'sales',
    'sales',
    ['from', 'to', 'currency', 'gross'],
    ['from', 'to', 'currency', 'account', 'gross', 'net', 'creditNotes'],
  ),
  generic(
    'order-holds',
    'orderHolds',
    'orderHold',
    ['account', 'order', 'held_date'],
    ['account', 'order', 'currency', 'amount', 'heldDate', 'reason'],
  ),
  generic(
    'ap-status',
    'apStatus',
    'apStatus',
    ['account', 'number', 'status', 'status_date'],
    ['account', 'number', 'fiscalYear', 'part', 'status', 'statusDate', 'payDate'],
  ),
  generic(
    'exchange-rates',
    'exchangeRates',
    'exchangeRate',
    ['from_currency', 'to_currency', 'rate_date', 'rate'],
    ['fromCurrency', 'toCurrency', 'rateDate', 'rate'],
  ),
];
