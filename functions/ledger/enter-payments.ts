/**
 * Takes payments that a person keyed in: all are looked at before any is received, a refusal names its field (R9,
 * R110). One that looks like money that is here already is asked about.
 * From: `POST api/payments`. Next: receipts, received and settled like lines of a bank's file; the id of each derives
 * from its content, so that the bank's own line is known again and the same call twice is once.
 */
import type { PaymentsEntered } from '../../shared/contracts/payment-entry.ts';
import { receiptAnswerOf } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, textOfInstant, type Day } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import {
  isPerhaps,
  isTakenBack,
  itemsOfLines,
  nameOfPayment,
  paymentFaults,
  rowOfPayment,
  rowsOfLines,
  type EnteredPayment,
} from '../../shared/domain/entered-payment.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { balance } from './batch-balance.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { isWithinLimit, type EntryCall } from './enter-items.ts';
import { receiptsOfSum } from './match-keyed.ts';
import { receiveRow, type MoneyOrigin } from './receive-row.ts';
import { settleWhole } from './settle-receipt.ts';

export type PaymentBatch = {
  companyId: string;
  payments: readonly EnteredPayment[];
  totals?: Parameters<typeof balance>[1] | undefined;
};

/** A payment under the name it is received by; `known`: an earlier try of this very call received it. */
type Named = { payment: EnteredPayment; name: string; known?: Receipt };

export const enterPayments = async (
  parts: CashParts,
  call: EntryCall,
  { companyId, payments, totals }: PaymentBatch,
): Promise<Outcome<PaymentsEntered, ProblemCode>> => {
  const known = await checkAccounts(parts, call, companyId, payments);
  if (!known.ok) return known;
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  const today = dayAt(call.now, company.value.zone);
  const faults = allFaults(payments, today);
  if (!faults.ok) return faults;
  const amounts = payments.map(({ currency, amount }) => ({ currency, original: amount }));
  const balanced = totals === undefined ? done(true) : balance(amounts, totals);
  if (!balanced.ok) return balanced;
  const named: Named[] = [];
  for (const [at, payment] of payments.entries()) {
    const within = await isWithinLimit(parts, call, company.value, { ...payment, original: payment.amount });
    if (!within.ok) return within;
    if (!within.value) return refuse('above-limit', `payments.${at}.amount: ${payment.amount}`);
    const name = await nameFree(parts, call, companyId, payment, at, named);
    if (!name.ok) return name;
    named.push(name.value);
  }
  const answers: PaymentsEntered['payments'] = [];
  for (const one of named) {
    const receipt = await receive(parts, call, company.value, one, today);
    if (!receipt.ok) return receipt;
    answers.push({ account: one.payment.accountId, receipt: receiptAnswerOf(receipt.value) });
  }
  return done({ company: companyId, payments: answers });
};

/** Customers are known, and so is every document the payer is said to pay. */
const checkAccounts = async (
  { accounts, hashText }: CashParts,
  { scope }: CashCall,
  companyId: string,
  payments: readonly EnteredPayment[],
): Promise<Outcome<true, 'unknown-customer' | 'item-not-found'>> => {
  for (const [at, payment] of payments.entries()) {
    const { accountId } = payment;
    const wanted = itemsOfLines(payment, hashText);
    const ids = wanted.map(({ itemId }) => itemId);
    const { account } = await accounts.load(scope, { companyId, accountId }, ids);
    if (account.head.version === 0) return refuse('unknown-customer', `There is no account ${accountId}.`);
    const missing = wanted.find(({ itemId }) => account.items.get(itemId)?.currency !== payment.currency);
    if (missing !== undefined)
      return refuse(
        'item-not-found',
        `payments.${at}.${missing.field}: none of ${payment.currency} is there`,
      );
  }
  return done(true);
};

