/**
 * Who paid: what the receipt says of itself, looked up; a name alone is never enough.
 * From: a receipt nobody knows the payer of. Next: `settle-receipt.ts`, or the company's list of unidentified money.
 */
import { documentNumbersIn } from '../../shared/domain/document-numbers.ts';
import type { AccountRef, Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';

/** The account the receipt comes from; undefined when nothing says so, or two things say otherwise. */
export const findPayer = async (
  parts: CashParts,
  scope: Scope,
  receipt: Receipt,
): Promise<AccountRef | undefined> =>
  receipt.payer ??
  (await byReference(parts, scope, receipt)) ??
  (await payerOfBankAccount(parts, scope, receipt)) ??
  (await byNumbers(parts, scope, receipt.companyId, receipt.text));

/** A structured reference is a number of ours, or the account itself. */
const byReference = async (
  parts: CashParts,
  scope: Scope,
  { companyId, structuredReference }: Receipt,
): Promise<AccountRef | undefined> => {
  if (structuredReference === undefined || structuredReference === '') return undefined;
  const { account } = await parts.accounts.load(scope, { companyId, accountId: structuredReference });
  if (account.head.version > 0) return { companyId, accountId: structuredReference };
  return byNumbers(parts, scope, companyId, structuredReference);
};

/** Whose the bank account is, as a clerk said once. */
export const payerOfBankAccount = async (
  { payers, hashText }: CashParts,
  scope: Scope,
  { companyId, payerBankAccount }: Receipt,
): Promise<AccountRef | undefined> =>
  payerBankAccount === undefined
    ? undefined
    : payers.known(scope, companyId, bankAccountHash(payerBankAccount, hashText));

/** Spaces and case do not matter in an account number. */
export const bankAccountHash = (bankAccount: string, hashText: CashParts['hashText']): string =>
  hashText(bankAccount.replace(/[\s-]/g, '').toUpperCase());

const mostNumbers = 50;

/** Words that may be numbers: those with a digit and at least three letters or digits. */
const wordsOf = (text: string): string[] =>
  [...new Set(text.split(/[\s,;+&|()[\]"]+/))]
    .filter((word) => /\d/.test(word) && word.replace(/[^\p{L}\d]/gu, '').length >= 3)
    .slice(0, mostNumbers);

/** The one account that owns every item the text names. */
const byNumbers = async (
  parts: CashParts,
  scope: Scope,
  companyId: string,
  text: string,
): Promise<AccountRef | undefined> => {
  const [only, ...others] = await accountsNamed(parts, scope, companyId, text);
  return only === undefined || others.length > 0 ? undefined : { companyId, accountId: only };
};

/** Accounts that own items the text names. */
export const accountsNamed = async (
  { numbers }: CashParts,
  scope: Scope,
  companyId: string,
  text: string,
): Promise<string[]> => {
  const words = wordsOf(text);
  if (numbers === undefined || words.length === 0) return [];
  const found = await numbers.findByNumber(scope, companyId, words);
  const known = found.map(({ number }) => number);
  const named = new Set(documentNumbersIn(text, known));
  return [...new Set(found.filter(({ number }) => named.has(number)).map(({ accountId }) => accountId))];
};
