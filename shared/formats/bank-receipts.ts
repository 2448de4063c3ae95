/**
 * From lines of a statement to receipts with ids that the same booking always gets, whatever file it comes in.
 * From: `bank-statement.ts`. Next: ingestion hands the receipts to the ledger. The id is a hash of account, day,
 * amount and the bank's reference; where the bank gives none, of everything the line says. Equal lines of one
 * day are counted, so that two genuine ones stay two.
 */
import { negate } from '../domain/money.ts';
import { escapeId, type HashText } from '../domain/document-ids.ts';
import type { ReceiptRow } from '../domain/feed-rows.ts';
import type { BankLine, RawStatement, StatementLine } from './bank-shape.ts';
import { creditorReferenceIn } from './bank-references.ts';

/** Counts lines that say the same, over all statements of a file. */
export type Seen = Map<string, number>;

type Place = { statement: RawStatement; hashText: HashText; seen: Seen };

const kindOf = ({ amount, isReversal }: BankLine): StatementLine['kind'] =>
  amount < 0 ? (isReversal ? 'reversal' : 'debit') : 'receipt';

const saidBy = (line: BankLine): (string | undefined)[] => [
  ...[line.partReference, line.endToEndId, line.mandateId, line.counterAccount, line.counterName],
  ...[line.structuredReference, line.text, line.code],
];

/** The line with its kind and the id of its receipt. */
export const identified = (line: BankLine, number: number, place: Place): StatementLine => {
  const { statement, hashText, seen } = place;
  const idFrom = line.entryReference === undefined ? 'content' : 'reference';
  const own = idFrom === 'reference' ? [line.entryReference, line.partReference] : saidBy(line);
  const key = JSON.stringify([
    ...[statement.account, statement.currency, line.bookedOn, line.valueOn, line.amount],
    ...own.map((part) => part ?? null),
  ]);
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  const hash = hashText(count === 1 ? key : `${key}#${count}`).slice(0, 32);
  const kind = kindOf(line);
  const receiptId = `bank:${escapeId(statement.account).slice(0, 100)}:${hash}`;
  return { ...line, line: number, kind, idFrom, ...(kind === 'debit' ? {} : { receiptId }) };
};

/** The receipts of identified lines; `reverses` finds what a reversal takes back. */
export const receiptOf = (
  line: StatementLine,
  { currency }: Pick<RawStatement, 'currency'>,
  row: number,
  reversesId: string | undefined,
): ReceiptRow => {
  const reference = line.structuredReference ?? creditorReferenceIn(line.text);
  return {
    row,
    receiptId: line.receiptId ?? '',
    valueOn: line.valueOn,
    postedOn: line.bookedOn,
    currency,
    amount: line.amount,
    method: line.isReversal ? 'bank-return' : 'bank-transfer',
    bankReference: line.entryReference ?? line.endToEndId ?? '',
    ...(reference === undefined ? {} : { structuredReference: reference }),
    text: line.text,
    ...(line.counterName === undefined ? {} : { payerName: line.counterName }),
    ...(line.counterAccount === undefined ? {} : { payerBankAccount: line.counterAccount }),
    ...(reversesId === undefined ? {} : { reversesId }),
  };
};

/** The one earlier receipt of the same amount with the same reference; no answer when there are two. */
export const reversedBy = (line: StatementLine, before: readonly StatementLine[]): string | undefined => {
  if (line.kind !== 'reversal') return undefined;
  const references = [line.entryReference, line.endToEndId].filter((text) => text !== undefined);
  const found = before.filter(
    (other) =>
      other.kind === 'receipt' &&
      other.amount === negate(line.amount) &&
      references.some((reference) => reference === other.entryReference || reference === other.endToEndId),
  );
  return found.length === 1 ? found[0]?.receiptId : undefined;
};
