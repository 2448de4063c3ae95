/**
 * A remittance advice that came as a PDF: no library here reads its text, so that nothing of it is guessed. It is kept
 * as it came and waits as one row until a person has typed its lines (R159).
 * From: `source` of an import. Next: the clerk's list of papers to type in (`type-advice.ts`).
 */
import { dayAt, instantFromText } from '../../shared/domain/calendar.ts';
import { toTypeIn, type ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { checkPaper } from '../../shared/formats/paper-file.ts';
import { adviceHeader } from './read-advice.ts';
import type { ReadDocuments } from './read-whole.ts';

/** The one row every such paper is. */
export const paperRow = 1;

export const paperRows = (
  bytes: Uint8Array,
  { scope: { currency = '' }, asOf, receivedAt }: Pick<ImportDocument, 'scope' | 'asOf' | 'receivedAt'>,
): Outcome<ReadDocuments, string> => {
  const checked = checkPaper(bytes);
  if (!checked.ok) return checked;
  if (checked.value.contentType !== 'application/pdf') return refuse('paper-not-readable', 'It is no PDF.');
  const postedOn = dayAt(instantFromText(asOf ?? receivedAt), 'UTC');
  const detail = 'a PDF is not read by machine: type its lines in';
  const reasons = [{ column: 'line', value: '', code: toTypeIn, detail }];
  const source = {
    ...{ row: paperRow, cells: ['', '', currency, '', postedOn, ''] },
    ...{ fromByte: 0, toByte: bytes.byteLength },
  };
  const row = { outcome: { is: 'refused', row: paperRow, reasons }, source } as const;
  return done({ rows: [row], header: adviceHeader });
};
