/**
 * A remittance advice of UBL or plain text: what a payer says a payment is for.
 * From: `source` of an import. Next: lines kept under the reference of their payment. A line that could be read in two
 * ways comes back to a person in the columns of the template, so that it can be corrected like any other row.
 */
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { notationOf } from '../../shared/domain/mapping-profile-notation.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { readRemittance } from '../../shared/formats/remittance.ts';
import type { RemittanceFormat, UnreadLine } from '../../shared/formats/remittance-shape.ts';
import type { ReadDocuments } from './read-whole.ts';
import type { ReadRow } from './spread-rows.ts';

/** Those of the template for advices; `line` is what stood there. */
export const adviceHeader = ['from_id', 'number', 'currency', 'amount', 'posting_date', 'line'];

/** An advice says its amounts in the currency declared with it, and is of the day it came. */
export const adviceRows = (
  bytes: Uint8Array,
  { scope: { currency }, asOf, receivedAt, reading, sha256 }: ImportDocument,
  format: RemittanceFormat,
): Outcome<ReadDocuments, string> => {
  if (currency === undefined)
    return refuse('file-kind-not-read', 'Declare the currency of a remittance advice.');
  const notation = reading?.locale === undefined ? done(undefined) : notationOf(reading.locale);
  if (!notation.ok) return notation;
  const postedOn = dayAt(instantFromText(asOf ?? receivedAt), 'UTC');
  const advice = readRemittance(bytes, format, {
    ...{ fromId: `advice:${sha256.slice(0, 32)}`, currency, postedOn },
    ...(notation.value !== undefined && { notation: notation.value }),
  });
  if (!advice.ok) return advice;
  const { allocations, unread, fromId } = advice.value;
  const place = { fromByte: 0, toByte: bytes.byteLength };
  const rows = [
    ...allocations.map((row): ReadRow => ({
      outcome: { is: 'accepted', record: 'allocation', row },
      source: { row: row.row, cells: [], ...place },
    })),
    ...unread.map((line): ReadRow => ({
      outcome: { is: 'refused', row: line.row, reasons: [reasonOf(line)] },
      source: { row: line.row, cells: [fromId, '', currency, '', postedOn, line.text], ...place },
    })),
  ];
  return done({ rows, header: adviceHeader });
};

const reasonOf = ({ code, detail, text }: UnreadLine) => ({
  column: 'line',
  value: text.slice(0, 200),
  code,
  detail,
});
