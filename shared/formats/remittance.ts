/**
 * Reads a remittance advice of plain text or UBL to allocations of one payment.
 * From: an upload. Next: ingestion keeps it for the money it speaks of.
 * API: `readRemittance(bytes, format, rules)`.
 */
import type { Outcome } from '../domain/outcome.ts';
import { allocationOf } from './remittance-rows.ts';
import type { Remittance, RemittanceFormat, RemittanceRules } from './remittance-shape.ts';
import { remittanceText } from './remittance-text.ts';
import { totalOf } from './xml-elements.ts';
import { ublRemittance } from './ubl-remittance.ts';
import { refusing, stop, type FileRefusal } from './xml-refusal.ts';

const mostBytes = 8 * 1024 * 1024;

/**
 * Reads one advice; `control-total-mismatch` when a total it declares is not what its lines come to, `unread` when
 * nothing of it names money for a document.
 */
export const readRemittance = (
  bytes: Uint8Array,
  format: RemittanceFormat,
  rules: RemittanceRules,
): Outcome<Remittance, FileRefusal> =>
  refusing(() => {
    if (bytes.length > mostBytes) stop('xml-too-large', `more than ${mostBytes} bytes`);
    const told = format === 'text' ? remittanceText(bytes, rules) : ublRemittance(bytes, rules);
    if (told.lines.length + told.unread.length === 0)
      stop('unread', 'no line names a document and an amount');
    const fromId = told.reference ?? rules.fromId;
    const allocations = told.lines.map((line) => allocationOf(line, fromId, rules));
    const total = totalOf(allocations.map(({ amount }) => amount));
    if (told.declaredTotal !== undefined && told.unread.length === 0 && told.declaredTotal !== total)
      stop('control-total-mismatch', `the advice says ${told.declaredTotal}, its lines come to ${total}`);
    return {
      ...{ fromId, allocations, total, unread: told.unread },
      ...(told.declaredTotal === undefined ? {} : { declaredTotal: told.declaredTotal }),
    };
  });
