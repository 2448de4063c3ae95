/**
 * From lines of a statement to receipts with ids that the same booking always gets, whatever file it comes in.
 * From: `bank-statement.ts`. Next: ingestion hands the receipts to the ledger. The id is a hash of account, day,
 * amount and the bank's reference; where the bank gives none, of everything the line says. Equal lines of one
 * day are counted, so that two genuine ones stay two.
 */
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

/** Payers write document numbers into the reference end to end as well. */
const textOf = ({ text, endToEndId = '' }: StatementLine): string =>
  text.includes(endToEndId) ? text : `${text} ${endToEndId}`.trim();

/** The receipt of an identified line; `reversesId` is the receipt it takes back, where that is certain. */
export const receiptOf = (
  line: StatementLine,
  { currency }: Pick<RawStatement, 'currency'>,
  row: number,
  reversesId: string | undefined,
): ReceiptRow => {
  const reference = line.structuredReference ?? creditorReferenceIn(line.text);
  return {
    row: line.row ?? row,
    receiptId: line.receiptId ?? '',
    valueOn: line.valueOn,
    postedOn: line.bookedOn,
    currency,
    amount: line.amount,
    method: line.isReversal ? 'bank-return' : 'bank-transfer',
    bankReference: line.entryReference ?? line.endToEndId ?? '',
    ...(reference === undefined ? {} : { structuredReference: reference }),
    text: textOf(line),
    ...(line.counterName === undefined ? {} : { payerName: line.counterName }),
    ...(line.counterAccount === undefined ? {} : { payerBankAccount: line.counterAccount }),
    ...(reversesId === undefined ? reversesOf(line) : { reversesId }),
    ...(line.returnReason === undefined ? {} : { returnReason: line.returnReason }),
  };
};

/** For what came in another file: the bank's reference, and the one that goes from end to end. */
const reversesOf = (line: StatementLine): Pick<ReceiptRow, 'reversesReferences'> => {
  const references = referencesOf(line);
  return line.kind !== 'reversal' || references.length === 0 ? {} : { reversesReferences: references };
};

const referencesOf = ({ entryReference, endToEndId }: StatementLine): string[] =>
  [...new Set([entryReference, endToEndId])].filter((text) => text !== undefined);

/** Finds what a reversal takes back among the receipts before it, line by line. */
export const reversalFinder = (): ((line: StatementLine) => string | undefined) => {
  const before = new Map<string, Set<string>>();
  return (line) => {
    const keys = referencesOf(line).map((reference) => JSON.stringify([Math.abs(line.amount), reference]));
    if (line.kind === 'reversal') {
      const found = new Set(keys.flatMap((key) => [...(before.get(key) ?? [])].slice(0, 2)));
      return found.size === 1 ? [...found][0] : undefined; // two could be meant: neither is named
    }
    if (line.kind === 'receipt' && line.receiptId !== undefined)
      for (const key of keys) before.set(key, (before.get(key) ?? new Set()).add(line.receiptId));
    return undefined;
  };
};
