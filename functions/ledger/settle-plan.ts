/**
 * Gathers what the ladder needs: open items of the payer, of the accounts it pays for and of its group, its rules, and
 * what was paid before for a closed item it names.
 * From: a receipt with a payer. Next: `plan-receipt.ts` decides, the receipt keeps the plan and its portions.
 */
import { defaultAllocationLimits } from '../../shared/domain/allocation-input.ts';
import { portalSource } from '../../shared/domain/checkout-payment.ts';
import type { Company } from '../../shared/domain/company.ts';
import { itemIdOf } from '../../shared/domain/document-ids.ts';
import { smaller, subtract, type AmountMinor } from '../../shared/domain/money.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import {
  planReceipt,
  type Candidate,
  type PlanInput,
  type PlannedReceipt,
} from '../../shared/domain/plan-receipt.ts';
import type { AccountRef, Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import {
  reservePortions,
  type ReservationRefusal,
  type WantedPortion,
} from '../../shared/domain/reserve-portions.ts';
import { planShown } from '../../shared/domain/plan-shown.ts';
import { defaultShortPaymentPolicy } from '../../shared/domain/short-payment.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { allOpenItems } from '../../shared/ports/all-of-account.ts';
import { cashRulesOf, payerRulesOf, type CashParts } from './cash-parts.ts';
import { accountsPayable } from './settle-accounts.ts';
import { shownInput } from './settle-shown.ts';

/** The plan and its reservations, as facts; none when it was planned before or nothing is free. */
export const planFor = async (
  parts: CashParts,
  scope: Scope,
  company: Company,
  receipt: Receipt & { payer: AccountRef },
): Promise<Outcome<readonly ReceiptFact[], ReservationRefusal>> => {
  if (receipt.plan !== undefined || receipt.free === 0) return done([]);
  const rules = await cashRulesOf(parts, scope, company.companyId);
  const isMirror = company.mode === 'erpLed' && receipt.standing === 'confirmed';
  const { plan, wanted } = isMirror
    ? mirrored(receipt)
    : await climbed(parts, scope, company, receipt, rules.deductionCodes);
  const { reservationId } = plan;
  const reserved = reservePortions(
    receipt,
    reservationId,
    wanted,
    rules.mostExchangePercentHundredths,
    parts.hashText,
  );
  return reserved.ok ? done([{ kind: 'allocationPlanned', plan }, ...reserved.value]) : reserved;
};

/** Money beside the book is looked for among what feeds have shown before it is held against what is open. */
const climbed = async (
  parts: CashParts,
  scope: Scope,
  { mode }: Company,
  receipt: Receipt & { payer: AccountRef },
  codes: Readonly<Record<string, string>>,
): Promise<PlannedReceipt> => {
  const input = await inputFor(parts, scope, receipt, codes);
  const shown = mode === 'erpLed' ? planShown(await shownInput(parts, scope, input)) : undefined;
  return shown ?? planReceipt(input);
};

/** What the ladder would do for this payer, without doing it; for the clerk to look at. */
export const proposeFor = async (
  parts: CashParts,
  scope: Scope,
  receipt: Receipt,
  payer: AccountRef,
): Promise<PlannedReceipt> => {
  const { deductionCodes } = await cashRulesOf(parts, scope, receipt.companyId);
  return planReceipt(await inputFor(parts, scope, { ...receipt, payer }, deductionCodes));
};

export const inputFor = async (
  parts: CashParts,
  scope: Scope,
  receipt: Receipt & { payer: AccountRef },
  codes: Readonly<Record<string, string>>,
): Promise<PlanInput> => {
  const { payer, designation } = receipt;
  const { paysFor, ...rules } = await payerRulesOf(parts, scope, payer);
  const accounts = await accountsPayable(parts, scope, receipt, paysFor);
  const candidates: Candidate[] = [];
  for (const { account, ...standing } of accounts) {
    const open = await openItemsOf(parts, scope, account);
    candidates.push(...open.map((one) => ({ ...one, ...standing })));
  }
  const named = await closedNamed(parts, scope, receipt, candidates);
  return {
    ...{ receipt, payer, accounts, candidates, rules, limits: defaultAllocationLimits },
    policy: { ...defaultShortPaymentPolicy, codes },
    ...(designation === undefined ? {} : saidBy(receipt.source, designation)),
    ...(named === undefined ? {} : { named }),
  };
};

/** Who paid by a checkout chose there; everybody else wrote of what they paid. */
const saidBy = (source: string, lines: NonNullable<Receipt['designation']>): Partial<PlanInput> =>
  source === portalSource ? { reference: lines, remittance: lines } : { remittance: lines };

/** Every open item: a rung that says "the only one" must have seen all. */
export const openItemsOf = async (
  { accounts }: Pick<CashParts, 'accounts'>,
  scope: Scope,
  account: AccountRef,
): Promise<Candidate[]> => {
  const items = await allOpenItems(accounts, scope, account);
  return items.map((item) => ({ account, item }));
};

/** A single line that names what is closed already: whether the same was paid before. */
const closedNamed = async (
  { accounts, hashText }: CashParts,
  scope: Scope,
  { designation, payer, currency }: Receipt & { payer: AccountRef },
  candidates: readonly Candidate[],
): Promise<PlanInput['named']> => {
  const [line, ...others] = designation ?? [];
  if (line === undefined || others.length > 0) return undefined;
  const account = line.account ?? payer;
  const itemId = line.itemId ?? itemIdOf({ type: 'invoice', number: line.number ?? '', part: '1' }, hashText);
  if (candidates.some(({ item }) => item.id === itemId)) return undefined;
  const loaded = await accounts.load(scope, account, [itemId]);
  const item = loaded.account.items.get(itemId);
  if (item === undefined || item.currency !== currency) return undefined;
  const paid = item.changes.filter(({ by, isReversed }) => isCash(by) && !isReversed);
  const earlier = paid.map(({ id, from, amount, on }) => ({
    ...{ receiptId: from ?? id, account, itemId, amount, currency, paidOn: on },
  }));
  return { account, itemId, earlier };
};

const isCash = (by: string): boolean => by === 'application' || by === 'payment' || by === 'implied';

/** In an ERP-led company the journal has allocated already: its lines are followed, nothing is found beside them. */
const mirrored = (receipt: Receipt & { payer: AccountRef }): ReturnType<typeof planReceipt> => {
  let left = receipt.free;
  const lines = new Map<string, WantedPortion & { itemId: string }>();
  for (const { account = receipt.payer, itemId, amount } of receipt.designation ?? []) {
    const taken = smaller(amount, left);
    if (itemId === undefined || taken <= 0) continue;
    const key = JSON.stringify([account.companyId, account.accountId, itemId]);
    const before = lines.get(key);
    const total = before === undefined ? taken : ((before.amount + taken) as AmountMinor);
    lines.set(key, { account, itemId, amount: total, currency: receipt.currency });
    left = subtract(left, taken);
  }
  const rest = { account: receipt.payer, amount: left, currency: receipt.currency };
  return {
    plan: {
      ...{ reservationId: 'ladder-1', rung: 'reference', reason: 'as the journal of the ERP says' },
      ...{ offsets: [], proposals: [] },
    },
    wanted: [...lines.values(), ...(left > 0 ? [rest] : [])],
  };
};
