/**
 * What a bank statement says, whichever format it is written in.
 * From: `camt-*.ts`, `mt940-*.ts`, `bai2-*.ts`, `bank-table.ts`. Next: `bank-statement.ts` proves the balance and
 * makes receipts. Amounts are signed from our side: money that came in is positive.
 */
import type { Day } from '../domain/calendar.ts';
import type { HashText } from '../domain/document-ids.ts';
import type { ReceiptRow } from '../domain/feed-rows.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';

export const statementFormats = ['camt053', 'camt052', 'camt054', 'mt940', 'bai2'] as const;
export type StatementFormat = (typeof statementFormats)[number];

export type ForeignAmount = { currency: Currency; amount: AmountMinor; rate?: string };

/** One row of a bank's own table, as a mapping profile read it. */
export type BankRow = {
  row: number;
  account: string;
  currency: Currency;
  amount: AmountMinor;
  balance?: AmountMinor;
  bookedOn: Day;
  valueOn: Day;
  reference?: string;
  structuredReference?: string;
  text: string;
  counterName?: string;
  counterAccount?: string;
};

/** One booking, or one payment of a batch booking. */
export type BankLine = {
  /** Where it stands in a table. */
  row?: number;
  amount: AmountMinor;
  bookedOn: Day;
  valueOn: Day;
  /** The bank's reference of the booking, where it gives one. */
  entryReference?: string;
  /** Names the payment inside a batch booking. */
  partReference?: string;
  endToEndId?: string;
  mandateId?: string;
  structuredReference?: string;
  text: string;
  counterName?: string;
  counterAccount?: string;
  foreign?: ForeignAmount;
  /** The bank's code of the kind of booking. */
  code: string;
  /** Takes an earlier booking back, or returns a payment. */
  isReversal: boolean;
  returnReason?: string;
};

/** One page of a statement as read, before its balance is proved. */
export type RawStatement = {
  format: StatementFormat | 'bankTable';
  account: string;
  currency: Currency;
  reference: string;
  sequence?: string;
  bookedOn: Day;
  opening?: AmountMinor;
  closing?: AmountMinor;
  /** Sums the file declares besides; each must be what the lines come to. */
  declared: readonly { what: string; declared: bigint; found: bigint }[];
  lines: readonly BankLine[];
  /** Bookings announced but not made: kept out of every sum. */
  notBooked: number;
};

export type StatementLine = BankLine & {
  line: number;
  /** receipt and reversal have a row among the receipts; a debit of our own is only kept. */
  kind: 'receipt' | 'reversal' | 'debit';
  receiptId?: string;
  /** content: the bank gave no reference, so an equal booking of another statement has the same id. */
  idFrom: 'reference' | 'content';
};

export type Statement = Omit<RawStatement, 'lines' | 'declared'> & {
  lines: readonly StatementLine[];
  credits: AmountMinor;
  debits: AmountMinor;
  /** What proves that no line is missing. `none` only where the format has nothing (camt.054, a table without balances). */
  provedBy: 'balances' | 'control-totals' | 'none';
};

export type StatementFile = {
  statements: readonly Statement[];
  /** Numbered through the file from 1; reversals are negative. */
  receipts: readonly ReceiptRow[];
};

export type StatementRules = {
  hashText: HashText;
  /** camt.052 says what may still change; read only by choice. */
  acceptIntraday?: boolean;
  /** camt.054 repeats what the statement will say: read by choice, where no statement comes. */
  acceptNotifications?: boolean;
};
