/**
 * Reads a bank statement: bytes of CAMT, MT940 or BAI2, or the rows of a bank's own table, to proved statements and receipts.
 * From: an upload. Next: ingestion hands the receipts to the ledger. All or nothing: opening balance plus every
 * booking is the closing balance exactly, every total the file declares is met, or the file is refused
 * (`control-total-mismatch`) and nothing of it is posted.
 * API: `readStatement(bytes, format, rules)`, `readBankTable(rows, rules)`. Debits of our own are kept among the lines and are no receipts;
 * a reversal or returned payment is a receipt with a negative amount.
 */
import type { Outcome } from '../domain/outcome.ts';
import { bai2Statements } from './bai2-statement.ts';
import { bankTableStatements } from './bank-table.ts';
import { identified, receiptOf, reversalFinder, type Seen } from './bank-receipts.ts';
import type {
  RawStatement,
  Statement,
  StatementFile,
  StatementFormat,
  StatementRules,
} from './bank-shape.ts';
import { camtStatements } from './camt-statement.ts';
import { mt940Statements } from './mt940-statement.ts';
import type { RowOutcome } from './rows-mapper.ts';
import { totalOf } from './xml-elements.ts';
import { refusing, stop, type FileRefusal } from './xml-refusal.ts';

/** The largest text file that is read as a statement. */
export const mostStatementBytes = 32 * 1024 * 1024;

/** Reads a statement file; `xml-refusal.ts` names every code. */
export const readStatement = (
  bytes: Uint8Array,
  format: StatementFormat,
  rules: StatementRules,
): Outcome<StatementFile, FileRefusal> =>
  refusing(() => {
    if (bytes.length > mostStatementBytes) stop('xml-too-large', `more than ${mostStatementBytes} bytes`);
    return fileOf(rawStatements(bytes, format, rules), rules);
  });

/** A statement of the rows of a table, read by a profile whose record is `bankLine`. */
export const readBankTable = (
  rows: readonly RowOutcome[],
  rules: StatementRules,
): Outcome<StatementFile, FileRefusal> => refusing(() => fileOf(bankTableStatements(rows), rules));

const rawStatements = (
  bytes: Uint8Array,
  format: StatementFormat,
  rules: StatementRules,
): readonly RawStatement[] => {
  switch (format) {
    case 'camt052':
    case 'camt053':
    case 'camt054':
      return camtStatements(bytes, rules);
    case 'mt940':
      return mt940Statements(bytes);
    case 'bai2':
      return bai2Statements(bytes);
  }
};

const fileOf = (raw: readonly RawStatement[], rules: StatementRules): StatementFile => {
  if (raw.length === 0) stop('structure', 'the file holds no statement');
  const seen: Seen = new Map();
  const statements = raw.map((statement) => proved(statement, seen, rules));
  const reversedBy = reversalFinder();
  const receipts = statements.flatMap((statement) =>
    statement.lines
      .filter(({ kind }) => kind !== 'debit')
      .map((line) => ({ line, statement, reversesId: reversedBy(line) })),
  );
  return {
    statements,
    receipts: receipts.map(({ line, statement, reversesId }, index) =>
      receiptOf(line, statement, index + 1, reversesId),
    ),
  };
};

const sumOf = (amounts: readonly number[]): bigint =>
  amounts.reduce((all, amount) => all + BigInt(amount), 0n);

/** Stops unless balances and declared totals are met by the lines. */
const proved = (raw: RawStatement, seen: Seen, { hashText }: StatementRules): Statement => {
  const { lines, declared, ...rest } = raw;
  const amounts = lines.map(({ amount }) => amount);
  const total = sumOf(amounts);
  if (
    raw.opening !== undefined &&
    raw.closing !== undefined &&
    BigInt(raw.opening) + total !== BigInt(raw.closing)
  )
    stop(
      'control-total-mismatch',
      `statement ${raw.reference}: ${raw.opening} and bookings of ${total} are not ${raw.closing} (minor units)`,
    );
  for (const { what, declared: told, found } of declared)
    if (told !== found) stop('control-total-mismatch', `${what}: ${told} declared, ${found} found`);
  const isBalanced = raw.opening !== undefined && raw.closing !== undefined;
  return {
    ...rest,
    lines: lines.map((line, index) => identified(line, index + 1, { statement: raw, hashText, seen })),
    credits: totalOf(amounts.filter((amount) => amount > 0)),
    debits: totalOf(amounts.filter((amount) => amount < 0)),
    provedBy: isBalanced ? 'balances' : declared.length > 0 ? 'control-totals' : 'none',
  };
};
