/**
 * Imports as tests begin with them.
 */
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';

export const importThat = (more: Partial<ImportDocument> = {}): ImportDocument => ({
  companyId: 'acme',
  importId: 'imp-1',
  kind: 'invoices',
  format: 'csv',
  source: 'erp',
  fileName: 'invoices.csv',
  bytes: 100,
  sha256: 'ab'.repeat(32),
  scope: {},
  declared: {},
  state: 'receiving',
  buckets: 1,
  progress: { phase: 'receive', bytesRead: 0, step: 0, bucketsDone: 0, partsSent: 0 },
  counts: { rows: 0, accepted: 0, rejected: 0, repeated: 0 },
  rejectedBy: {},
  sums: {},
  unreadableKeys: 0,
  by: 'tenant:person',
  receivedAt: '2026-11-22T10:00:00Z',
  changedAt: '2026-11-22T10:00:00Z',
  ...more,
});

export const rejectedThat = (row: number, more: Partial<RejectedRow> = {}): RejectedRow => ({
  row,
  reasons: [{ column: 'amount', value: '1,2,3', code: 'invalid-amount', detail: 'not an amount' }],
  cells: { amount: '1,2,3' },
  state: 'open',
  ...more,
});
