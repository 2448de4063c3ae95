/**
 * What the cash workflows need, and how they change a receipt or an account: load, decide, save, again when somebody
 * else was first.
 * From: `functions/parts.ts`. Next: the `receive-…`, `settle-…` and their neighbours beside this file.
 */
import { cashRules, payerRules } from '../../shared/contracts/cash-rules.ts';
import type { CashRulesSetting, PayerRulesSetting } from '../../shared/contracts/cash-rules.ts';
import type { Account } from '../../shared/domain/account.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import { escapeId, type HashText } from '../../shared/domain/document-ids.ts';
import type { Actor, Cause } from '../../shared/domain/entry.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef, Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AdviceStore } from '../../shared/ports/advice-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';
import type { ImportStore } from '../../shared/ports/import-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { NumberIndex } from '../../shared/ports/number-index.ts';
import type { PayerStore } from '../../shared/ports/payer-store.ts';
import type { ProposalStore } from '../../shared/ports/proposal-store.ts';
import type { ReceiptKey, ReceiptStore } from '../../shared/ports/receipt-store.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type CashParts = {
  accounts: AccountStore;
  receipts: ReceiptStore;
  payers: PayerStore;
  advices: AdviceStore;
  proposals: ProposalStore;
  groups: Pick<GroupStore, 'groupOf'>;
  imports: ImportStore;
  files: FileStore;
  settings: SettingsStore;
  sender: MessageSender;
  /** Absent where no index of numbers is kept: then payers are found by what they say of themselves. */
  numbers?: NumberIndex;
  /** Absent where no index of names is kept: then nobody is proposed by name. */
  names?: Pick<SearchIndex, 'find'>;
  hashText: HashText;
  /** Business days of a country, about a day. */
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
};

/** Who does it, on what occasion, when. */
export type CashCall = { scope: Scope; now: Instant; actor: Actor; cause: Cause };

export const jobCall = (scope: Scope, now: Instant, cause: Cause): CashCall => ({
  ...{ scope, now, cause, actor: { kind: 'job', id: 'received-payments' } },
});

/** Tries before the work rests and comes back. */
export const mostTries = 8;

/** @throws when the receipt changes under every try. */
export const changeReceipt = async <Code extends string>(
  { receipts }: Pick<CashParts, 'receipts'>,
  { scope, now, actor, cause }: CashCall,
  key: ReceiptKey,
  decide: (receipt: Receipt) => Promise<Outcome<readonly ReceiptFact[], Code>>,
): Promise<Outcome<Receipt, Code | 'receipt-not-found'>> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await receipts.load(scope, key);
    if (loaded.receipt === undefined)
      return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
    const facts = await decide(loaded.receipt);
    if (!facts.ok) return facts;
    if (facts.value.length === 0) return done(loaded.receipt);
    const appended = await receipts.append(scope, loaded, { at: now, actor, cause, facts: facts.value });
    if (appended.outcome === 'appended' && appended.loaded.receipt) return done(appended.loaded.receipt);
  }
  throw new Error(`receipt ${key.receiptId} changed under each of ${mostTries} tries`);
};

/** What a decision comes to: facts to append, free texts of new items, and what else the caller wants to know. */
export type Decided<Value> = { facts: readonly Fact[]; value: Value; texts?: ReadonlyMap<string, string> };

/** @throws when the account changes under every try. */
export const changeAccount = async <Value, Code extends string>(
  { accounts }: Pick<CashParts, 'accounts'>,
  { scope, now, actor, cause }: CashCall,
  { companyId, accountId }: AccountRef,
  itemIds: readonly string[],
  decide: (account: Account) => Outcome<Decided<Value>, Code>,
): Promise<Outcome<Value, Code>> => {
  let ids = itemIds;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await accounts.load(scope, { companyId, accountId }, ids);
    const decided = decide(loaded.account);
    if (!decided.ok) return decided;
    const { facts, value, texts } = decided.value;
    if (facts.length === 0) return done(value);
    const appended = await accounts.append(scope, loaded, { at: now, actor, cause, facts }, texts);
    if (appended.outcome === 'appended') return done(value);
    if (appended.outcome === 'items-there') ids = [...new Set([...ids, ...appended.itemIds])];
  }
  throw new Error(`account ${accountId} changed under each of ${mostTries} tries`);
};

export const payerRulesOf = async (
  { settings }: Pick<CashParts, 'settings'>,
  scope: Scope,
  { companyId, accountId }: AccountRef,
): Promise<PayerRulesSetting> => {
  const place = { scope: `company:${companyId}`, name: `payer:${escapeId(accountId)}` };
  return payerRules.parse((await settings.read(scope, place))?.value ?? {});
};

export const cashRulesOf = async (
  { settings }: Pick<CashParts, 'settings'>,
  scope: Scope,
  companyId: string,
): Promise<CashRulesSetting> =>
  cashRules.parse((await settings.read(scope, { scope: `company:${companyId}`, name: 'cash' }))?.value ?? {});
