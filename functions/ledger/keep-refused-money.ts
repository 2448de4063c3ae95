/**
 * Lines of money, and of what it settled, that the ledger did not take: kept like any row that was not, with the column,
 * the value and the reason, so that they can be corrected and sent again (R16).
 * From: `receive-part.ts`. Next: rejected rows of the import. Cells are named as in the template of journals.
 */
import { problemOf, type ProblemCode } from '../../shared/contracts/problems.ts';
import { amountText } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import type { AllocationRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';
import type { AmountMinor, Currency } from '../../shared/domain/money.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';
import type { TakenIn } from './receive-result.ts';

export type MoneyLine = { is: 'receipt'; row: ReceiptRow } | { is: 'allocation'; row: AllocationRow };

/** Rejected rows kept in one call. */
const atOnce = 90;

/** Of a part taken in again the same rows again. */
export const keepRefused = async (
  { imports }: Pick<CashParts, 'imports'>,
  scope: Scope,
  { companyId, importId }: Pick<ImportDocument, 'companyId' | 'importId'>,
  results: readonly TakenIn[],
): Promise<void> => {
  const rows = results.flatMap((one) =>
    one.is === 'refused' && one.line !== undefined ? [rejectedRow(one.line, one.code)] : [],
  );
  for (let from = 0; from < rows.length; from += atOnce)
    await imports.reject(scope, { companyId, importId }, rows.slice(from, from + atOnce));
};

const rejectedRow = (line: MoneyLine, code: ProblemCode): RejectedRow => {
  const cells = line.is === 'receipt' ? cellsOfReceipt(line.row) : cellsOfAllocation(line.row);
  const column = columnOf(line, code);
  return {
    row: line.row.row,
    reasons: [{ column, value: cells[column] ?? '', code, detail: problemOf(code, '').title }],
    cells,
    state: 'open',
  };
};

const ofAmount: ReadonlySet<string> = new Set(['receipt-amount-not-positive', 'return-still-applied']);
const ofReversed: ReadonlySet<string> = new Set(['receipt-not-found', 'payment-out-unknown']);

/** Where to look first. */
const columnOf = ({ is }: MoneyLine, code: ProblemCode): string => {
  if (is === 'allocation') return code === 'receipt-not-found' ? 'from_id' : 'number';
  if (ofAmount.has(code)) return 'amount';
  return ofReversed.has(code) ? 'reverses' : 'receipt_id';
};

const cellsOfReceipt = (row: ReceiptRow): Record<string, string> =>
  said({
    ...{ record: 'receipt', receipt_id: row.receiptId, account: row.accountId, currency: row.currency },
    ...{ amount: textOf(row.amount, row.currency), value_date: row.valueOn, posting_date: row.postedOn },
    ...{ method: row.method, bank_reference: row.bankReference, text: row.text },
    ...{ structured_reference: row.structuredReference, reverses: row.reversesId },
    ...{ payer_name: row.payerName, payer_bank_account: row.payerBankAccount },
  });

const cellsOfAllocation = (row: AllocationRow): Record<string, string> =>
  said({
    ...{ record: 'allocation', from_id: row.fromId, account: row.accountId, type: row.kind },
    ...{ number: row.number, fiscal_year: row.fiscalYear, part: row.part, currency: row.currency },
    ...{ amount: textOf(row.amount, row.currency), discount: textOf(row.discount, row.currency) },
    ...{ difference: textOf(row.difference, row.currency), reason_code: row.reasonCode },
    ...{ claim_number: row.claimNumber, posting_date: row.postedOn },
    is_reversal: row.isReversal ? 'true' : undefined,
  });

const said = (cells: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(cells).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== ''),
  );

const textOf = (amount: AmountMinor, currency: Currency): string => {
  const decimals = decimalsOf(currency);
  return decimals.ok ? amountText(amount, plainAmountStyle, decimals.value) : String(amount);
};