/** All faults of all payments at once; the code is that of the first. */
const allFaults = (payments: readonly EnteredPayment[], today: Day): Outcome<true, ProblemCode> => {
  const faults = payments.flatMap((payment, at) =>
    paymentFaults(payment, today).map((one) => ({ ...one, field: `payments.${at}.${one.field}` })),
  );
  const [first] = faults;
  return first === undefined
    ? done(true)
    : refuse(first.code, faults.map(({ field, code, detail }) => `${field}: ${code}: ${detail}`).join('; '));
};

/** How often one content may be keyed in again after it was taken back. */
const mostTries = 10;

/** The name it is received by; asks where money that looks the same is here. */
const nameFree = async (
  parts: CashParts,
  call: CashCall,
  companyId: string,
  payment: EnteredPayment,
  at: number,
  before: readonly Named[],
): Promise<Outcome<Named, 'payment-perhaps-known'>> => {
  const content = nameOfPayment(payment, parts.hashText);
  const own = `${content}:${parts.hashText(`${call.cause.id} ${at}`).slice(0, 20)}`;
  if (payment.isAnother)
    return done(named(payment, own, (await readNamed(parts, call, companyId, own)).known));
  if (before.some(({ name }) => name.startsWith(content)))
    return refuse('payment-perhaps-known', `payments.${at}: it stands twice in the batch`);
  for (let n = 1; n <= mostTries; n += 1) {
    const name = n === 1 ? content : `${content}:${n}`;
    const { known, isMine } = await readNamed(parts, call, companyId, name);
    if (known !== undefined && isTakenBack(known)) continue;
    if (known !== undefined && isMine) return done(named(payment, name, known));
    const twin = known ?? (await twinOf(parts, call, companyId, payment));
    if (twin === undefined) return done({ payment, name });
    return refuse('payment-perhaps-known', `payments.${at}: ${twin.id} of ${twin.source}, ${twin.valueOn}`);
  }
  return refuse('payment-perhaps-known', `payments.${at}: it was taken back ${mostTries} times`);
};

const named = (payment: EnteredPayment, name: string, known: Receipt | undefined): Named =>
  known === undefined ? { payment, name } : { payment, name, known };

const readNamed = async (
  { receipts, hashText }: CashParts,
  { scope, cause }: CashCall,
  companyId: string,
  name: string,
): Promise<{ known?: Receipt; isMine: boolean }> => {
  const key = { companyId, receiptId: receiptIdOf(manualSource, name, hashText) };
  const known = (await receipts.load(scope, key)).receipt;
  if (known === undefined) return { isMine: false };
  const [first] = await receipts.entries(scope, key, { afterVersion: 0, limit: 1 });
  return { known, isMine: first?.cause.kind === cause.kind && first.cause.id === cause.id };
};

const twinOf = async (
  parts: CashParts,
  call: CashCall,
  companyId: string,
  payment: EnteredPayment,
): Promise<Receipt | undefined> => {
  const { accountId, currency, amount, valueOn, reference: bankReference } = payment;
  const told = { companyId, currency, amount, valueOn, bankReference, payer: { companyId, accountId } };
  return (await receiptsOfSum(parts, call.scope, told)).find((one) => isPerhaps(one, told));
};

/** Received once, then settled as far as it goes. */
const receive = async (
  parts: CashParts,
  call: EntryCall,
  company: Company,
  { payment, name, known }: Named,
  today: Day,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const { companyId } = company;
  const imported: MoneyOrigin = {
    ...{
      kind: 'bankStatement',
      source: manualSource,
      importId: name,
      cause: call.cause,
      keyedBy: call.actor.id,
    },
    receivedAt: known?.receivedAt ?? textOfInstant(call.now),
  };
  const row = rowOfPayment(payment, name, known?.postedOn ?? today);
  const taken = await receiveRow(parts, call, { company, imported, row, told: rowsOfLines(payment, name) });
  if (taken.is === 'refused') return refuse(taken.code, name);
  if (taken.is === 'unchanged')
    return refuse('payment-perhaps-known', `${name} has come in another way meanwhile`);
  return settleWhole(parts, call, { companyId, receiptId: receiptIdOf(manualSource, name, parts.hashText) });
};
