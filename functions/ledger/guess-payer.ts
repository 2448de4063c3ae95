/**
 * Who may have paid a receipt of nobody known: ranked, each with its reason; nothing is applied by it.
 * From: the clerk's route. Next: the clerk names one (`split-receipt.ts`), and the ladder goes on from there.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { accountsOf, referencesOf } from '../../shared/domain/advice.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import {
  likenessOf,
  lookupsOfName,
  rankedGuesses,
  type PayerGuess,
} from '../../shared/domain/payer-names.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import type { CashParts } from './cash-parts.ts';
import { readReceipt } from './read-receipts.ts';
import { accountsNamed, payerOfBankAccount } from './settle-payer.ts';

export const guessPayers = async (
  parts: CashParts,
  scope: Scope,
  key: ReceiptKey,
): Promise<Outcome<PayerGuess[], ProblemCode>> => {
  const receipt = await readReceipt(parts, scope, key);
  if (!receipt.ok) return receipt;
  if (receipt.value.payer !== undefined) return done([]);
  const known = await payerOfBankAccount(parts, scope, receipt.value);
  return done(
    rankedGuesses([
      ...(known === undefined ? [] : [{ accountId: known.accountId, because: 'bank-account' } as const]),
      ...(await byAdvice(parts, scope, receipt.value)),
      ...(await byNumbers(parts, scope, receipt.value)),
      ...(await byName(parts, scope, receipt.value)),
    ]),
  );
};

/** An advice of the same sum or reference, whose money has not come. */
const byAdvice = async ({ advices }: CashParts, scope: Scope, receipt: Receipt): Promise<PayerGuess[]> => {
  const { companyId, amount, currency } = receipt;
  const alike = await advices.alike(scope, companyId, {
    references: referencesOf(receipt),
    amount,
    currency,
  });
  return alike
    .filter((advice) => advice.currency === currency)
    .flatMap(accountsOf)
    .map((accountId) => ({ accountId, because: 'advice' }));
};

const byNumbers = async (parts: CashParts, scope: Scope, receipt: Receipt): Promise<PayerGuess[]> => {
  const { companyId, text, structuredReference = '' } = receipt;
  const accounts = await accountsNamed(parts, scope, companyId, `${structuredReference} ${text}`);
  return accounts.map((accountId) => ({ accountId, because: 'named-numbers' }));
};

/** Accounts looked at for one beginning of a name. */
const accountsPerLookup = 50;

const byName = async (
  { names }: CashParts,
  scope: Scope,
  { companyId, payerName }: Receipt,
): Promise<PayerGuess[]> => {
  if (names === undefined || payerName === undefined) return [];
  const guesses: PayerGuess[] = [];
  for (const lookup of lookupsOfName(payerName)) {
    const { documents } = await names.find(scope, companyId, lookup, { limit: accountsPerLookup });
    for (const { accountId, texts } of documents) {
      const name = texts.find(({ field }) => field === 'name')?.text;
      const because = name === undefined ? undefined : likenessOf(payerName, name);
      if (because !== undefined) guesses.push({ accountId, because });
    }
  }
  return guesses;
};
