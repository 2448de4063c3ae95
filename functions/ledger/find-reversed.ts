/**
 * Which receipt a line of money that came back takes back, where its own file does not hold it: a debit returned weeks
 * later, or money the ERP's journal told of first.
 * From: `reverse-receipt.ts`. Next: the id of the one receipt of this sum that bears the line's reference. Where two
 * could be meant, or none, a person names it.
 */
import { addDays } from '../../shared/domain/calendar.ts';
import type { ReceiptRow } from '../../shared/domain/feed-rows.ts';
import { amountOf, sum } from '../../shared/domain/money.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';
import { pageOfReceipts, receiptsOfSum, saysNothing } from './match-keyed.ts';

/** A payer's bank takes debits back within eight weeks, those nobody agreed to within thirteen months. */
const daysBack = [60, 400] as const;
/** Who debits thousands the same sum each month is found, too; where even more are alike, nobody can tell that one is meant. */
const mostPages = 40;

type Reversing = { companyId: string; source: string; row: ReceiptRow };

export const findReversed = async (
  parts: Pick<CashParts, 'receipts' | 'hashText'>,
  scope: Scope,
  { companyId, source, row }: Reversing,
): Promise<string | undefined> => {
  const { reversesId, currency, valueOn } = row;
  const named = reversesId === undefined ? undefined : receiptIdOf(source, reversesId, parts.hashText);
  if (named !== undefined && (await isThere(parts, scope, companyId, named))) return named;
  const references = (row.reversesReferences ?? []).filter((text) => !saysNothing.test(text));
  if (named === undefined && references.length === 0) return undefined;
  const id = receiptIdOf(source, row.receiptId, parts.hashText);
  const amount = amountOf(Math.abs(row.amount));
  for (const days of daysBack) {
    const wanted = { companyId, amount, currency, valueOn: addDays(valueOn, -days) };
    const ofSum = await receiptsOfSum(parts, scope, wanted, mostPages);
    const alike = ofSum.filter((one) => one.valueOn <= valueOn && isLeft(one, id) && isOfSource(one, source));
    const known = alike.find(({ returns }) => returns.some((returned) => returned.id === id));
    if (known === undefined && ofSum.length >= mostPages * pageOfReceipts) return undefined;
    const found = known === undefined ? alike.filter((one) => isMeant(one, named, references)) : [known];
    if (found.length > 0) return found.length === 1 ? found[0]!.id : undefined;
  }
  return undefined;
};

const isThere = async (
  { receipts }: Pick<CashParts, 'receipts'>,
  scope: Scope,
  companyId: string,
  receiptId: string,
): Promise<boolean> => (await receipts.load(scope, { companyId, receiptId })).receipt !== undefined;

/** Not taken back yet, unless by this very line. */
const isLeft = ({ amount, returns }: Receipt, id: string): boolean =>
  returns.some((returned) => returned.id === id) || sum(...returns.map((one) => one.amount)) < amount;

const isOfSource = ({ source, seenAs = [] }: Receipt, wanted: string): boolean =>
  source === wanted || seenAs.some((one) => one.source === wanted);

const isMeant = (receipt: Receipt, named: string | undefined, references: readonly string[]): boolean =>
  named !== undefined
    ? (receipt.seenAs ?? []).some(({ id }) => id === named)
    : references.some((text) => receipt.bankReference === text || isWordOf(receipt.text, text));

/** As a word of its own: `E2E-1` is not in `E2E-12`. */
const isWordOf = (text: string, word: string): boolean =>
  ` ${text} `.replaceAll(/[\s,;/+?]+/g, ' ').includes(` ${word} `);
