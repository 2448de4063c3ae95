/**
 * What a clerk does with a receipt: says who paid, divides free money, lets money on account settle an item, takes an
 * application back.
 * From: staff routes. Next: the same steps the ladder takes; accounts first, then the receipt.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { applyPayment } from '../../shared/domain/apply-payment.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { identifyReceipt } from '../../shared/domain/identify-receipt.ts';
import { usePortion } from '../../shared/domain/post-portion.ts';
import { portionWith, type Portion, type Receipt } from '../../shared/domain/receipt.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import { cashRulesOf, changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { mayChangeBook, readCompany } from './read-company.ts';
import { areThere, freeForDivision, totalOf, type Share } from './ready-to-divide.ts';
import { bankAccountHash } from './settle-payer.ts';
import { settleReceipt } from './settle-receipt.ts';

/** Names the payer; the ladder goes on from there, and the bank account is remembered when that is wanted. */
export const identifyPayer = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  { accountId, remember }: { accountId: string; remember: boolean },
): Promise<Outcome<Receipt, ProblemCode>> => {
  const payer = { companyId: key.companyId, accountId };
  const { account } = await parts.accounts.load(call.scope, payer);
  if (account.head.version === 0) return refuse('not-found', `there is no account ${accountId}`);
  const named = await changeReceipt<ProblemCode>(parts, call, key, async (receipt) =>
    identifyReceipt(receipt, payer),
  );
  if (!named.ok) return named;
  const { payerBankAccount } = named.value;
  if (remember && payerBankAccount !== undefined) {
    const said = { account: payer, by: call.actor.id, at: textOfInstant(call.now) };
    await parts.payers.remember(
      call.scope,
      key.companyId,
      bankAccountHash(payerBankAccount, parts.hashText),
      said,
    );
  }
  return settledWhole(parts, call, key);
};

/**
 * Divides free money, and what lies on account if that is not enough, as the clerk says. The same division again,
 * while it stands, changes nothing.
 */
export const splitReceipt = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  shares: readonly Share[],
): Promise<Outcome<Receipt, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  const { mostExchangePercentHundredths } = await cashRulesOf(parts, call.scope, key.companyId);
  const reservationId = `hand-${parts.hashText(JSON.stringify(shares)).slice(0, 16)}`;
  const ready = await makeReady(parts, call, company.value, key, reservationId, shares);
  if (!ready.ok) return ready;
  const reserved = await changeReceipt<ProblemCode>(parts, call, key, async (receipt) => {
    const { currency } = receipt;
    const wanted = shares.map(({ itemId, ...share }) => ({
      ...{ ...share, currency },
      ...(itemId === undefined ? {} : { itemId }),
    }));
    return reservePortions(receipt, reservationId, wanted, mostExchangePercentHundredths, parts.hashText);
  });
  return reserved.ok ? settledWhole(parts, call, key) : reserved;
};

const makeReady = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  key: ReceiptKey,
  reservationId: string,
  shares: readonly Share[],
): Promise<Outcome<true, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const may = receipt.standing === 'confirmed' ? mayChangeBook(company) : done<true>(true);
  if (!may.ok) return may;
  if (receipt.payer === undefined)
    return refuse('input-not-valid', 'Say first who paid; then divide what they paid.');
  const there = await areThere(parts, call, receipt, shares);
  const isMade = receipt.portions.some((portion) => portion.reservationId === reservationId);
  return there.ok && !isMade ? freeForDivision(parts, call, company, receipt, totalOf(shares)) : there;
};

const settledWhole = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const settled = await settleReceipt(parts, call, key);
  return settled.ok ? done(settled.value.receipt) : settled;
};

type OnAccount = { receipt: Receipt; portion: Portion & { paymentId: string } };

/** A posted portion of a company that keeps its book here. */
const portionHere = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  portionId: string,
): Promise<Outcome<OnAccount, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const portion = portionWith(receipt, portionId);
  if (portion?.paymentId === undefined)
    return refuse('portion-unknown', `receipt ${key.receiptId} has posted no ${portionId}`);
  const company = await readCompany(parts.settings, call.scope, portion.account.companyId);
  if (!company.ok) return company;
  const may = mayChangeBook(company.value);
  return may.ok ? done({ receipt, portion: { ...portion, paymentId: portion.paymentId } }) : may;
};

/** Lets money on account settle an item of its account. */
export const applyOnAccount = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  { portionId, itemId, amount }: { portionId: string; itemId: string; amount: AmountMinor },
): Promise<Outcome<Receipt, ProblemCode>> => {
  const found = await portionHere(parts, call, key, portionId);
  if (!found.ok) return found;
  const { portion, receipt } = found.value;
  const { paymentId } = portion;
  const changeId = `${paymentId}:${call.cause.id}`;
  const on = dayAt(call.now, await zoneOf(parts, call, receipt.companyId));
  const applied = await changeAccount<undefined, ProblemCode>(
    ...([parts, call, portion.account, [paymentId, itemId]] as const),
    (account) => {
      const facts = applyPayment(account, { paymentId, itemId, changeId, amount, on });
      return facts.ok ? done({ facts: facts.value, value: undefined }) : facts;
    },
  );
  if (!applied.ok) return applied;
  return changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    usePortion(now, portionId, { use: { itemId, changeId, amount } }),
  );
};

/** Takes an application back: the item is open again, the money on account. */
export const unapply = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  { portionId, changeId, reason }: { portionId: string; changeId: string; reason: string },
): Promise<Outcome<Receipt, ProblemCode>> => {
  const found = await portionHere(parts, call, key, portionId);
  if (!found.ok) return found;
  const { portion, receipt } = found.value;
  const use = portion.uses.find((one) => one.changeId === changeId);
  if (use === undefined) return done(receipt);
  const on = dayAt(call.now, await zoneOf(parts, call, receipt.companyId));
  const { itemId } = use;
  const undone = await changeAccount<undefined, ProblemCode>(
    ...([parts, call, portion.account, [portion.paymentId, itemId]] as const),
    (account) => {
      const facts = reverseApplication(account, { itemId, changeId, reason, on });
      return facts.ok ? done({ facts: facts.value, value: undefined }) : facts;
    },
  );
  if (!undone.ok) return undone;
  return changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    usePortion(now, portionId, { undo: changeId, because: reason }),
  );
};

const zoneOf = async ({ settings }: CashParts, { scope }: CashCall, companyId: string): Promise<string> => {
  const company = await readCompany(settings, scope, companyId);
  return company.ok ? company.value.zone : 'UTC';
};
