/**
 * Dunwell's own template for invoices, as a clerk fills it in; its notation is declared at upload.
 * From: the template handed out for download. Next: `profile-list.ts`.
 */
import type { MappingProfile } from '../domain/mapping-profile.ts';
import { template } from './profile-template.ts';

export const dunwellInvoices: MappingProfile = {
  ...template,
  name: 'dunwell-invoices',
  version: 1,
  file: 'invoices',
  record: 'document',
  recognisedBy: [['invoice_number', 'customer_number', 'issue_date', 'currency', 'amount']],
  fields: {
    number: { columns: ['invoice_number'] },
    account: { columns: ['customer_number'] },
    accountName: { columns: ['customer_name'] },
    documentDate: { columns: ['issue_date'] },
    dueDate: { columns: ['due_date'] },
    terms: { columns: ['terms'] },
    type: { columns: ['document_type'] },
    currency: { columns: ['currency'] },
    originalAmount: { columns: ['amount'] },
    openAmount: { columns: ['open_amount'] },
    netAmount: { columns: ['net_amount'] },
    taxAmount: { columns: ['tax_amount'] },
    orderAmount: { columns: ['order_amount'] },
    purchaseOrder: { columns: ['po_number'] },
    contactEmail: { columns: ['contact_email'] },
    attachment: { columns: ['attachment'] },
  },
};
