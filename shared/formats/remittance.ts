/**
 * Reads a remittance advice: CSV by columns, plain text, or UBL, to allocations of one payment.
 * From: an upload, or a mail. Next: ingestion stores it beside the receipt and assigns by it. A PDF is kept and
 * not read (`unread`): what it shows can lie on the page in any order, and a guess would assign money.
 * API: `readRemittance(bytes, format, rules)`.
 */
import type { Outcome } from '../domain/outcome.ts';
import { remittanceCsv, type Told } from './remittance-csv.ts';
import { allocationOf } from './remittance-rows.ts';
import type { Remittance, RemittanceFormat, RemittanceRules } from './remittance-shape.ts';
import { remittanceText } from './remittance-text.ts';
import { totalOf } from './xml-elements.ts';
import { ublRemittance } from './ubl-remittance.ts';
import { refusing, stop, type FileRefusal } from './xml-refusal.ts';

const mostBytes = 8 * 1024 * 1024;

/** Reads one advice; `control-total-mismatch` when a total it declares is not what its lines come to. */
export const readRemittance = (
  bytes: Uint8Array,
  format: RemittanceFormat,
  rules: RemittanceRules,
): Outcome<Remittance, FileRefusal> =>
  refusing(() => {
    if (bytes.length > mostBytes) stop('xml-too-large', `more than ${mostBytes} bytes`);
    const told = toldBy(bytes, format, rules);
    const fromId = rules.fromId ?? told.reference ?? '';
    const allocations = told.lines.map((line) => allocationOf(line, fromId, rules));
    const total = totalOf(allocations.map(({ amount }) => amount));
    if (told.declaredTotal !== undefined && told.unread.length === 0 && told.declaredTotal !== total)
      stop('control-total-mismatch', `the advice says ${told.declaredTotal}, its lines come to ${total}`);
    return {
      ...{ allocations, total, unread: told.unread },
      ...(told.declaredTotal === undefined ? {} : { declaredTotal: told.declaredTotal }),
      ...(told.reference === undefined ? {} : { paymentReference: told.reference }),
    };
  });

const toldBy = (bytes: Uint8Array, format: RemittanceFormat, rules: RemittanceRules): Told => {
  switch (format) {
    case 'csv':
      return remittanceCsv(bytes, rules);
    case 'text':
      return remittanceText(bytes, rules);
    case 'ubl':
      return ublRemittance(bytes, rules);
    case 'pdf':
      return stop('unread', 'a PDF is kept and not read; assign it by hand or ask for CSV');
  }
};
