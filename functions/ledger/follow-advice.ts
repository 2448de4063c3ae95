/**
 * Looks for the money of an advice: where it is here, the receipt is divided by the advice; where it is not, what the
 * advice names is held from chasing until its last day.
 * From: queue `received-payments`, after the advice came and again by `look-again.ts`. Next: `settle-receipt.ts`,
 * holds of accounts. The advice was kept before it looks and a receipt before it looks, so that whichever comes second
 * finds the other.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { receiptFor, type Advice } from '../../shared/domain/advice.ts';
import { addDays, dayAt } from '../../shared/domain/calendar.ts';
import { designate } from '../../shared/domain/designate.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { receiptMarkAt } from '../../shared/ports/receipt-documents.ts';
import type { ReceiptList } from '../../shared/ports/receipt-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { changeAdvice, holdFor, liftFor } from './hold-advice.ts';
import { isInBook } from './settle-designation.ts';
import { settleWhole } from './settle-receipt.ts';

type Key = { companyId: string; adviceId: string };

export const followAdvice = async (
  parts: CashParts,
  call: CashCall,
  { companyId, adviceId }: Key,
): Promise<Outcome<Advice, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  const loaded = await parts.advices.load(call.scope, companyId, adviceId);
  if (loaded === undefined) return refuse('not-found', `There is no advice ${adviceId}.`);
  if (loaded.advice.state === 'matched') return liftFor(parts, call, company.value, loaded.advice);
  const advice = await withAccounts(parts, call, loaded.advice);
  const money = receiptFor(advice, await receiptsLike(parts, call.scope, advice));
  if (money === undefined) return waitForMoney(parts, call, company.value, advice);
  const told = await tellReceipt(parts, call, company.value, advice, money);
  if (!told.ok) return told;
  return told.value.advices?.includes(adviceId)
    ? done(advice)
    : waitForMoney(parts, call, company.value, advice);
};

/** On its way first where the ladder sent it, then divided as the advice says. */
const tellReceipt = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  advice: Advice,
  { companyId, id: receiptId }: Receipt,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const key = { companyId, receiptId };
  const settled = await settleWhole(parts, call, key);
  if (!settled.ok) return settled;
  const told = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(designate(now, advice, await isInBook(parts, call.scope, company, now), parts.hashText)),
  );
  return told.ok ? settleWhole(parts, call, key) : told;
};

const waitForMoney = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  advice: Advice,
): Promise<Outcome<Advice, ProblemCode>> => {
  if (dayAt(call.now, company.zone) <= advice.heldUntil && advice.state === 'waiting')
    return holdFor(parts, call, company, advice);
  const lapsed = await changeAdvice(parts, call, advice, (now) =>
    now.state === 'waiting' ? { ...now, state: 'lapsed' } : now,
  );
  return liftFor(parts, call, company, lapsed);
};

/** Whose the items are that lines name without an account, where just one account has the number. */
const withAccounts = async (parts: CashParts, call: CashCall, advice: Advice): Promise<Advice> => {
  const unknown = advice.lines.flatMap(({ account, number }) =>
    account === undefined ? (number ?? []) : [],
  );
  if (parts.numbers === undefined || unknown.length === 0) return advice;
  const { companyId } = advice;
  const found = await parts.numbers.findByNumber(call.scope, companyId, unknown.slice(0, mostNumbers));
  const owners = Map.groupBy(found, ({ number }) => number);
  return changeAdvice(parts, call, advice, (now) => {
    const lines = now.lines.map((line) => {
      const accounts = new Set((owners.get(line.number ?? '') ?? []).map(({ accountId }) => accountId));
      const [accountId] = accounts;
      const isFound = line.account === undefined && accounts.size === 1 && accountId !== undefined;
      return isFound ? { ...line, account: { companyId, accountId } } : line;
    });
    return lines.every((line, at) => line === now.lines[at]) ? now : { ...now, lines };
  });
};

const mostNumbers = 200;
const pageOfReceipts = 50;
const mostPages = 4;
/** Days a receipt may have come before its advice. */
const daysBack = 31;

const receiptsLike = async (parts: CashParts, scope: Scope, advice: Advice): Promise<Receipt[]> => {
  const { reference, total: amount, currency } = advice;
  const found = [
    ...(await listed(parts, scope, advice, { bankReference: reference })),
    ...(await listed(parts, scope, advice, { sum: { amount, currency } })),
  ];
  return found.filter(({ id }, at) => found.findIndex((other) => other.id === id) === at);
};

const listed = async (
  { receipts }: CashParts,
  scope: Scope,
  { companyId, cameOn }: Advice,
  which: ReceiptList,
): Promise<Receipt[]> => {
  const found: Receipt[] = [];
  let after: string | undefined = receiptMarkAt(addDays(cameOn, -daysBack));
  for (let page = 1; page <= mostPages && after !== undefined; page += 1) {
    const some: Awaited<ReturnType<typeof receipts.list>> = await receipts.list(scope, companyId, which, {
      ...{ limit: pageOfReceipts, after },
    });
    found.push(...some.receipts);
    after = some.after;
  }
  return found;
};
