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
import { isLive, portionWith, type Portion, type Receipt } from '../../shared/domain/receipt.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { reverseApplication } from '../../shared/domain/reverse-application.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import { cashRulesOf, changeAccount, changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { mayChangeBook } from './may-change-book.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { freeForDivision, wantedOf, type DivideParts, type Share } from './ready-to-divide.ts';
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
 * while it stands, changes nothing. All that can be refused is, before anything is taken off account.
 */
export const splitReceipt = async (
  parts: DivideParts,
  call: CashCall,
  key: ReceiptKey,
  shares: readonly Share[],
): Promise<Outcome<Receipt, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const may = mayDivide(company.value, receipt);
  if (!may.ok) return may;
  const wanted = await wantedOf(parts, call, receipt, shares);
  if (!wanted.ok) return wanted;
  const { mostExchangePercentHundredths: most } = await cashRulesOf(parts, call.scope, key.companyId);
  const contentId = `hand-${parts.hashText(JSON.stringify(shares)).slice(0, 16)}`;
  const reserve = (now: Receipt): ReturnType<typeof reservePortions> => {
    const reservationId = divisionIdIn(now, contentId);
    return stands(now, reservationId)
      ? done([])
      : reservePortions(now, reservationId, wanted.value, most, parts.hashText);
  };
  const sound = reserve({ ...receipt, free: receipt.amount });
  if (!sound.ok) return sound;
  if (sound.value.length > 0) {
    const freed = await freeForDivision(parts, call, company.value, receipt, shares);
    if (!freed.ok) return freed;
  }
  const reserved = await changeReceipt<ProblemCode>(parts, call, key, async (now) => reserve(now));
  return reserved.ok ? settledWhole(parts, call, key) : reserved;
};

const mayDivide = (
  company: Company,
  { standing, payer }: Receipt,
): Outcome<true, 'propose-instead' | 'input-not-valid'> => {
  const may = standing === 'confirmed' ? mayChangeBook(company) : done<true>(true);
  if (!may.ok || payer !== undefined) return may;
  return refuse('input-not-valid', 'Say first who paid; then divide what they paid.');
};

/** A division that was taken back may be made again: under the next name, since the first one is history. */
const divisionIdIn = (receipt: Receipt, contentId: string): string => {
  const isUsed = (id: string): boolean =>
    receipt.portions.some(({ reservationId }) => reservationId === id) && !stands(receipt, id);
  for (let time = 1; ; time += 1) {
    const id = time === 1 ? contentId : `${contentId}-${time}`;
    if (!isUsed(id)) return id;
  }
};

const stands = ({ portions }: Receipt, id: string): boolean =>
  portions.some((portion) => portion.reservationId === id && isLive(portion));

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
