/**
 * How a reader of a file stops: deep inside it names the code and what was found, at its edge that is a refusal.
 * From: the readers of e-invoices, statements and remittances. Next: ingestion refuses the file under the code.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';

/** Every code these readers refuse a file with. */
const codes = [
  'unsafe-xml',
  'xml-malformed',
  'xml-too-large',
  'encoding-unknown',
  'encoding-mismatch',
  'unknown-format',
  'unsupported-type',
  'structure',
  'missing-term',
  'invalid-amount',
  'scale-exceeded',
  'amount-too-large',
  'invalid-date',
  'invalid-identifier',
  'unknown-currency',
  'currency-mismatch',
  'control-total-mismatch',
  'missing-account',
  'missing-due-date',
  'intraday-report',
  'unread',
  'locale-needed',
  'invalid-mark',
  'date-out-of-window',
  'identifier-missing',
  'identifier-not-valid',
] as const;
export type FileRefusal = (typeof codes)[number];

export const isFileRefusal = (code: string): code is FileRefusal => codes.some((one) => one === code);

type Stop = Error & { fileRefusal: FileRefusal };

/** Ends the reading of this file. `detail` is for a person, and cut: a file can hold anything. */
export const stop = (code: FileRefusal, detail: string): never => {
  throw Object.assign(new Error(detail.slice(0, 300)), { fileRefusal: code });
};

const isStop = (error: unknown): error is Stop => error instanceof Error && 'fileRefusal' in error;

/** Runs a reader: what it stopped with is the refusal; any other error is a fault and goes on. */
export const refusing = <Value>(read: () => Value): Outcome<Value, FileRefusal> => {
  try {
    return done(read());
  } catch (error) {
    if (isStop(error)) return refuse(error.fileRefusal, error.message);
    throw error;
  }
};

/** The value of an outcome, or the stop it asks for under one of our codes. */
export const orStop = <Value>(outcome: Outcome<Value, FileRefusal>, where: string): Value =>
  outcome.ok ? outcome.value : stop(outcome.code, `${where}: ${outcome.detail}`);
