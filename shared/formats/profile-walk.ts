/**
 * Layouts of invoice data that the walk reads: a series of snapshots, and three exports of closed, open and raw
 * invoices as courses on payment dates use them. Only the names of their columns are known here.
 * From: the walk's files. Next: `profile-list.ts`. A blank currency is US dollars by declaration.
 */
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { notationOf } from '../domain/mapping-profile-notation.ts';
import { template } from './profile-template.ts';

const plain = notationOf('plain');
const walk = { ...template, version: 1, ...(plain.ok && { notation: plain.value }) };
const dollarsIfBlank = (column: string) => ({ columns: [column], otherwise: 'USD' });

/** Number is the document's own, else that of the row. */
const snapshotSeries: MappingProfile = {
  ...walk,
  name: 'walk-snapshot-series',
  file: 'snapshot',
  record: 'document',
  recognisedBy: [
    ['number', 'account', 'posting_date', 'due_date', 'open_amount'],
    ['doc_id', 'row_id', 'account', 'posting_date', 'due_date', 'open_amount'],
  ],
  fields: {
    number: { columns: ['number', 'doc_id', 'row_id'] },
    account: { columns: ['account'] },
    accountName: { columns: ['name'] },
    postingDate: { columns: ['posting_date'] },
    dueDate: { columns: ['due_date'] },
    currency: dollarsIfBlank('currency'),
    openAmount: { columns: ['open_amount'] },
  },
};

/** Twins that have a number of their own are one item; without one each row is its own item. */
const closedInvoices: MappingProfile = {
  ...walk,
  name: 'walk-closed-invoices',
  file: 'closedItems',
  record: 'closedItem',
  recognisedBy: [
    ['row_id', 'cust_number', 'posting_date_est', 'due_in_date', 'clear_date', 'total_open_amount'],
  ],
  fields: {
    number: { columns: ['doc_id', 'row_id'] },
    account: { columns: ['cust_number'] },
    accountName: { columns: ['name_customer'] },
    documentDate: { columns: ['posting_date_est'] },
    dueDate: { columns: ['due_in_date'] },
    clearedDate: { columns: ['clear_date'] },
    currency: dollarsIfBlank('currency_inferred'),
    originalAmount: { columns: ['total_open_amount'] },
  },
};

const openInvoices: MappingProfile = {
  ...walk,
  name: 'walk-open-invoices',
  file: 'snapshot',
  record: 'document',
  recognisedBy: [['source_row', 'cust_number', 'doc_id', 'posting_date', 'due_in_date', 'total_open_amount']],
  fields: {
    number: { columns: ['doc_id', 'source_row'] },
    account: { columns: ['cust_number'] },
    accountName: { columns: ['name_customer'] },
    postingDate: { columns: ['posting_date'] },
    dueDate: { columns: ['due_in_date'] },
    currency: dollarsIfBlank('currency_inferred'),
    openAmount: { columns: ['total_open_amount'] },
  },
};

/** Each column has its own notation of days; numbers cut down to `1.9e+09` are refused row by row. */
const rawInvoices: MappingProfile = {
  ...walk,
  name: 'walk-raw-invoices',
  file: 'closedItems',
  record: 'byClearedDate',
  recognisedBy: [['cust_number', 'clear_date', 'doc_id', 'posting_date', 'document type', 'isOpen']],
  kinds: { rv: 'invoice' },
  fields: {
    number: { columns: ['doc_id'] },
    account: { columns: ['cust_number'] },
    accountName: { columns: ['name_customer'] },
    type: { columns: ['document type'] },
    postingDate: { columns: ['posting_date'], days: ['YYYY-MM-DD', 'DD-MM-YYYY'] },
    dueDate: { columns: ['due_in_date'], days: ['YYYYMMDD', 'YYYYMMDD.0'] },
    clearedDate: {
      columns: ['clear_date'],
      days: ['YYYY-MM-DD 00:00:00', 'DD-MM-YYYY 00:00'],
    },
    currency: { columns: ['invoice_currency'] },
    originalAmount: { columns: ['total_open_amount'] },
  },
};

export const walkProfiles = [snapshotSeries, closedInvoices, openInvoices, rawInvoices] as const;
